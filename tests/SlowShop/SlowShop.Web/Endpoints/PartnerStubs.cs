using SlowShop.Web.Hosting;

namespace SlowShop.Web.Endpoints;

/// <summary>Stands in for the carrier and the bank, so that the shop needs no network.</summary>
internal static class PartnerStubs
{
    private static readonly Dictionary<string, int> s_zones = new() { ["AT"] = 490, ["BE"] = 450, ["FR"] = 550, ["PT"] = 690 };

    private static readonly Dictionary<string, decimal> s_rates = new() { ["CHF"] = 0.95m, ["GBP"] = 0.85m, ["USD"] = 1.1m };

    public static void MapPartnerStubs(this IEndpointRouteBuilder app)
    {
        var delay = app.ServiceProvider.GetRequiredService<IConfiguration>().GetValue("Stubs:DelayMilliseconds", 5);
        var stub = app.MapGroup("/stub").AddEndpointFilter(async (context, next) =>
        {
            if (context.HttpContext.Request.Headers[PartnerKeyHandler.Header] != PartnerKeyHandler.Key)
            {
                return Results.Unauthorized();
            }

            await Task.Delay(delay, context.HttpContext.RequestAborted);
            return await next(context);
        });

        stub.MapGet("/carrier/rates/{country}", (string country, int grams) => s_zones.TryGetValue(country, out var price)
            ? Results.Ok(new { country, grams, price = price + (grams / 100 * 15) })
            : Results.NotFound());

        stub.MapGet("/carrier/parcels/{parcel}", (string parcel, int attempt) => attempt < 2 || parcel == "lost"
            ? Results.Accepted()
            : Results.Ok(new { parcel, state = "on its way" }));

        stub.MapGet("/bank/rates", () => s_rates);
    }
}
