namespace SlowShop.Core.Catalogue;

/// <summary>A product as lists show it.</summary>
public record ProductCard(string Sku, string Name, string Brand, int UnitPrice);
