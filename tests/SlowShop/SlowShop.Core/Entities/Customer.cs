namespace SlowShop.Core.Entities;

/// <summary>Someone who orders.</summary>
public class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public bool IsActive { get; set; }

    public virtual Address Address { get; set; } = new();

    public virtual ICollection<Order> Orders { get; set; } = [];

    /// <summary>Orders that were not cancelled.</summary>
    public int OrderCount => Orders.Count(o => o.Status != OrderStatus.Cancelled);
}
