using System.Net;
using System.Text.Json;
using SlowShop.Core.Catalogue;
using SlowShop.Web.Hosting;

namespace SlowShop.Web.Endpoints;

/// <summary>Prices in other currencies, from the bank's rates.</summary>
internal static class ExchangeEndpoints
{
    public static void MapExchange(this IEndpointRouteBuilder app)
    {
        app.MapGet("/exchange/{currency}", (string currency, int cents, PartnerAddress partner) =>
        {
            var rates = DownloadRates(partner.Value);
            return rates.TryGetValue(currency, out var rate)
                ? Results.Ok(new { currency, cents = (int)(cents * rate) })
                : Results.NotFound();
        });

        app.MapGet("/exchange/{currency}/prices", async (string currency, ICatalogueRepository catalogue, PartnerAddress partner, CancellationToken cancellationToken) =>
        {
            var products = await catalogue.GetPageAsync(0, 3, cancellationToken);

            // The bank asks for a pause between two readings.
            Task.Delay(15, cancellationToken).Wait(); // expect: PERF101
            var rate = DownloadRates(partner.Value)[currency];
            return products.Select(p => new { p.Sku, cents = (int)(p.UnitPrice * rate) });
        });

        app.MapGet("/exchange/pause", async (CancellationToken cancellationToken) =>
        {
            // Fine: the thread goes back to the pool, and giving up a time slice is no wait.
            await Task.Delay(5, cancellationToken);
            Thread.Sleep(0);
            return new { paused = true };
        });
    }

    private static Dictionary<string, decimal> DownloadRates(Uri bank)
    {
        using var client = new WebClient();
        client.Headers.Add(PartnerKeyHandler.Header, PartnerKeyHandler.Key);
        var json = client.DownloadString(new Uri(bank, "stub/bank/rates")); // expect: PERF103
        return JsonSerializer.Deserialize<Dictionary<string, decimal>>(json)!;
    }
}
