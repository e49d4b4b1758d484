namespace SlowShop.Core.Entities;

/// <summary>An article of the catalogue. Prices are in cents.</summary>
public class Product
{
    public int Id { get; set; }

    public string Sku { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Words separated by semicolons.</summary>
    public string Tags { get; set; } = "";

    public int UnitPrice { get; set; }

    public bool IsActive { get; set; }

    public int CategoryId { get; set; }

    public int BrandId { get; set; }

    public virtual Category Category { get; set; } = null!;

    public virtual Brand Brand { get; set; } = null!;

    public virtual ICollection<Review> Reviews { get; set; } = [];
}
