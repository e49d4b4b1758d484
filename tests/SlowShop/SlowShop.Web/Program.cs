using System.Net;
using Microsoft.Data.Sqlite;
using SlowShop.Core.Data;
using SlowShop.Web.Endpoints;
using SlowShop.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddShop();

// Numbers from the first server, which nobody has looked at since.
ServicePointManager.DefaultConnectionLimit = 4; // expect: PERF114
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxConcurrentConnections = 60); // expect: PERF114

var app = builder.Build();
CreateDatabase(app.Services);

app.MapControllers();
app.MapCatalogue();
app.MapSearch();
app.MapExchange();
app.MapForecast();
app.MapDiagnostics();
app.MapTracking();
app.MapPartnerStubs();
app.Run();

static void CreateDatabase(IServiceProvider services)
{
    using var scope = services.CreateScope();
    for (var attempt = 1; ; attempt++)
    {
        try
        {
            ShopSeeder.Seed(scope.ServiceProvider.GetRequiredService<ShopContext>());
            return;
        }
        catch (SqliteException) when (attempt < 3)
        {
            // Fine: no request is served yet.
            Thread.Sleep(200);
        }
    }
}
