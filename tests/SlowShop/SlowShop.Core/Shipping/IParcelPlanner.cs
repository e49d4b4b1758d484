namespace SlowShop.Core.Shipping;

/// <summary>Chooses how parcels travel.</summary>
public interface IParcelPlanner
{
    int ExpressSurcharge(string country, int grams);

    string Cheapest(IEnumerable<string> countries, int grams);

    Task<int> TotalAsync(IEnumerable<string> countries, int grams, CancellationToken cancellationToken = default);

    ValueTask<int> BaseFeeAsync(string country, CancellationToken cancellationToken = default);
}
