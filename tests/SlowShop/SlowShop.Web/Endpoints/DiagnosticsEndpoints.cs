using System.Net;
using System.Net.Sockets;
using SlowShop.Web.Hosting;

namespace SlowShop.Web.Endpoints;

/// <summary>For those who run the shop.</summary>
internal static class DiagnosticsEndpoints
{
    public static void MapDiagnostics(this IEndpointRouteBuilder app)
    {
        app.MapGet("/diagnostics/clock", (ShopClock clock) => new { clock.IsRunning });

        app.MapGet("/diagnostics/partner", async (PartnerAddress partner, CancellationToken cancellationToken) =>
        {
            var addresses = Dns.GetHostAddresses(partner.Value.Host); // expect: PERF106
            using var client = new TcpClient();
            await client.ConnectAsync(addresses, partner.Value.Port, cancellationToken);
            return new { client.Connected };
        });

        app.MapGet("/diagnostics/tables", (ShopDatabase database) =>
        {
            // Fine: SQLite's own asynchronous methods run synchronously, there is nothing to gain.
            using var connection = database.CreateSqlite();
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from sqlite_master where type = 'table' and name not like 'sqlite%'";
            return new { tables = command.ExecuteScalar() };
        });
    }
}
