using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Tests.Knowledge;

/// <summary>Which loop runs the marked code. Expected is how that loop's syntax begins; null where there is none.</summary>
public sealed class LoopsTests
{
    [Theory]
    [InlineData("foreach (var x in xs) [|Use(x)|];", "foreach (var x in xs)")]
    [InlineData("foreach (var (a, b) in pairs) { [|Use(a)|]; }", "foreach (var (a, b)")]
    [InlineData("for (var i = 0; i < n; i++) { [|Use(i)|]; }", "for (var i = 0; i < n")]
    [InlineData("for (var i = 0; [|Use(i)|] < n; i++) { }", "for (")]
    [InlineData("for (var i = 0; i < n; i += [|Use(i)|]) { }", "for (")]
    [InlineData("while (n > 0) { [|Use(n)|]; n--; }", "while (")]
    [InlineData("while ([|Use(n)|] > 0) n--;", "while (")]
    [InlineData("do { [|Use(n)|]; } while (n-- > 0);", "do {")]
    [InlineData("do { } while ([|Use(n)|] > 0);", "do {")]
    [InlineData("foreach (var x in xs) { switch (x) { case 1: if (n > 0) { [|Use(x)|]; } break; } }", "foreach (var x in xs)")]
    public void Every_kind_of_loop_statement_has_a_body_and_a_condition(string code, string expected) => Finds(code, expected);

    [Fact]
    public void An_await_foreach_is_a_loop() => Finds("async Task A(IAsyncEnumerable<int> source) { await foreach (var x in source) { [|Use(x)|]; } }", "await foreach");

    [Theory]
    [InlineData("foreach (var x in [|Load()|]) { }", null)]
    [InlineData("for (var i = [|Use(0)|]; i < n; i++) { }", null)]
    [InlineData("foreach (var y in ys) { foreach (var x in [|Load()|]) { } }", "foreach (var y in ys)")]
    [InlineData("foreach (var y in ys) { for (var i = [|Use(y)|]; i < n; i++) { } }", "foreach (var y in ys)")]
    public void What_a_loop_evaluates_once_is_outside(string code, string? expected) => Finds(code, expected);

    [Theory]
    [InlineData("_ = xs.Where(x => [|Use(x)|] > 0);", "x => Use(x)")]
    [InlineData("_ = xs.Select((x, i) => { return [|Use(x)|]; }).ToList();", "(x, i) =>")]
    [InlineData("_ = xs.Any(delegate(int x) { return [|Use(x)|] > 0; });", "delegate(int x)")]
    [InlineData("_ = xs?.ToDictionary(x => x, x => [|Use(x)|]);", "x => Use(x)")]
    [InlineData("_ = Enumerable.Count(xs, x => [|Use(x)|] > 0);", "x => Use(x)")]
    [InlineData("list.RemoveAll(x => [|Use(x)|] > 0);", "x => Use(x)")]
    [InlineData("list.ForEach(x => [|Use(x)|]);", "x => Use(x)")]
    [InlineData("list.Sort((a, b) => [|Use(a)|] - b);", "(a, b) =>")]
    [InlineData("_ = Array.FindAll(xs, x => [|Use(x)|] > 0);", "x => Use(x)")]
    [InlineData("_ = ImmutableArray.Create(xs).Any(x => [|Use(x)|] > 0);", "x => Use(x)")]
    [InlineData("_ = xs.AsParallel().Where(x => [|Use(x)|] > 0);", "x => Use(x)")]
    [InlineData("_ = Task.WhenAll(xs.Select(async x => { await Task.Yield(); [|Use(x)|]; }));", "async x =>")]
    [InlineData("_ = xs.Where(((Func<int, bool>)(x => [|Use(x)|] > 0)));", "x => Use(x)")]
    [InlineData("_ = xs.Aggregate(0, (sum, x) => sum + [|Use(x)|], sum => sum);", "(sum, x) =>")]
    [InlineData("xs.ForEach(x => [|Use(x)|]);", "x => Use(x)")]
    public void A_function_given_to_an_operator_runs_once_per_element(string code, string expected) => Finds(code, expected);

    [Theory]
    [InlineData("_ = xs.Aggregate(0, (sum, x) => sum + x, sum => [|Use(sum)|]);")]
    [InlineData("Func<int, bool> test = x => [|Use(x)|] > 0; _ = xs.Where(test);")]
    [InlineData("_ = new Lazy<int>(() => [|Use(1)|]);")]
    [InlineData("_ = new Own().Where(x => [|Use(x)|] > 0);")]
    [InlineData("foreach (var x in xs) { Func<int> later = () => [|Use(x)|]; }")]
    [InlineData("foreach (var x in xs) { int Local() => [|Use(x)|]; Local(); }")]
    public void Other_functions_run_when_they_are_called(string code) => Finds(code, null);

    [Theory]
    [InlineData("Parallel.ForEach(xs, x => [|Use(x)|]);", "x => Use(x)")]
    [InlineData("Parallel.For(0, n, i => [|Use(i)|]);", "i => Use(i)")]
    [InlineData("_ = Parallel.ForEachAsync(xs, async (x, stop) => { await Task.Yield(); [|Use(x)|]; });", "async (x, stop) =>")]
    [InlineData("Parallel.ForEach(xs, () => [|Use(0)|], (x, state, sum) => sum + x, sum => { });", null)]
    [InlineData("Parallel.For(0, 4, i => [|Use(i)|]);", null)]
    [InlineData("foreach (var x in xs) { _ = Task.Run(() => { return [|Use(x)|]; }); }", "foreach (var x in xs)")]
    public void Parallel_bodies_are_loops_and_their_set_up_is_not(string code, string? expected) => Finds(code, expected);

    [Theory]
    [InlineData("_ = from x in xs where [|Use(x)|] > 0 select x;", "from x in xs")]
    [InlineData("_ = from x in xs from y in [|Load(x)|] select y;", "from x in xs")]
    [InlineData("_ = from x in xs join y in ys on [|Use(x)|] equals y select y;", "from x in xs")]
    [InlineData("_ = from x in xs orderby [|Use(x)|] select x;", "from x in xs")]
    [InlineData("_ = from x in [|Load()|] select x;", null)]
    [InlineData("_ = from x in xs join y in [|Load()|] on x equals y select y;", null)]
    [InlineData("_ = from x in new Own() where [|Use(x)|] > 0 select x;", null)]
    public void Clauses_of_a_query_run_once_per_element_and_its_collections_once(string code, string? expected) => Finds(code, expected);

    [Theory]
    [InlineData("_ = query.Where(x => [|list.Contains(x)|]);")]
    [InlineData("_ = from x in query where [|list.Contains(x)|] select x;")]
    [InlineData("_ = query.Where(x => xs.Any(y => [|list.Contains(y)|]));")]
    [InlineData("_ = query.Where(x => (from y in xs where [|list.Contains(y)|] select y).Any());")]
    [InlineData("Expression<Func<int, bool>> tree = x => xs.Any(y => [|list.Contains(y)|]);")]
    [InlineData("foreach (var x in xs) { _ = query.Where(y => [|list.Contains(y)|]); }")]
    public void An_expression_tree_is_never_a_loop(string code) => Finds(code, null);

    [Theory]
    [InlineData("for (var i = 0; i < 8; i++) { [|Use(i)|]; }")]
    [InlineData("for (var i = 1; i <= 8; ++i) { [|Use(i)|]; }")]
    [InlineData("for (var i = 8; i > 0; i--) { [|Use(i)|]; }")]
    [InlineData("for (var i = 0; i < 64; i += 8) { [|Use(i)|]; }")]
    [InlineData("for (var i = 0; i != 3; i++) { [|Use(i)|]; }")]
    [InlineData("var names = new[] { 1, 2, 3 }; for (var i = 0; i < names.Length - 1; i++) { [|Use(i)|]; }")]
    [InlineData("foreach (var x in new[] { 1, 2, 3 }) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in (int[])[1, 2, 3]) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in new List<int> { 1, 2 }.Where(y => y > 1)) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in Enum.GetValues<DayOfWeek>()) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in Enum.GetValues(typeof(DayOfWeek)).Cast<DayOfWeek>()) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in xs.Take(5)) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in Enumerable.Range(1, 7)) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in \"a,b\".Split(',')) { [|Use(x)|]; }")]
    [InlineData("_ = new[] { 1, 2 }.Select(x => [|Use(x)|]);")]
    [InlineData("_ = from x in new[] { 1, 2 } select [|Use(x)|];")]
    [InlineData("List<int> few = [1, 2]; foreach (var x in few) { [|Use(x)|]; Show(few); }")]
    [InlineData("foreach (var x in s_few) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in s_fewList) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in Few) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in ImmutableArray.Create(1, 2)) { [|Use(x)|]; }")]
    public void A_small_constant_loop_is_none(string code) => Finds(code, null);

    [Theory]
    [InlineData("for (var i = 0; i < 9; i++) { [|Use(i)|]; }")]
    [InlineData("for (var i = 0; i < 8; i++) { [|Use(i)|]; if (n > 0) i--; }")]
    [InlineData("for (var i = 0; i < 8; i++) { [|Use(i)|]; Reset(ref i); }")]
    [InlineData("for (var i = 0; i < 3; i--) { [|Use(i)|]; }")]
    [InlineData("for (var i = 0; i < 8; n++) { [|Use(i)|]; }")]
    [InlineData("for (;;) { [|Use(n)|]; }")]
    [InlineData("foreach (var x in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in (int[])[1, .. xs]) { [|Use(x)|]; }")]
    [InlineData("var few = new List<int> { 1 }; few.Add(n); foreach (var x in few) { [|Use(x)|]; }")]
    [InlineData("var few = new List<int> { 1 }; Fill(few); foreach (var x in few) { [|Use(x)|]; }")]
    [InlineData("int[] few = [1]; few = xs; foreach (var x in few) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in s_grown) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in A) { [|Use(x)|]; }")]
    [InlineData("foreach (var x in xs.Take(n)) { [|Use(x)|]; }")]
    public void A_loop_that_may_run_more_often_is_one(string code) => Assert.NotNull(Around(code));

    [Theory]
    [InlineData("foreach (var x in xs) { if (x > n) { [|Use(x)|]; return; } }")]
    [InlineData("foreach (var x in xs) { if (x > n) { [|Use(x)|]; break; } }")]
    [InlineData("foreach (var x in xs) { if (x > n) throw new Exception([|Use(x)|].ToString()); }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; if (x > n) return; else throw new Exception(); }")]
    [InlineData("foreach (var x in xs) { if (x > n) { [|Use(x)|]; } return; }")]
    [InlineData("foreach (var x in xs) { switch (x) { case 1: [|Use(x)|]; break; } break; }")]
    [InlineData("foreach (var x in xs) { using (Open()) { [|Use(x)|]; return; } }")]
    [InlineData("foreach (var x in xs) { if (x < 0) continue; [|Use(x)|]; break; }")]
    [InlineData("foreach (var x in xs) { if (x < 0) { continue; } else { [|Use(x)|]; } return; }")]
    [InlineData("while (true) { try { [|Use(n)|]; return; } catch (Exception) { n++; } }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; switch (x) { case 1: return; default: throw new Exception(); } }")]
    public void Code_after_which_the_loop_always_leaves_is_in_none(string code) => Finds(code, null);

    [Theory]
    [InlineData("foreach (var x in xs) { if ([|Use(x)|] > 0) return; }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; if (x > n) break; }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; if (x > n) continue; return; }")]
    [InlineData("foreach (var x in xs) { switch (x) { case 1: [|Use(x)|]; break; } }")]
    [InlineData("foreach (var x in xs) { switch (x) { case 1: [|Use(x)|]; if (n > 0) break; return; } }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; switch (x) { case 1: if (n > 0) break; return; default: return; } }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; switch (x) { case 1: return; } }")]
    [InlineData("foreach (var x in xs) { if (x > n) { [|Use(x)|]; goto next; } return; next: ; }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; foreach (var y in ys) break; }")]
    [InlineData("foreach (var x in xs) { [|Use(x)|]; Func<int> f = () => { return 1; }; }")]
    public void Code_after_which_the_loop_may_go_on_is_in_it(string code) => Finds(code, "foreach (var x in xs)");

    [Theory]
    [InlineData("foreach (var x in xs) { foreach (var y in ys) { [|Use(y)|]; } }", "foreach (var y in ys)")]
    [InlineData("foreach (var x in xs) { foreach (var y in ys) { [|Use(y)|]; break; } }", "foreach (var x in xs)")]
    [InlineData("foreach (var x in xs) { foreach (var y in ys) { [|Use(y)|]; return; } }", null)]
    [InlineData("foreach (var x in xs) { for (var i = 0; i < 3; i++) { [|Use(i)|]; } }", "foreach (var x in xs)")]
    [InlineData("foreach (var x in xs) { foreach (var y in ys.Where(z => [|Use(z)|] > 0)) { } }", "z => Use(z)")]
    [InlineData("_ = xs.Where(x => s_few.Any(y => [|Use(y)|] == x));", "x => s_few")]
    [InlineData("foreach (var x in xs) { s_few.Any(y => { return [|Use(y)|] == x; }); }", "foreach (var x in xs)")]
    public void The_innermost_loop_that_is_real_counts(string code, string? expected) => Finds(code, expected);

    [Theory]
    [InlineData("_ = xs.Where([|list.Contains|]);", "list.Contains")]
    [InlineData("list.RemoveAll([|list.Contains|]);", "list.Contains")]
    [InlineData("_ = s_few.Where([|list.Contains|]);", null)]
    [InlineData("foreach (var x in ys) { _ = s_few.Any([|list.Contains|]); }", "foreach (var x in ys)")]
    [InlineData("foreach (var x in ys) { Take([|list.Contains|]); }", "foreach (var x in ys)")]
    [InlineData("Take([|list.Contains|]);", null)]
    public void A_method_group_given_to_an_operator_is_called_once_per_element(string code, string? expected)
    {
        var (finder, node) = Find(code);
        Check(finder.Calling((ExpressionSyntax)node), expected);
    }

    [Theory]
    [InlineData("_ = xs.Where(x => [|Use(x)|] > 0);", "xs")]
    [InlineData("_ = Enumerable.Where(xs, x => [|Use(x)|] > 0);", "xs")]
    [InlineData("_ = xs?.Select(x => [|Use(x)|]);", "xs")]
    [InlineData("foreach (var x in xs.Reverse()) { [|Use(x)|]; }", "xs.Reverse()")]
    [InlineData("_ = from x in xs select [|Use(x)|];", "xs")]
    [InlineData("Parallel.For(0, n, i => [|Use(i)|]);", null)]
    [InlineData("while (true) { [|Use(n)|]; }", null)]
    public void A_loop_knows_what_it_iterates_over(string code, string? source) => Assert.Equal(source, Around(code)?.Source?.ToString());

    [Fact]
    public void The_small_size_is_a_setting()
    {
        Assert.Null(Around("for (var i = 0; i < 20; i++) { [|Use(i)|]; }", smallLoop: 20));
        Assert.NotNull(Around("for (var i = 0; i < 2; i++) { [|Use(i)|]; }", smallLoop: 1));
    }

    [Fact]
    public void Top_level_statements_are_a_function_like_any_other()
    {
        var (finder, node) = FindIn("var few = new[] { 1, 2 }; foreach (var x in few) System.Console.WriteLine(x); foreach (var arg in args) { [|System.Console.WriteLine(arg)|]; }");
        Check(finder.Around(node), "foreach (var arg in args)");
    }

    private static void Finds(string code, string? expected) => Check(Around(code), expected);

    private static void Check(Loop? loop, string? expected)
    {
        if (expected is null)
            Assert.Null(loop);
        else
            Assert.StartsWith(expected, loop?.Syntax.ToString());
    }

    private static Loop? Around(string code, int smallLoop = 8)
    {
        var (finder, node) = Find(code, smallLoop);
        return finder.Around(node);
    }

    private static (LoopFinder Finder, SyntaxNode Node) Find(string code, int smallLoop = 8) => FindIn($$"""
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading.Tasks;

        class Own { public Own Where(Func<int, bool> test) => this; public Own Select(Func<int, int> map) => this; }

        static class Sequences { public static void ForEach<T>(this IEnumerable<T> source, Action<T> use) { } public static void ForEach<T>(this IEnumerable<T> source, Func<T, object> use) { } }

        class C
        {
            static readonly int[] s_few = { 1, 2, 3 };
            static readonly List<int> s_fewList = new() { 1, 2, 3 };
            static readonly List<int> s_grown = new() { 1, 2, 3 };
            static IReadOnlyList<int> Few => new[] { 1, 2 };
            static IEnumerable<int> A => B.Where(x => x > 0);
            static IEnumerable<int> B => A.Where(x => x > 0);

            static void Grow() => s_grown.Add(1);
            static int Use<T>(T value) => 1;
            static IEnumerable<int> Load(int of = 0) => [];
            static void Show(IEnumerable<int> some) { }
            static void Fill(List<int> some) { }
            static void Reset(ref int number) { }
            static void Take(Func<int, bool> test) { }
            static IDisposable Open() => null!;

            void M(int[] xs, IReadOnlyList<int> ys, List<int> list, (int, int)[] pairs, IQueryable<int> query, int n)
            {
                {{code}}
            }
        }
        """, smallLoop);

    private static (LoopFinder Finder, SyntaxNode Node) FindIn(string marked, int smallLoop = 8)
    {
        var source = Markup.Parse(marked);
        var tree = CSharpSyntaxTree.ParseText(source.Text, new CSharpParseOptions(LanguageVersion.Latest));
        var compilation = CSharpCompilation.Create("Loops", [tree], ReferenceAssemblies.Net.References,
            new CSharpCompilationOptions(marked.StartsWith("using", StringComparison.Ordinal) ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var finder = new LoopFinder(compilation.GetSemanticModel(tree), KnownTypes.Of(compilation), smallLoop, default);
        return (finder, tree.GetRoot().FindNode(Assert.Single(source.Spans).Span, getInnermostNodeForTie: true));
    }
}
