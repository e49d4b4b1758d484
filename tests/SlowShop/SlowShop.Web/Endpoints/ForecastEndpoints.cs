using SlowShop.Core.Shipping;
using SlowShop.Core.Stock;

namespace SlowShop.Web.Endpoints;

/// <summary>What will be sold, and what sending it will cost.</summary>
internal static class ForecastEndpoints
{
    public static void MapForecast(this IEndpointRouteBuilder app)
    {
        app.MapGet("/forecast", (int[] sold, CancellationToken cancellationToken) =>
        {
            var next = new int[sold.Length];
            Parallel.For(0, sold.Length, i => next[i] = Forecast.Next(sold[i])); // expect: PERF110
            return next;
        });

        app.MapGet("/forecast/best", (int[] sold, int least) => Forecast.Best(sold, least));

        app.MapGet("/forecast/postage", async (string[] countries, ICarrierClient carrier, CancellationToken cancellationToken) =>
        {
            var rates = await Task.WhenAll(countries.Select(async country => // expect: PERF110
            {
                var rate = await carrier.GetExpressRateAsync(country, 500, cancellationToken);
                return rate?.Price ?? 0;
            }));
            return new { total = rates.Sum() };
        });

        app.MapGet("/forecast/zones", async (string[] countries, ICarrierClient carrier, CancellationToken cancellationToken) =>
        {
            // Fine: four at once, however many there are.
            var prices = new List<int>();
            foreach (var few in countries.Chunk(4))
            {
                var rates = await Task.WhenAll(few.Select(country => carrier.GetExpressRateAsync(country, 500, cancellationToken)));
                prices.AddRange(rates.Select(rate => rate?.Price ?? 0));
            }

            // Fine: of its own accord this takes no more than a thread for each processor.
            var most = 0;
            var gate = new Lock();
            await Parallel.ForEachAsync(prices, cancellationToken, (price, _) =>
            {
                lock (gate)
                    most = Math.Max(most, price);

                return ValueTask.CompletedTask;
            });
            return new { most, prices };
        });
    }
}
