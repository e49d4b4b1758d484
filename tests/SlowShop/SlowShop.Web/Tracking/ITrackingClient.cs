using SlowShop.Core.Shipping;

namespace SlowShop.Web.Tracking;

/// <summary>What the carrier knows about parcels.</summary>
public interface ITrackingClient
{
    Task<string> GetStateAsync(string parcel, CancellationToken cancellationToken = default);

    Task<ShippingRate?> GetRateAsync(string country, CancellationToken cancellationToken = default);
}
