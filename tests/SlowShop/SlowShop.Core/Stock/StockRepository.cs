using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Stock;

/// <summary>Stock levels from the database.</summary>
public class StockRepository : IStockRepository
{
    private readonly ShopContext _db;

    public StockRepository(ShopContext db)
    {
        _db = db;
    }

    public StockLevel? Find(int productId)
    {
        return _db.StockLevels.SingleOrDefault(s => s.ProductId == productId); // expect: PERF104
    }

    public void Save()
    {
        _db.SaveChanges(); // expect: PERF104
    }
}
