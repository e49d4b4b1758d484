namespace SlowShop.Core.Orders;

/// <summary>An order's number and what it costs, in cents.</summary>
public record OrderTotal(string Number, int Total);
