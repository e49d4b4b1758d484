using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Catalogue;

/// <summary>Products from the database.</summary>
public class CatalogueRepository : ICatalogueRepository
{
    private readonly ShopContext _db;

    public CatalogueRepository(ShopContext db)
    {
        _db = db;
    }

    public async Task<List<Product>> GetAllAsync(CancellationToken cancellationToken = default)
    {
        return await _db.Products.ToListAsync(cancellationToken); // expect: PERF303
    }

    public Task<List<Product>> GetActiveAsync(CancellationToken cancellationToken = default)
    {
        return _db.Products
            .Where(p => p.IsActive)
            .OrderBy(p => p.Id)
            .ToListAsync(cancellationToken); // expect: PERF303
    }

    public async Task<List<Product>> FindAsync(ProductFilter filter, CancellationToken cancellationToken = default)
    {
        var query = _db.Products.AsNoTracking();
        if (filter.CategoryId is { } categoryId)
        {
            query = query.Where(p => p.CategoryId == categoryId);
        }

        if (filter.MaximumPrice is { } maximumPrice)
        {
            query = query.Where(p => p.UnitPrice <= maximumPrice);
        }

        if (!string.IsNullOrEmpty(filter.Tag))
        {
            query = query.Where(p => p.Tags.Contains(filter.Tag));
        }

        return await query.OrderBy(p => p.Id).ToListAsync(cancellationToken); // expect: PERF303
    }

    public async Task<List<Product>> GetPageAsync(int page, int pageSize, CancellationToken cancellationToken = default)
    {
        const int LargestPage = 50;

        // Fine: whatever the visitor asks for, a page has an upper bound.
        var size = Math.Clamp(pageSize, 1, LargestPage);
        return await _db.Products
            .AsNoTracking()
            .OrderBy(p => p.Id)
            .Skip(Math.Max(page, 0) * size)
            .Take(size)
            .ToListAsync(cancellationToken);
    }

    public async Task<List<Product>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default)
    {
        // Fine: the lambda is SQL, not a loop, and it asks for keys.
        return await _db.Products
            .AsNoTracking()
            .Where(p => ids.Contains(p.Id))
            .OrderBy(p => p.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<Dictionary<string, int>> CountByCategoryAsync(CancellationToken cancellationToken = default)
    {
        // Fine: one row for a category.
        return await _db.Products
            .GroupBy(p => p.Category.Name)
            .Select(g => new { Category = g.Key, Count = g.Count() })
            .ToDictionaryAsync(c => c.Category, c => c.Count, cancellationToken);
    }

    public async IAsyncEnumerable<ProductCard> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Fine: the export streams, no list of all products exists.
        var products = _db.Products.AsNoTracking().OrderBy(p => p.Id);
        await foreach (var product in products.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return new ProductCard(product.Sku, product.Name, product.Brand.Name, product.UnitPrice);
        }
    }
}
