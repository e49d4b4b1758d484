namespace SlowShop.Core.Entities;

/// <summary>Where a customer lives; a part of the customer's row.</summary>
public class Address
{
    public string City { get; set; } = "";

    public string Country { get; set; } = "";
}
