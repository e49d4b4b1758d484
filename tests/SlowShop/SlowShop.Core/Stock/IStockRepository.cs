using SlowShop.Core.Entities;

namespace SlowShop.Core.Stock;

/// <summary>Reads and writes stock levels.</summary>
public interface IStockRepository
{
    StockLevel? Find(int productId);

    void Save();
}
