namespace SlowShop.Core.Customers;

/// <summary>What the shop knows about its customers.</summary>
public interface ICustomerService
{
    Task<List<CustomerCard>> CardsAsync(string country, CancellationToken cancellationToken = default);

    Task<Dictionary<string, double>> RatingsAsync(int categoryId, CancellationToken cancellationToken = default);

    Task<List<string>> LabelsAsync(string country, CancellationToken cancellationToken = default);

    Task<List<string>> BrandsAsync(int categoryId, CancellationToken cancellationToken = default);

    List<CustomerCard> Samples();
}
