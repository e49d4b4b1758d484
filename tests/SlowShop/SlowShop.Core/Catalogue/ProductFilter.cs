namespace SlowShop.Core.Catalogue;

/// <summary>What a visitor ticked in the catalogue; null means all.</summary>
public record ProductFilter(int? CategoryId = null, int? MaximumPrice = null, string? Tag = null);
