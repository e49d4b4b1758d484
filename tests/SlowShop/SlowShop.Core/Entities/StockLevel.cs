namespace SlowShop.Core.Entities;

/// <summary>How many pieces of a product lie in the warehouse, and how many of them are promised.</summary>
public class StockLevel
{
    public int ProductId { get; set; }

    public int OnHand { get; set; }

    public int Reserved { get; set; }
}
