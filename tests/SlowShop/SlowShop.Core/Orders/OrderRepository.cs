using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Orders;

/// <summary>Orders from the database.</summary>
public class OrderRepository(ShopContext db) : IOrderRepository
{
    public async Task<Order?> GetAsync(int id, CancellationToken cancellationToken = default)
    {
        return await db.Orders
            .Include(o => o.Customer)
            .Include(o => o.Items).ThenInclude(i => i.Product)
            .FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
    }

    public async Task<List<OrderTotal>> SearchAsync(OrderFilter filter, CancellationToken cancellationToken = default)
    {
        IQueryable<Order> orders = db.Orders;
        if (filter.Status != null)
        {
            orders = orders.Where(o => o.Status == filter.Status);
        }

        if (filter.From != null)
        {
            orders = orders.Where(o => o.PlacedOn >= filter.From);
        }

        if (filter.Customer != null)
        {
            orders = orders.Where(o => o.Customer.Name.StartsWith(filter.Customer));
        }

        return await orders
            .OrderBy(o => o.Id)
            .Select(o => new OrderTotal(o.Number, o.Items.Sum(i => i.Quantity * i.UnitPrice)))
            .ToListAsync(cancellationToken); // expect: PERF303
    }

    public async Task<List<OrderTotal>> LatestAsync(int count, CancellationToken cancellationToken = default)
    {
        // Fine: composed in steps, but always cut.
        var orders = db.Orders.Where(o => o.Status != OrderStatus.Cancelled);
        orders = orders.OrderByDescending(o => o.PlacedOn).ThenByDescending(o => o.Id);
        return await orders
            .Take(Math.Min(count, 25))
            .Select(o => new OrderTotal(o.Number, o.Items.Sum(i => i.Quantity * i.UnitPrice)))
            .ToListAsync(cancellationToken);
    }

    public async Task<List<Order>> OfCustomerAsync(int customerId, CancellationToken cancellationToken = default)
    {
        return await db.Orders
            .AsNoTracking()
            .Include(o => o.Items)
            .Where(o => o.CustomerId == customerId)
            .OrderBy(o => o.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<Order> AddAsync(Order order, CancellationToken cancellationToken = default)
    {
        // Fine: adding only tells the context, saving is what waits.
        db.Orders.Add(order);
        await db.SaveChangesAsync(cancellationToken);
        return order;
    }
}
