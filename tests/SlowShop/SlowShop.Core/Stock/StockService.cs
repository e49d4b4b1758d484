namespace SlowShop.Core.Stock;

/// <summary>The rules of the warehouse.</summary>
public class StockService : IStockService
{
    private readonly IStockRepository _stock;

    public StockService(IStockRepository stock)
    {
        _stock = stock;
    }

    public StockReport? GetReport(int productId)
    {
        var level = _stock.Find(productId);
        return level == null ? null : new StockReport(level.ProductId, level.OnHand, level.Reserved);
    }

    public bool Reserve(int productId, int pieces)
    {
        var level = _stock.Find(productId);
        if (level == null || level.OnHand - level.Reserved < pieces)
        {
            return false;
        }

        level.Reserved += pieces;
        _stock.Save();
        return true;
    }
}
