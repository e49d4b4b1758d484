namespace SlowShop.Core.Entities;

/// <summary>Who makes a product.</summary>
public class Brand
{
    public int Id { get; set; }

    public string Name { get; set; } = "";
}
