using System.Collections.Concurrent;

namespace SlowShop.Core.Shipping;

/// <summary>Compares what the carrier asks for.</summary>
public class ParcelPlanner : IParcelPlanner
{
    private static readonly ConcurrentDictionary<string, int> s_fees = new();

    private readonly ICarrierClient _carrier;

    public ParcelPlanner(ICarrierClient carrier)
    {
        _carrier = carrier;
    }

    public int ExpressSurcharge(string country, int grams)
    {
        // The carrier's client is asynchronous; this interface is older.
        var express = _carrier.GetExpressRateAsync(country, grams).GetAwaiter().GetResult(); // expect: PERF102
        return express == null ? 0 : express.Price - StandardPrice(country, grams);
    }

    public string Cheapest(IEnumerable<string> countries, int grams)
    {
        var rates = countries.Select(country => _carrier.GetExpressRateAsync(country, grams)).ToArray();
        Task.WaitAll(rates); // expect: PERF102

        // Fine: all of them have answered.
        var cheapest = rates.Select(rate => rate.Result).OfType<ShippingRate>().MinBy(rate => rate.Price);
        return cheapest?.Country ?? "none";
    }

    public async Task<int> TotalAsync(IEnumerable<string> countries, int grams, CancellationToken cancellationToken = default)
    {
        var rates = countries.Select(country => _carrier.GetExpressRateAsync(country, grams, cancellationToken)).ToList();
        await Task.WhenAll(rates); // expect: PERF110

        // Fine: all of them have answered.
        return rates.Sum(rate => rate.Result?.Price ?? 0);
    }

    public ValueTask<int> BaseFeeAsync(string country, CancellationToken cancellationToken = default)
    {
        var fee = s_fees.TryGetValue(country, out var known) ? new ValueTask<int>(known) : AskAsync(country, cancellationToken);

        // Fine: read only when it is there.
        return fee.IsCompletedSuccessfully ? new ValueTask<int>(fee.Result / 2) : HalfAsync(fee);
    }

    private static async ValueTask<int> HalfAsync(ValueTask<int> fee)
    {
        return await fee / 2;
    }

    private async ValueTask<int> AskAsync(string country, CancellationToken cancellationToken)
    {
        var rate = await _carrier.GetExpressRateAsync(country, 0, cancellationToken);
        return s_fees.GetOrAdd(country, rate?.Price ?? 0);
    }

    private int StandardPrice(string country, int grams)
    {
        return _carrier.GetExpressRateAsync(country, grams / 2).Result?.Price ?? 0; // expect: PERF102
    }
}
