namespace SlowShop.Core.Entities;

/// <summary>What a customer thinks of a product, one to five stars.</summary>
public class Review
{
    public int Id { get; set; }

    public int ProductId { get; set; }

    public int Rating { get; set; }

    public string Text { get; set; } = "";

    public virtual Product Product { get; set; } = null!;
}
