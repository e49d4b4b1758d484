namespace SlowShop.Core.Orders;

/// <summary>What people look at when they look at orders.</summary>
public interface IOrderSummaryService
{
    Task<List<OrderTotal>> TotalsAsync(int customerId, CancellationToken cancellationToken = default);

    Task<List<OrderRow>> RecentAsync(int count, CancellationToken cancellationToken = default);

    Task<List<PickLine>> PickListAsync(int customerId, CancellationToken cancellationToken = default);

    Task<List<PickLine>> PackingSlipAsync(int customerId, CancellationToken cancellationToken = default);

    Task<int> WeightInGramsAsync(int customerId, CancellationToken cancellationToken = default);
}
