namespace SlowShop.Core.Shipping;

/// <summary>The carrier's web service.</summary>
public interface ICarrierClient
{
    ShippingRate? GetRate(string country, int grams);

    Task<ShippingRate?> GetExpressRateAsync(string country, int grams, CancellationToken cancellationToken = default);
}
