using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Orders;

/// <summary>Summaries over a customer's or the latest orders.</summary>
public class OrderSummaryService : IOrderSummaryService
{
    private readonly ShopContext _db;

    public OrderSummaryService(ShopContext db)
    {
        _db = db;
    }

    public async Task<List<OrderTotal>> TotalsAsync(int customerId, CancellationToken cancellationToken = default)
    {
        var orders = await _db.Orders
            .Where(o => o.CustomerId == customerId)
            .OrderBy(o => o.Id)
            .ToListAsync(cancellationToken);

        var totals = new List<OrderTotal>(orders.Count);
        foreach (var order in orders)
        {
            var total = 0;
            foreach (var item in order.Items) // expect: PERF301
            {
                total += item.Quantity * item.UnitPrice;
            }

            totals.Add(new OrderTotal(order.Number, total));
        }

        return totals;
    }

    public async Task<List<OrderRow>> RecentAsync(int count, CancellationToken cancellationToken = default)
    {
        var orders = await _db.Orders
            .OrderByDescending(o => o.PlacedOn)
            .ThenByDescending(o => o.Id)
            .Take(Math.Clamp(count, 1, 25))
            .ToListAsync(cancellationToken);

        return orders.Select(o => new OrderRow(o)).ToList(); // expect: PERF301
    }

    public async Task<List<PickLine>> PickListAsync(int customerId, CancellationToken cancellationToken = default)
    {
        var orders = await _db.Orders
            .Include(o => o.Items)
            .Where(o => o.CustomerId == customerId && o.Status == OrderStatus.Confirmed)
            .OrderBy(o => o.Id)
            .ToListAsync(cancellationToken);

        var lines = new List<PickLine>();
        foreach (var order in orders)
        {
            foreach (var item in order.Items.OrderBy(i => i.Id))
            {
                lines.Add(new PickLine(order.Number, item.Product.Sku, item.Quantity)); // expect: PERF301
            }
        }

        return lines;
    }

    public async Task<List<PickLine>> PackingSlipAsync(int customerId, CancellationToken cancellationToken = default)
    {
        // Fine: both steps come with the query, here named by a string.
        var orders = await _db.Orders
            .Include("Items.Product")
            .Where(o => o.CustomerId == customerId && o.Status == OrderStatus.Shipped)
            .OrderBy(o => o.Id)
            .ToListAsync(cancellationToken);

        var lines = new List<PickLine>();
        foreach (var order in orders)
        {
            foreach (var item in order.Items.OrderBy(i => i.Id))
            {
                lines.Add(new PickLine(order.Number, item.Product.Sku, item.Quantity));
            }
        }

        return lines;
    }

    public async Task<int> WeightInGramsAsync(int customerId, CancellationToken cancellationToken = default)
    {
        // Fine: the query itself reads the lines, the loop reads numbers.
        var orders = await _db.Orders
            .Where(o => o.CustomerId == customerId)
            .Select(o => new { o.Number, Pieces = o.Items.Sum(i => i.Quantity) })
            .ToListAsync(cancellationToken);

        var grams = 0;
        foreach (var order in orders)
        {
            grams += 250 + (order.Pieces * 400);
        }

        return grams;
    }
}
