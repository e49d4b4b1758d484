using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Shop.Data;

namespace Shop.Orders;

public sealed record LineRequest(int ProductId, int Quantity);

public sealed record OrderView(int Id, string Customer, decimal Total);

public interface IOrderService
{
    Task<IReadOnlyList<OrderView>> RecentAsync(int count, CancellationToken cancel);

    Task<int> PlaceAsync(int customerId, IReadOnlyList<LineRequest> lines, CancellationToken cancel);

    Task<int> CloseSentAsync(DateTimeOffset before, CancellationToken cancel);
}

[ApiController]
[Route("orders")]
public sealed class OrdersController(IOrderService orders) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<IReadOnlyList<OrderView>>> Recent(int count, CancellationToken cancel) => Ok(await orders.RecentAsync(Math.Clamp(count, 1, 50), cancel));

    [HttpPost]
    public async Task<ActionResult<int>> Place(int customerId, LineRequest[] lines, CancellationToken cancel)
    {
        if (lines.Any(line => line.Quantity < 1))
            return BadRequest();

        return await orders.PlaceAsync(customerId, lines, cancel);
    }
}

public sealed partial class OrderService(ShopContext db, ILogger<OrderService> log) : IOrderService
{
    private static readonly OrderState[] s_running = [OrderState.Open, OrderState.Paid];

    public async Task<IReadOnlyList<OrderView>> RecentAsync(int count, CancellationToken cancel)
    {
        var orders = await db.Orders.AsNoTracking()
            .Include(o => o.Customer)
            .Include(o => o.Lines).ThenInclude(l => l.Product)
            .OrderByDescending(o => o.Placed).Take(count)
            .ToListAsync(cancel);
        var views = new List<OrderView>(orders.Count);
        foreach (var order in orders)
        {
            // Everything that is read here came with the one query above.
            var total = order.Lines.Sum(line => line.Quantity * (line.Product?.Price ?? 0));
            var name = order.Customer?.Name ?? "";
            if (s_running.Contains(order.State))
                name += " (running)";

            views.Add(new OrderView(order.Id, name, total));
        }

        return views;
    }

    public async Task<int> PlaceAsync(int customerId, IReadOnlyList<LineRequest> lines, CancellationToken cancel)
    {
        var ids = lines.Select(line => line.ProductId).Distinct().ToArray();
        var products = await db.Products.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        var order = new Order { CustomerId = customerId, Placed = DateTimeOffset.UtcNow };
        foreach (var line in lines)
        {
            if (products.TryGetValue(line.ProductId, out var product))
                order.Lines.Add(new OrderLine { Product = product, Quantity = line.Quantity });
        }

        db.Orders.Add(order);
        await db.SaveChangesAsync(cancel);
        Placed(order.Id, order.Lines.Count);
        return order.Id;
    }

    public Task<int> CloseSentAsync(DateTimeOffset before, CancellationToken cancel) =>
        db.Orders.Where(o => o.State == OrderState.Sent && o.Placed < before).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OrderState.Closed), cancel);

    private void Placed(int id, int lines)
    {
        if (log.IsEnabled(LogLevel.Information))
            log.LogInformation("Order {Id} placed with {Lines} lines", id, lines);
    }
}
