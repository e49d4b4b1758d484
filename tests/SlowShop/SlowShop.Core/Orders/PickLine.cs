namespace SlowShop.Core.Orders;

/// <summary>One thing the warehouse takes from a shelf.</summary>
public record PickLine(string Order, string Sku, int Quantity);
