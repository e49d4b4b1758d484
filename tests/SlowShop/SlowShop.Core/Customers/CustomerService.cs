using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Customers;

/// <summary>Customers, and what they think of products.</summary>
public class CustomerService(ShopContext db) : ICustomerService
{
    public async Task<List<CustomerCard>> CardsAsync(string country, CancellationToken cancellationToken = default)
    {
        var customers = await db.Customers
            .Where(c => c.Address.Country == country)
            .OrderBy(c => c.Name)
            .ToListAsync(cancellationToken);

        var cards = new List<CustomerCard>(customers.Count);
        foreach (var customer in customers)
        {
            cards.Add(new CustomerCard(customer.Name, customer.Address.City, customer.OrderCount)); // expect: PERF301
        }

        return cards;
    }

    public async Task<Dictionary<string, double>> RatingsAsync(int categoryId, CancellationToken cancellationToken = default)
    {
        var products = await db.Products
            .Where(p => p.CategoryId == categoryId)
            .OrderBy(p => p.Id)
            .ToListAsync(cancellationToken);

        var ratings = new Dictionary<string, double>();
        foreach (var product in products)
        {
            await db.Entry(product).Collection(p => p.Reviews).LoadAsync(cancellationToken); // expect: PERF301
            if (product.Reviews.Count > 0)
            {
                ratings[product.Sku] = product.Reviews.Average(r => r.Rating);
            }
        }

        return ratings;
    }

    public async Task<List<string>> LabelsAsync(string country, CancellationToken cancellationToken = default)
    {
        var customers = await db.Customers
            .Where(c => c.Address.Country == country)
            .OrderBy(c => c.Name)
            .ToListAsync(cancellationToken);

        // Fine: an owned type is a part of the customer's row.
        return customers.Select(c => $"{c.Name}, {c.Address.City} ({c.Address.Country})").ToList();
    }

    public async Task<List<string>> BrandsAsync(int categoryId, CancellationToken cancellationToken = default)
    {
        var products = await db.Products
            .Where(p => p.CategoryId == categoryId && p.UnitPrice > 1000)
            .OrderBy(p => p.Id)
            .ToListAsync(cancellationToken);

        // Fine: the model always includes the brand.
        return products.Select(p => $"{p.Name} by {p.Brand.Name}").ToList();
    }

    public List<CustomerCard> Samples()
    {
        // Fine: made here, no database behind them.
        List<Customer> customers =
        [
            new() { Name = "Sam Sample", Address = new Address { City = "Lyon" }, Orders = [new Order { Number = "S-1" }] },
            new() { Name = "Tess Test", Address = new Address { City = "Graz" } },
        ];

        return customers.Select(c => new CustomerCard(c.Name, c.Address.City, c.Orders.Count)).ToList();
    }
}
