namespace SlowShop.Core.Shipping;

/// <summary>What the carrier asks for, in cents.</summary>
public record ShippingRate(string Country, int Grams, int Price);
