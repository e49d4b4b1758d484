using SlowShop.Core.Entities;

namespace SlowShop.Core.Orders;

/// <summary>Reads and writes orders.</summary>
public interface IOrderRepository
{
    Task<Order?> GetAsync(int id, CancellationToken cancellationToken = default);

    Task<List<OrderTotal>> SearchAsync(OrderFilter filter, CancellationToken cancellationToken = default);

    Task<List<OrderTotal>> LatestAsync(int count, CancellationToken cancellationToken = default);

    Task<List<Order>> OfCustomerAsync(int customerId, CancellationToken cancellationToken = default);

    Task<Order> AddAsync(Order order, CancellationToken cancellationToken = default);
}
