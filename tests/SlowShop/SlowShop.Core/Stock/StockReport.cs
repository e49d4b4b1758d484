namespace SlowShop.Core.Stock;

/// <summary>What the warehouse has of a product.</summary>
public record StockReport(int ProductId, int OnHand, int Reserved)
{
    public int Free => OnHand - Reserved;
}
