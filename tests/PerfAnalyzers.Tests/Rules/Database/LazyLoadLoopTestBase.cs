using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Database;

namespace PerfAnalyzers.Tests.Rules.Database;

/// <summary>A store with lazy loading by proxies, in a file of its own.</summary>
public abstract class LazyLoadLoopTestBase : RuleTests<LazyLoadLoopAnalyzer, LazyLoadLoopFix>
{
    protected const string Store = """
        #nullable disable
        using System.Collections.Generic;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;

        namespace Store
        {
            public class Customer
            {
                public int Id { get; set; }
                public string Name { get; set; }
                public virtual Address Address { get; set; }
                public virtual ICollection<Order> Orders { get; set; }
                public virtual ICollection<Note> Notes { get; set; }
            }

            public class Note { public int Id { get; set; } public string Text { get; set; } }
            public class Address { public int Id { get; set; } public string City { get; set; } }

            public class Order
            {
                public int Id { get; set; }
                public int CustomerId { get; set; }
                public string Number { get; set; }
                public virtual Customer Customer { get; set; }
                public virtual ICollection<Item> Items { get; set; }
                public virtual Invoice Invoice { get; set; }
                public Price Price { get; set; }
                public string Buyer => Customer.Name;
            }

            public class WebOrder : Order { public virtual Address Shop { get; set; } }

            public class Item
            {
                public int Id { get; set; }
                public int Quantity { get; set; }
                public virtual Order Order { get; set; }
                public virtual Product Product { get; set; }
            }

            public class Product { public int Id { get; set; } public string Name { get; set; } public virtual Category Category { get; set; } }
            public class Category { public int Id { get; set; } public string Name { get; set; } }
            public class Invoice { public int Id { get; set; } public string Number { get; set; } }
            [Owned] public class Price { public decimal Amount { get; set; } }

            public class StoreContext : DbContext
            {
                public DbSet<Order> Orders { get; set; }
                public DbSet<Customer> Customers { get; set; }
                public DbSet<Item> Items { get; set; }
                public DbSet<Product> Products { get; set; }

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies().UseSqlite("Data Source=store.db");

                protected override void OnModelCreating(ModelBuilder model) { }
            }
        }
        """;

    private const string Setup = "options.UseLazyLoadingProxies().UseSqlite(\"Data Source=store.db\")";

    protected override void Configure(CSharpCodeFixTest<LazyLoadLoopAnalyzer, LazyLoadLoopFix> test)
    {
        test.TestState.Sources.Add(("/0/Store.cs", Store));
        if (test.FixedState.Sources.Count > 0)
            test.FixedState.Sources.Add(("/0/Store.cs", Store));
    }

    /// <summary>A class that works with the store.</summary>
    protected static string Code(string body, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;
        using Store;

        class Orders(StoreContext db)
        {
            public async Task Run(int id, bool flag)
            {
                {{body.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
            }

            static void Use(object value) => Console.WriteLine(value);

            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;

    /// <summary>The store with other text in place of some of its own.</summary>
    protected static Action<CSharpCodeFixTest<LazyLoadLoopAnalyzer, LazyLoadLoopFix>> Store_with(string old, string text) => test =>
    {
        Assert.Contains(old, Store);
        Replace(test.TestState, old, text);
        if (test.FixedState.Sources.Count > 0)
            Replace(test.FixedState, old, text);
    };

    protected static Action<CSharpCodeFixTest<LazyLoadLoopAnalyzer, LazyLoadLoopFix>> Set_up(string text) => Store_with(Setup, text);

    private static void Replace(SolutionState state, string old, string text)
    {
        var index = state.Sources.FindIndex(source => source.Path == "/0/Store.cs");
        state.Sources[index] = ("/0/Store.cs", state.Sources[index].Content.Replace(old, text));
    }
}
