using SlowShop.Core.Entities;

namespace SlowShop.Core.Orders;

/// <summary>Which orders to look for; null means all.</summary>
public record OrderFilter(OrderStatus? Status = null, DateTime? From = null, string? Customer = null);
