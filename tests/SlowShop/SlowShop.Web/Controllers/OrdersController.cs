using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;
using SlowShop.Core.Orders;

namespace SlowShop.Web.Controllers;

/// <summary>Orders: reading, placing, confirming.</summary>
[ApiController]
[Route("api/orders")]
public class OrdersController(ShopContext db, IOrderRepository orders, IOrderSummaryService summaries) : ControllerBase
{
    [HttpGet("{id:int}")]
    public async Task<ActionResult<OrderTotal>> Get(int id, CancellationToken cancellationToken)
    {
        var order = await orders.GetAsync(id, cancellationToken);
        return order == null ? NotFound() : new OrderTotal(order.Number, order.Items.Sum(i => i.Quantity * i.UnitPrice));
    }

    [HttpGet]
    public Task<List<OrderTotal>> Search([FromQuery] OrderFilter filter, CancellationToken cancellationToken)
    {
        return orders.SearchAsync(filter, cancellationToken);
    }

    [HttpGet("latest")]
    public Task<List<OrderTotal>> Latest(int count, CancellationToken cancellationToken)
    {
        return orders.LatestAsync(count, cancellationToken);
    }

    [HttpGet("recent")]
    public Task<List<OrderRow>> Recent(int count, CancellationToken cancellationToken)
    {
        return summaries.RecentAsync(count, cancellationToken);
    }

    [HttpGet("overdue")]
    public IActionResult Overdue(DateTime before, OrderStatus? status)
    {
        var query = db.Orders.Where(o => o.PlacedOn < before);
        if (status != null)
        {
            query = query.Where(o => o.Status == status);
        }

        var numbers = query.OrderBy(o => o.Id).Select(o => o.Number).ToList(); // expect: PERF104
        return Ok(new { numbers.Count, numbers });
    }

    [HttpPost]
    public async Task<ActionResult<OrderTotal>> Place(PlaceOrder request, CancellationToken cancellationToken)
    {
        // Fine: one query by keys; the dictionary answers the loop.
        var ids = request.Lines.Select(l => l.ProductId).ToList();
        var prices = await db.Products
            .Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.UnitPrice, cancellationToken);

        var order = new Order { Number = request.Number, PlacedOn = new DateTime(2026, 12, 1), CustomerId = request.CustomerId };
        foreach (var line in request.Lines)
        {
            if (!prices.TryGetValue(line.ProductId, out var price))
            {
                return BadRequest();
            }

            order.Items.Add(new OrderItem { ProductId = line.ProductId, Quantity = line.Quantity, UnitPrice = price });
        }

        await orders.AddAsync(order, cancellationToken);
        return new OrderTotal(order.Number, order.Items.Sum(i => i.Quantity * i.UnitPrice));
    }

    [HttpPost("{id:int}/confirm")]
    public ActionResult<string> Confirm(int id, CancellationToken cancellationToken)
    {
        var order = db.Orders.Find(id); // expect: PERF104
        if (order == null)
        {
            return NotFound();
        }

        // The warehouse needs a moment to see a new order.
        Thread.Sleep(20); // expect: PERF101
        order.Status = OrderStatus.Confirmed;
        db.SaveChanges(); // expect: PERF104
        return order.Number;
    }

    /// <summary>One line of a new order.</summary>
    public record PlaceLine(int ProductId, int Quantity);

    /// <summary>A new order.</summary>
    public record PlaceOrder(string Number, int CustomerId, List<PlaceLine> Lines);
}
