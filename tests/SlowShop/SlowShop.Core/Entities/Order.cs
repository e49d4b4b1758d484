namespace SlowShop.Core.Entities;

/// <summary>What a customer ordered on one day.</summary>
public class Order
{
    public int Id { get; set; }

    public string Number { get; set; } = "";

    public DateTime PlacedOn { get; set; }

    public OrderStatus Status { get; set; }

    public int CustomerId { get; set; }

    public virtual Customer Customer { get; set; } = null!;

    public virtual ICollection<OrderItem> Items { get; set; } = [];
}
