using SlowShop.Core.Entities;

namespace SlowShop.Core.Catalogue;

/// <summary>Reads products.</summary>
public interface ICatalogueRepository
{
    Task<List<Product>> GetAllAsync(CancellationToken cancellationToken = default);

    Task<List<Product>> GetActiveAsync(CancellationToken cancellationToken = default);

    Task<List<Product>> FindAsync(ProductFilter filter, CancellationToken cancellationToken = default);

    Task<List<Product>> GetPageAsync(int page, int pageSize, CancellationToken cancellationToken = default);

    Task<List<Product>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    Task<Dictionary<string, int>> CountByCategoryAsync(CancellationToken cancellationToken = default);

    IAsyncEnumerable<ProductCard> ExportAsync(CancellationToken cancellationToken = default);
}
