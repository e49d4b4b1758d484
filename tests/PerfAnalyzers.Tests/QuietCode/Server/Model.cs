using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data;

public enum OrderState { Open, Paid, Sent, Closed }

public sealed class Category
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class Product
{
    public int Id { get; set; }
    public string Sku { get; set; } = "";
    public string Name { get; set; } = "";
    public decimal Price { get; set; }
    public int CategoryId { get; set; }
    public Category? Category { get; set; }
    public List<Tag> Tags { get; } = [];
}

public sealed class Tag
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class Order
{
    public int Id { get; set; }
    public int CustomerId { get; set; }
    public Customer? Customer { get; set; }
    public OrderState State { get; set; }
    public DateTimeOffset Placed { get; set; }
    public List<OrderLine> Lines { get; } = [];
}

public sealed class OrderLine
{
    public int Id { get; set; }
    public int OrderId { get; set; }
    public int ProductId { get; set; }
    public Product? Product { get; set; }
    public int Quantity { get; set; }
}

public sealed class Customer
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
    public string Name { get; set; } = "";
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<Customer> Customers => Set<Customer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Product>().HasIndex(p => p.Sku).IsUnique();
        modelBuilder.Entity<Product>().HasIndex(p => p.Name);
        modelBuilder.Entity<Order>().HasIndex(o => o.Placed);
        modelBuilder.Entity<Order>().HasIndex(o => o.State);
        modelBuilder.Entity<Customer>().HasIndex(c => c.Email).IsUnique();
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            entity.SetTableName("shop_" + entity.GetTableName());
    }
}
