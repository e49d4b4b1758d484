namespace SlowShop.Web.Packing;

/// <summary>A box and what lies in it, by weight.</summary>
public sealed record Parcel(int Number, IReadOnlyList<int> Grams);
