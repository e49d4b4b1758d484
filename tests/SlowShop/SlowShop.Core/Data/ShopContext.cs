using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Data;

/// <summary>The shop's database.</summary>
public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Brand> Brands => Set<Brand>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderItem> OrderItems => Set<OrderItem>();

    public DbSet<StockLevel> StockLevels => Set<StockLevel>();

    public DbSet<CountryLookup> Countries => Set<CountryLookup>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Product>().HasIndex(p => p.Sku).IsUnique();
        modelBuilder.Entity<Product>().Navigation(p => p.Brand).AutoInclude();
        modelBuilder.Entity<Customer>().OwnsOne(c => c.Address);
        modelBuilder.Entity<Customer>().HasIndex(c => c.Email).IsUnique();
        modelBuilder.Entity<Order>().HasIndex(o => o.Number).IsUnique();
        modelBuilder.Entity<StockLevel>().HasKey(s => s.ProductId);
        modelBuilder.Entity<StockLevel>().Property(s => s.ProductId).ValueGeneratedNever();
        modelBuilder.Entity<CountryLookup>().HasKey(c => c.Code);
    }
}
