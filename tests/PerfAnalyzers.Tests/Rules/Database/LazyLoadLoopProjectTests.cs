using PerfAnalyzers.Rules.Database;

namespace PerfAnalyzers.Tests.Rules.Database;

/// <summary>Entities and contexts of another project.</summary>
public sealed class LazyLoadLoopProjectTests : RuleTests<LazyLoadLoopAnalyzer, LazyLoadLoopFix>
{
    private const string Entities = """
        using System.Collections.Generic;
        using Microsoft.EntityFrameworkCore;
        namespace Data
        {
            public class Order { public int Id { get; set; } public virtual Customer Customer { get; set; } public virtual ICollection<Item> Items { get; set; } }
            public class Item { public int Id { get; set; } public virtual Product Product { get; set; } }
            public class Product { public int Id { get; set; } }
            public class Customer { public int Id { get; set; } public string Name { get; set; } }
        }
        """;

    private const string Context = "namespace Data { public class Shop : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; set; } } }";

    // Whatever it is called.
    [Theory]
    [InlineData("Shop", "foreach (var o in db.Orders.ToList()) Use(o.[|Customer|].Name);", Context)]
    [InlineData("Shop", "foreach (var o in db.Orders.ToList()) foreach (var i in o.Items) Use(i.[|Product|].Id);", Context)]
    [InlineData("Shop", "foreach (var o in db.Orders.ToList()) Use([|Map(o)|]);", Context)]
    [InlineData("IShop", "foreach (var o in db.Orders.ToList()) Use(o.[|Customer|].Name);", "namespace Data { public interface IShop { Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; } } }")]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext", "foreach (var o in db.Set<Order>().ToList()) Use(o.[|Customer|].Name);", "")]
    [InlineData("Microsoft.EntityFrameworkCore.DbSet<Order>", "foreach (var o in db.ToList()) Use(o.[|Customer|].Name);", "")]
    public Task Entities_of_another_project(string context, string body, string declared) => Flags(Code(context, body), test => test.TestState.Project("Data").Sources.Add(Entities + declared));

    [Theory]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Customer).ToList()) Use(o.Customer.Name);", "")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.Id);", "")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.Customer.Name);", "services.AddDbContext<Shop>(options => options.UseSqlite(\"x\"));")]
    public Task Nothing_is_loaded(string body, string setup) => IsQuietOn(Code("Shop", body, setup), test => test.TestState.Project("Data").Sources.Add(Entities + Context));

    // The set-up of one context says nothing about another.
    [Fact]
    public Task Contexts_of_two_projects() => Flags(Code("Shop", "foreach (var o in db.Orders.ToList()) Use(o.[|Customer|].Name);", "services.AddDbContext<Archive>(options => options.UseSqlite(\"x\"));"), test =>
    {
        test.TestState.Project("Data").Sources.Add(Entities + Context);
        test.TestState.Sources.Add("public class Archive : Microsoft.EntityFrameworkCore.DbContext { }");
    });

    private static string Code(string context, string body, string setup = "") => $$"""
        using System;
        using System.Linq;
        using Data;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;

        class Report({{context}} db)
        {
            public void Run() { {{body}} }

            static void Add(IServiceCollection services) { {{setup}} }

            static string Map(Order order) => order.Customer.Name;

            static void Use(object value) => Console.WriteLine(value);
        }
        """;
}
