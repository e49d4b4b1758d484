namespace SlowShop.Core.Entities;

/// <summary>A country the shop delivers to; a short fixed list.</summary>
public class CountryLookup
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";
}
