namespace SlowShop.Core.Stock;

/// <summary>Answers questions about stock and promises pieces to orders.</summary>
public interface IStockService
{
    StockReport? GetReport(int productId);

    bool Reserve(int productId, int pieces);
}
