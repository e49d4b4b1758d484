namespace SlowShop.Core.Entities;

/// <summary>How far an order got.</summary>
public enum OrderStatus
{
    Open,
    Confirmed,
    Shipped,
    Cancelled,
}
