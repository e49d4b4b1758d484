using SlowShop.Core.Shipping;

namespace SlowShop.Web.Tracking;

/// <summary>What a customer sees of a parcel.</summary>
public sealed class TrackingPage
{
    public required string Parcel { get; init; }

    public required string State { get; init; }

    public ShippingRate? ReturnRate { get; init; }
}
