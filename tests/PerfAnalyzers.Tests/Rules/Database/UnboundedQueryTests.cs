using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Database;

namespace PerfAnalyzers.Tests.Rules.Database;

/// <summary>What every test of the rule sees beside its own source: a shop's entities and context in a second file.</summary>
public abstract class UnboundedQueryTests : RuleTests<UnboundedQueryAnalyzer, UnboundedQueryFix>
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;


        """;

    private const string Model = """
        #nullable disable
        using System;
        using System.Collections.Generic;
        using Microsoft.EntityFrameworkCore;

        public class Product { public int Id { get; set; } public string Name { get; set; } public bool IsActive { get; set; } public bool? IsHidden { get; set; } public decimal Price { get; set; } public int CategoryId { get; set; } public Category Category { get; set; } public DateTime? DeletedAt { get; set; } }
        public class Category { public int Id { get; set; } public string Name { get; set; } public List<Product> Products { get; set; } }
        public class Order { public int OrderId { get; set; } public int CustomerId { get; set; } public decimal Total { get; set; } public List<Line> Lines { get; set; } }
        public class Line { public int Id { get; set; } public int Quantity { get; set; } }
        public class CountryLookup { public string Code { get; set; } }
        public class Shop : DbContext
        {
            public DbSet<Product> Products { get; set; }
            public DbSet<Category> Categories { get; set; }
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<CountryLookup> Countries { get; set; }
        }
        """;

    /// <summary>The members of a class that has the shop as <c>db</c>.</summary>
    protected static string Service(string members) => $$"""
        {{Usings}}public class Service(Shop db)
        {
            {{members.Replace("\n", "\n    ")}}
        }
        """;

    /// <summary>The members of a controller that has the shop as <c>db</c>.</summary>
    protected static string Controller(string members) => $$"""
        {{Usings}}[ApiController]
        public class ShopController(Shop db) : ControllerBase
        {
            {{members.Replace("\n", "\n    ")}}
        }
        """;

    /// <summary>The statements that map handlers on <c>app</c>.</summary>
    protected static string App(string statements) => $$"""
        {{Usings}}public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                {{statements.Replace("\n", "\n        ")}}
            }
        }
        """;

    /// <summary>Whole types, after the usual usings.</summary>
    protected static string Types(string types) => Usings + types;

    /// <summary>The ends of the messages of all findings, in order.</summary>
    protected static async Task Says(string source, params string[] advice)
    {
        var tree = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create("Shop", [tree, CSharpSyntaxTree.ParseText(Model)], ReferenceAssemblies.All.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var findings = await compilation.WithAnalyzers([new UnboundedQueryAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(advice, findings.OrderBy(d => d.Location.SourceSpan.Start).Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split("upper bound; ")[1].Split(" (")[0]));
    }

    protected override void Configure(CSharpCodeFixTest<UnboundedQueryAnalyzer, UnboundedQueryFix> test)
    {
        // The documented example brings its own model.
        if (test.TestState.Sources[0].Content.Contains("class Shop : DbContext", StringComparison.Ordinal))
            return;

        test.TestState.Sources.Add(("/0/Model.cs", Model));
        if (test.FixedState.Sources.Count > 0)
        {
            test.FixedState.Sources.Add(("/0/Model.cs", Model));
            if (test.CodeActionIndex == 0)
                AllowReviewInFixAll(test);
        }
    }
}
