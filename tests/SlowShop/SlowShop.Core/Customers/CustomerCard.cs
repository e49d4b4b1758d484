namespace SlowShop.Core.Customers;

/// <summary>A customer as lists show it.</summary>
public record CustomerCard(string Name, string City, int Orders);
