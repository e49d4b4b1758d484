namespace SlowShop.Web.Pickup;

/// <summary>What the carrier asks for fetching a parcel.</summary>
public interface IPickupTariffs
{
    /// <summary>The price in cents; null for a country that the carrier does not serve.</summary>
    int? PriceOf(string country);
}
