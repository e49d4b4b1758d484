using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary>What the tests of PERF104 share: a model of a shop.</summary>
public abstract class SyncDatabaseTests : RuleTests<SyncDatabaseAnalyzer, SyncDatabaseFix>
{
    protected override void Configure(CSharpCodeFixTest<SyncDatabaseAnalyzer, SyncDatabaseFix> test)
    {
        test.TestState.Sources.Add(("/0/Model.cs", Model));
        if (test.FixedState.Sources.Count > 0)
            test.FixedState.Sources.Add(("/0/Model.cs", Model));
    }

    protected const string Model =
        """
        global using ShopModel;
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        namespace ShopModel;

        public class Customer { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Line { public int Id { get; set; } public decimal Price { get; set; } }
        public class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public decimal Total { get; set; }
            public bool IsOpen { get; set; }
            public List<Line> Lines { get; set; } = new();
            public Customer? Customer { get; set; }
        }
        public class Shop : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<Customer> Customers => Set<Customer>();
        }
        """;
}
