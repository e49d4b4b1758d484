namespace SlowShop.Core.Entities;

/// <summary>A shelf of the catalogue.</summary>
public class Category
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public virtual ICollection<Product> Products { get; set; } = [];
}
