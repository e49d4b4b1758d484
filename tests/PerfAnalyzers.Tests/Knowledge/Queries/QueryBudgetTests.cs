using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Queries;
using PerfAnalyzers.Rules.Database;

namespace PerfAnalyzers.Tests.Knowledge.Queries;

/// <summary>Sources that nobody writes by hand must not end the compiler: they are read to a fixed depth, on a stack as small as a thread's can be.</summary>
public sealed class QueryBudgetTests
{
    private const int SmallStack = 512 * 1024;

    private const string Model = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } public int CustomerId { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

        """;

    [Fact]
    public void Reads_three_hundred_conditions_in_a_row_to_the_end() => Assert.Equal(
        "Set Order: " + string.Concat(Enumerable.Repeat("(Where|) ", 300)) + "ToList",
        ReadQuery.In($"public object M(int x) {{ IQueryable<Order> q = db.Orders; {Repeat(300, i => $"if (x > {i}) q = q.Where(o => o.Id != {i}); ")} return [|q.ToList()|]; }}"));

    [Theory]
    [InlineData("conditions")]
    [InlineData("conditions over several methods")]
    [InlineData("alternatives")]
    [InlineData("chain")]
    [InlineData("chain over several methods")]
    [InlineData("methods")]
    [InlineData("blocks")]
    [InlineData("assignments by reference")]
    [InlineData("joins")]
    [InlineData("joins of itself")]
    [InlineData("joins of methods that join each other")]
    [InlineData("choices")]
    [InlineData("conjunction")]
    [InlineData("disjunction of flags")]
    public async Task No_shape_goes_deeper_than_the_budget(string shape)
    {
        var (members, expression) = Shape(shape);
        var compilation = Compile($$"""
            public class Service(Shop db)
            {
                {{members}}
            }
            """);
        var tree = compilation.SyntaxTrees[0];
        var node = tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Last(n => n.ToString() == expression);
        var budget = new QueryBudget();

        OnSmallStack(() =>
        {
            var query = Query.From(node, compilation.GetSemanticModel(tree), KnownTypes.Of(compilation), budget, CancellationToken.None);
            RowBounds.Hold(query, node, UnboundedKind.AnyWithoutTake, budget, CancellationToken.None);
        });

        Assert.InRange(budget.Deepest, 1, QueryBudget.MostNested);
        Assert.Empty((await compilation.WithAnalyzers([new UnboundedQueryAnalyzer()], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => throw new InvalidOperationException("the analyzer threw", exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync()).Where(d => d.Id == "AD0001"));
    }

    [Fact]
    public void All_readers_of_a_question_share_what_it_may_cost()
    {
        // Each method reads the next one eight times: eight to the power of six without a common budget.
        var compilation = Compile($$"""
            public class Service(Shop db)
            {
                {{Repeat(6, i => $"IQueryable<Order> M{i}(int x, IQueryable<Order> q) => x switch {{ {Repeat(8, n => $"{n} => M{i + 1}(x, q).Where(o => o.Id != {n}), ")}_ => q }};\n")}}
                IQueryable<Order> M6(int x, IQueryable<Order> q) => q;
                public object All() => M0(3, db.Orders).ToList();
            }
            """);
        var tree = compilation.SyntaxTrees[0];
        var node = tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Last(n => n.ToString() == "M0(3, db.Orders).ToList()");
        var budget = new QueryBudget();

        Query.From(node, compilation.GetSemanticModel(tree), KnownTypes.Of(compilation), budget, CancellationToken.None);

        Assert.False(budget.TryEnter());
    }

    private static (string Members, string Expression) Shape(string shape) => shape switch
    {
        "conditions" => ($"public object M(int x) {{ IQueryable<Order> q = db.Orders; {Repeat(1000, i => $"if (x > {i}) q = q.Where(o => o.Id != {i});\n")} return q.ToList(); }}", "q.ToList()"),
        "conditions over several methods" => (
            Repeat(6, m => $"IQueryable<Order> M{m}(IQueryable<Order> q, int x) {{ {Repeat(300, i => $"if (x > {i}) q = q.Where(o => o.Id != {i});\n")} return {(m < 5 ? $"M{m + 1}(q, x)" : "q")}; }}\n")
            + "public object M(int x) => M0(db.Orders, x).ToList();", "M0(db.Orders, x).ToList()"),
        "alternatives" => ($"public object M(int x) {{ IQueryable<Order> q = db.Orders; {Repeat(300, i => $"if (x == {i}) q = q.Where(o => o.Id != {i}); else ")} q = q.Take(3); return q.ToList(); }}", "q.ToList()"),
        "chain" => ($"public object M(int x) => db.Orders{Repeat(400, i => $".Where(o => o.Id != {i})")}.ToList();", $"db.Orders{Repeat(400, i => $".Where(o => o.Id != {i})")}.ToList()"),
        "chain over several methods" => (
            Repeat(6, m => $"IQueryable<Order> M{m}(IQueryable<Order> q) => {(m < 5 ? $"M{m + 1}(q)" : "q")}{Repeat(60, i => $".Where(o => o.Id != {i})")};\n")
            + "public object M() => M0(db.Orders).ToList();", "M0(db.Orders).ToList()"),
        "methods" => (Repeat(300, m => $"IQueryable<Order> M{m}() => M{m + 1}().Where(o => o.Id != {m});\n") + "IQueryable<Order> M300() => db.Orders;\npublic object M() => M0().ToList();", "M0().ToList()"),
        "blocks" => ($"public object M(int x) {{ IQueryable<Order> q = db.Orders; {Repeat(150, i => $"if (x > {i}) {{ ")} q = q.Take(3); {Repeat(150, _ => "}")} return q.ToList(); }}", "q.ToList()"),
        "assignments by reference" => ($"static void Change(ref IQueryable<Order> q) {{ }} public object M() {{ IQueryable<Order> q = db.Orders; {Repeat(2000, _ => "Change(ref q);\n")} return q.ToList(); }}", "q.ToList()"),
        "joins" => ($"public object M() {{ IQueryable<Order> q = db.Orders; {Repeat(300, _ => "q = q.Join(q, a => a.Id, b => b.CustomerId, (a, b) => a);\n")} return q.ToList(); }}", "q.ToList()"),
        "joins of itself" => ("IQueryable<Order> All => from a in All join b in All on a.Id equals b.CustomerId select a; public object M() => All.ToList();", "All.ToList()"),
        "joins of methods that join each other" => (
            "IQueryable<Order> A() => from a in db.Orders join b in B() on a.Id equals b.CustomerId select a; IQueryable<Order> B() => from a in db.Orders join b in A() on a.Id equals b.CustomerId select a; public object M() => A().ToList();", "A().ToList()"),
        "choices" => ($"public object M(int x) => ({Repeat(200, i => $"x == {i} ? db.Orders.Take({i}) : ")}db.Orders).ToList();", $"({Repeat(200, i => $"x == {i} ? db.Orders.Take({i}) : ")}db.Orders).ToList()"),
        "conjunction" => ($"public object M() => db.Orders.Where(o => {Repeat(400, i => $"o.IsOpen && ")}o.IsOpen).ToList();", $"db.Orders.Where(o => {Repeat(400, i => $"o.IsOpen && ")}o.IsOpen).ToList()"),
        "disjunction of flags" => ($"public object M() => db.Orders.Where(o => {Repeat(400, i => $"o.Id == {i} || ")}o.IsOpen).ToList();", $"db.Orders.Where(o => {Repeat(400, i => $"o.Id == {i} || ")}o.IsOpen).ToList()"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static string Repeat(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private static CSharpCompilation Compile(string source)
    {
        var compilation = CSharpCompilation.Create("Shop", [CSharpSyntaxTree.ParseText(Model + source)], ReferenceAssemblies.All.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private static void OnSmallStack(Action run)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception exception)
            {
                thrown = exception;
            }
        }, SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
