namespace SlowShop.Core.Promotions;

/// <summary>A reduced price, in cents.</summary>
public record Promotion(string Sku, int OldPrice, int NewPrice);
