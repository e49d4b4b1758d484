using MediatR;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Dispatch;

/// <summary>Packs an order. Its signature is asynchronous, its work is not.</summary>
public sealed class PackOrderHandler(ShopContext db) : IRequestHandler<PackOrder, PackedOrder?>
{
    private const int HeavyPieces = 5;

    public Task<PackedOrder?> Handle(PackOrder request, CancellationToken cancellationToken)
    {
        var order = db.Orders.Include(o => o.Items).SingleOrDefault(o => o.Id == request.OrderId); // expect: PERF104
        if (order == null)
            return Task.FromResult<PackedOrder?>(null);

        order.Status = OrderStatus.Shipped;
        db.SaveChanges(); // expect: PERF104
        var pieces = order.Items.Sum(i => i.Quantity);
        return Task.FromResult<PackedOrder?>(new PackedOrder(order.Number, pieces, pieces > HeavyPieces));
    }
}
