using System.Globalization;
using System.Text.RegularExpressions;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Data;

/// <summary>Fills an empty database with the same shop every time. It runs once, before the first request: waiting is fine here.</summary>
public static class ShopSeeder
{
    private static readonly string[] s_colours = ["Red", "Blue", "Green", "Black", "White"];

    private static readonly string[] s_things = ["Kettle", "Lamp", "Chair", "Mug", "Clock", "Basket", "Towel", "Knife", "Bowl", "Shelf", "Rug", "Mirror"];

    private static readonly string[] s_names = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn"];

    private static readonly string[] s_families = ["Archer", "Baker", "Carter", "Dyer"];

    private static readonly string[] s_cities = ["Lyon", "Graz", "Ghent", "Porto"];

    private static readonly string[] s_countries = ["FR", "AT", "BE", "PT"];

    /// <summary>Seeds the database unless it already holds products.</summary>
    public static void Seed(ShopContext db)
    {
        db.Database.EnsureCreated();
        if (db.Products.Any())
        {
            return;
        }

        db.Countries.AddRange(
            new CountryLookup { Code = "AT", Name = "Austria" },
            new CountryLookup { Code = "BE", Name = "Belgium" },
            new CountryLookup { Code = "FR", Name = "France" },
            new CountryLookup { Code = "PT", Name = "Portugal" });
        db.Categories.AddRange(
            new Category { Name = "Kitchen" },
            new Category { Name = "Living room" },
            new Category { Name = "Bathroom" });
        db.Brands.AddRange(
            new Brand { Name = Normalise("  Norden   &  Sons ") },
            new Brand { Name = Normalise("Casa Clara") });
        db.SaveChanges();

        AddProducts(db);
        AddCustomers(db);
        db.SaveChanges();

        AddOrders(db, db.Products.OrderBy(p => p.Id).ToList());
        db.SaveChanges();
    }

    private static string Normalise(string name) => Regex.Replace(name, @"\s+", " ").Trim();

    private static void AddProducts(ShopContext db)
    {
        for (var i = 0; i < 60; i++)
        {
            var colour = s_colours[i % s_colours.Length];
            var thing = s_things[i / s_colours.Length];
            var product = new Product
            {
                Sku = string.Create(CultureInfo.InvariantCulture, $"{thing[..2].ToUpperInvariant()}-{100 + i}"),
                Name = $"{colour} {thing}",
                Tags = i % 4 == 0 ? $"{colour.ToLowerInvariant()};home;sale" : $"{colour.ToLowerInvariant()};home",
                UnitPrice = 495 + (i * 137 % 5000),
                IsActive = i % 9 != 0,
                CategoryId = (i % 3) + 1,
                BrandId = (i % 2) + 1,
            };
            for (var star = 0; star < i % 3; star++)
            {
                product.Reviews.Add(new Review { Rating = ((i + star) % 5) + 1, Text = $"Review {star + 1} of {product.Name}" });
            }

            db.Products.Add(product);
            db.StockLevels.Add(new StockLevel { ProductId = i + 1, OnHand = i * 7 % 40, Reserved = i % 3 });
        }
    }

    private static void AddCustomers(ShopContext db)
    {
        for (var i = 0; i < 24; i++)
        {
            var name = s_names[i % s_names.Length];
            var family = s_families[i / s_names.Length];
            db.Customers.Add(new Customer
            {
                Name = $"{name} {family}",
                Email = $"{name}.{family}@example.org".ToLowerInvariant(),
                IsActive = i % 5 != 0,
                Address = new Address { City = s_cities[i % s_cities.Length], Country = s_countries[i % s_countries.Length] },
            });
        }
    }

    private static void AddOrders(ShopContext db, List<Product> products)
    {
        for (var i = 0; i < 80; i++)
        {
            var order = new Order
            {
                Number = string.Create(CultureInfo.InvariantCulture, $"2026-{1000 + i}"),
                PlacedOn = new DateTime(2026, 1, 5).AddDays(i * 3),
                Status = (OrderStatus)(i % 4),
                CustomerId = (i % 24) + 1,
            };
            for (var line = 0; line <= i % 3; line++)
            {
                var product = products[((i * 5) + (line * 11)) % products.Count];
                order.Items.Add(new OrderItem { ProductId = product.Id, Quantity = ((i + line) % 4) + 1, UnitPrice = product.UnitPrice });
            }

            db.Orders.Add(order);
        }
    }
}
