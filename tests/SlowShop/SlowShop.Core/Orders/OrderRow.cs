using SlowShop.Core.Entities;

namespace SlowShop.Core.Orders;

/// <summary>An order as the overview shows it.</summary>
public class OrderRow
{
    public OrderRow(Order order)
    {
        Number = order.Number;
        PlacedOn = DateOnly.FromDateTime(order.PlacedOn);
        Customer = order.Customer.Name;
    }

    public string Number { get; }

    public DateOnly PlacedOn { get; }

    public string Customer { get; }
}
