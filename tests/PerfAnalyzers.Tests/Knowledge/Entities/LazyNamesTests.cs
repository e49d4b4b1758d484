using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge.Entities;
using PerfAnalyzers.Rules.Database;

namespace PerfAnalyzers.Tests.Knowledge.Entities;

/// <summary>By which names code loads lazily, and what is read when to find them.</summary>
public sealed class LazyNamesTests
{
    private const string Model = """
        using Microsoft.EntityFrameworkCore;
        public class Order { public int Id { get; set; } public virtual Customer Customer { get; set; } public virtual string Number { get; set; } }
        public class WebOrder : Order { }
        public class Customer { public int Id { get; set; } public string Name { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders { get; set; } protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies(); }
        """;

    private const string Loops = "using System.Linq; class Report { void M(Shop db) { foreach (var o in db.Orders.ToList()) System.Console.WriteLine(o.Customer.Name); } }";

    [Theory]
    [InlineData("class A { string F(Order o) => o.Customer.Name; }", "F", 1)]
    [InlineData("class A { string F(int n, System.Collections.Generic.List<Order[]> o = null) => o[0][0].Customer.Name; }", "F", 0, 1, 2)]
    [InlineData("static class A { public static string F(this Order o, int n) => o.Customer.Name; }", "F", 0, 1, 2)]
    [InlineData("class A { string F(params Order[] o) => o[0].Customer.Name; }", "F", 0, 1, 7, 20)]
    [InlineData("class A<T> where T : Order { string F(T o) => o.Customer.Name; }", "F", 1)]
    [InlineData("class A { string F<T>(T o) where T : Order => o.Customer.Name; }", "F", 1)]
    [InlineData("class A { string F(WebOrder o) => o?.Customer?.Name; }", "F", 1)]
    [InlineData("class A { string F(BulkOrder o) => o.Customer.Name; } class BulkOrder : WebOrder { }", "F", 1)]
    [InlineData("class A { void M() { string F(Order o) { string Other(Order p) => p.Customer.Name; return Other(o); } } }", "F", 1)]
    [InlineData("class A { static string F(Order o) => G(o); static string G(Order o) => o.Customer.Name; }", "F", 1)]
    [InlineData("class A { static string F(Order o) => new V(o).Name; } class V { public V(Order o) { Name = o.Customer.Name; } public string Name; }", "F", 1)]
    [InlineData("class A { static string F(Order o) { V v = new(o); return v.Name; } } class V { public V(Order o) { Name = o.Customer.Name; } public string Name; }", "F", 1)]
    [InlineData("class A { static object F(Order[] o) => System.Linq.Enumerable.Select(o, G); static string G(Order o) => o.Customer.Name; }", "F", 1)]
    public void Functions_that_are_given_an_entity_and_mention_a_navigation(string code, string name, params int[] arguments)
    {
        var names = LazyNames.Of(Compile(Model, code), default);
        Assert.True(names.HasMethod(name));
        foreach (var count in arguments)
            Assert.True(names.HasCall(name, count, true));
    }

    [Theory]
    [InlineData("class A { string F(Order o) => o.Number; }")]
    [InlineData("class A { string F(Customer c) => c.Name; }")]
    [InlineData("class A { string F(Order o) { var Customer = o.Number; return Customer; } }")]
    [InlineData("class A { string F(Order o) => G(o, 1); string G(Order o, int n) => o.Number; string G(Order o) => o.Customer.Name; }")]
    [InlineData("class A { string F(Dto d) => d.Customer; } class Dto { public string Customer; }")]
    public void Functions_that_do_not(string code)
    {
        var names = LazyNames.Of(Compile(Model, code), default);
        Assert.False(names.HasMethod("F"));
        Assert.False(names.HasCall("F", 1, true));
    }

    [Fact]
    public void Calls_are_told_apart_by_their_arguments()
    {
        var names = LazyNames.Of(Compile(Model, "class A { string F(Order o) => o.Customer.Name; string F(Order o, int n, int m) => o.Number; }"), default);
        Assert.True(names.HasCall("F", 1, true));
        Assert.False(names.HasCall("F", 2, true));
        Assert.False(names.HasCall("F", 3, true));
    }

    [Theory]
    [InlineData("F", "class A { int F(Order o) { var n = 0; foreach (var i in new int[o.Id]) n += o.Customer.Id; return n; } }", true)]
    [InlineData("F", "class A { object F(System.Collections.Generic.List<Order> o) => o.ConvertAll(x => x.Customer); }", true)]
    [InlineData("F", "class A { object F(Order[] o) => G(o); object G(Order[] o) { for (var i = 0; i < 9; i++) o[i].Customer.Id++; return o; } }", true)]
    [InlineData("F", "class A { object F(Order o) => o.Customer; }", false)]
    [InlineData("F", "class A { object F(Order o) => G(o); object G(Order o) => o.Customer; void H(Order o) { foreach (var x in new[] { o }) G(x); } }", false)]
    public void Outside_loops_only_functions_that_loop(string name, string code, bool loops)
    {
        var names = LazyNames.Of(Compile(Model, code), default);
        Assert.True(names.HasCall(name, 1, isInLoop: true));
        Assert.Equal(loops, names.HasCall(name, 1, isInLoop: false));
        Assert.False(names.HasMember("Customer", isInLoop: false));
    }

    [Fact]
    public void Members_and_creations()
    {
        var names = LazyNames.Of(Compile(Model.Replace("public int Id { get; set; } public virtual Customer", "public string Buyer => Customer.Name; public int Sum() => Customer.Id; public int Id { get; set; } public virtual Customer"),
            "class V { public V(Order o, int n) { Name = o.Customer.Name; } public string Name; }"), default);
        Assert.True(names.HasMember("Customer", true));
        Assert.True(names.HasMember("Buyer", true));
        Assert.True(names.HasCall("Sum", 0, true));
        Assert.False(names.HasMember("Number", true));
        Assert.False(names.HasMember("Name", true));
        foreach (var (creation, expected) in new[] { ("new V(a, b)", true), ("new N.V(a, b)", true), ("new(a, b)", true), ("new V(a, b, c)", false), ("new W(a, b)", false), ("new(a, b, c)", false), ("new V()", false) })
            Assert.Equal(expected, names.HasCreation((BaseObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression(creation), true));
    }

    [Theory]
    [InlineData("options.UseSqlite(\"x\")")]
    [InlineData("options.UseLazyLoadingProxies(false).UseSqlite(\"x\")")]
    public void Where_nothing_loads_lazily_no_function_is_read(string setup)
    {
        var compilation = Compile(Model.Replace("options.UseLazyLoadingProxies()", setup), Loops);
        Assert.True(LazyNames.Of(compilation, default).IsEmpty);
        Assert.DoesNotContain(compilation.SyntaxTrees, TreeFunctions.IsRead);
    }

    [Fact]
    public async Task Nothing_is_read_until_a_member_may_load()
    {
        var quiet = Compile(Model, "class Report { string M(Order o) { while (o.Id > 3) o.Id--; return o.Customer.Name; } object N(object[] o) { foreach (var x in o) return x; return null; } }");
        Assert.Empty(await Findings(quiet));
        Assert.DoesNotContain(quiet.SyntaxTrees, TreeFunctions.IsRead);

        var loading = Compile(Model, Loops);
        Assert.Single(await Findings(loading));
        Assert.All(loading.SyntaxTrees, tree => Assert.True(TreeFunctions.IsRead(tree)));
    }

    [Fact]
    public async Task An_edit_reads_one_tree_again()
    {
        var before = Compile(Model, Loops, "class Other { string F(Order o) => o.Number; }");
        Assert.Single(await Findings(before));
        var read = before.SyntaxTrees.Select(tree => TreeFunctions.Of(tree, default)).ToList();

        var after = before.ReplaceSyntaxTree(before.SyntaxTrees[2], CSharpSyntaxTree.ParseText("class Other { string F(Order o) => o.Customer.Name; }"));
        Assert.Equal([true, true, false], after.SyntaxTrees.Select(TreeFunctions.IsRead));
        Assert.Single(await Findings(after));
        Assert.Equal([true, true, false], after.SyntaxTrees.Select((tree, i) => ReferenceEquals(TreeFunctions.Of(tree, default), read[i])));
        Assert.False(LazyNames.Of(before, default).HasMethod("F"));
        Assert.True(LazyNames.Of(after, default).HasMethod("F"));
    }

    [Fact]
    public void A_cancelled_build_publishes_nothing_and_the_next_succeeds()
    {
        var compilation = Compile(Model, Loops);
        Assert.ThrowsAny<OperationCanceledException>(() => LazyNames.Of(compilation, new CancellationToken(canceled: true)));
        Assert.False(LazyNames.IsBuilt(compilation));
        Assert.DoesNotContain(compilation.SyntaxTrees, TreeFunctions.IsRead);
        Assert.True(LazyNames.Of(compilation, default).HasMember("Customer", true));
        Assert.True(LazyNames.IsBuilt(compilation));
    }

    [Fact]
    public void Broken_code_is_read_to_its_end()
    {
        for (var length = 0; length < Loops.Length; length += 5)
            Assert.False(LazyNames.Of(Compile(Model, Loops[..length]), default).IsEmpty);
    }

    private static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create("Shop", sources.Select(source => CSharpSyntaxTree.ParseText(source)),
        ReferenceAssemblies.All.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static async Task<ImmutableArray<Diagnostic>> Findings(CSharpCompilation compilation) =>
        await compilation.WithAnalyzers([new LazyLoadLoopAnalyzer()]).GetAnalyzerDiagnosticsAsync(default);
}
