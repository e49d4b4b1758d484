using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>Broken code, edits, cancellation, and what is built when.</summary>
public sealed class PathRobustnessTests : PathTests
{
    private const string Server = """
        using Missing.Namespace;

        public class A : ControllerBase, IMissing
        {
            public void Get() { Own(); Nowhere(); other.Missing(; S.M(); }
            private void Own() { /*= Request: A.Get → A.Own */ }
            public void
        }

        public class B : B { public void Load() { /*= Unknown */ } }
        public class C : D { public void Go() { Go2(); } }
        public class D : C { public void Go2() { /*= Unknown */ } }
        public static class S { public static void M() { /*= Request: A.Get → S.M */ } }
        class { void M() { } }
        """;

    [Fact]
    public void Broken_code_gives_what_is_certain_and_never_throws() => Check(Compile(OutputKind.DynamicallyLinkedLibrary, Server), Standard, isBroken: true);

    [Fact]
    public void Every_truncation_of_a_source_can_be_asked()
    {
        for (var length = 0; length < Server.Length; length += 7)
        {
            var compilation = Compile(OutputKind.DynamicallyLinkedLibrary, Server[..length]);
            var tree = compilation.SyntaxTrees[1];
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodesAndSelf())
                Assert.NotNull(RequestPaths.Of(compilation, Standard).To(node, model, default));
        }
    }

    [Fact]
    public void A_node_of_another_compilation_is_unknown()
    {
        var compilation = Compile(OutputKind.DynamicallyLinkedLibrary, "public class A : ControllerBase { public void Get() { } }");
        var other = CSharpSyntaxTree.ParseText("public class A : ControllerBase { public void Get() { } }");
        Assert.Same(RequestPath.Unknown, RequestPaths.Of(compilation, Standard).To(Last(other), compilation.GetSemanticModel(compilation.SyntaxTrees[1]), default));
    }

    [Fact]
    public void An_expression_nested_beyond_reason_leaves_everything_open()
    {
        var chain = string.Concat(Enumerable.Repeat(".ToString()", 200_000));
        var compilation = Compile(OutputKind.ConsoleApplication, $"class D {{ string M() => \"\"{chain}; }}", "class P { static void Main() { Own(); } static void Own() { } }");
        var tree = compilation.SyntaxTrees[2];
        Assert.False(TreeSummary.Of(compilation.SyntaxTrees[1], default).Content.IsComplete);
        Assert.Equal(Reach.Unknown, RequestPaths.Of(compilation, Standard).To(Last(tree), compilation.GetSemanticModel(tree), default).Reach);
    }

    [Fact]
    public void Nothing_is_built_until_somebody_asks()
    {
        var compilation = Compile(OutputKind.DynamicallyLinkedLibrary, "public class A : ControllerBase { public void Get() { } }");
        var paths = RequestPaths.Of(compilation, Standard);
        Assert.False(paths.IsBuilt);
        Assert.Same(paths, RequestPaths.Of(compilation, new PathSettings(8, [])));
        Assert.NotSame(paths, RequestPaths.Of(compilation, new PathSettings(7, [])));
        paths.To(Last(compilation.SyntaxTrees[1]), compilation.GetSemanticModel(compilation.SyntaxTrees[1]), default);
        Assert.True(paths.IsBuilt);
    }

    [Fact]
    public void An_edit_reads_one_tree_again_and_keeps_the_graph_unless_it_changes_what_is_called()
    {
        var compilation = Compile(OutputKind.DynamicallyLinkedLibrary,
            "public class A : ControllerBase { public void Get() { S.M(); } }", "public static class S { public static void M() { N(); } static void N() { } }").WithAssemblyName("Edited");
        var graph = RequestPaths.Of(compilation, Standard).Graph(default);
        Assert.True(compilation.SyntaxTrees.All(tree => ReferenceEquals(TreeSummary.Of(tree, default), TreeSummary.Of(tree, default))));

        var moved = Edit(compilation, "public static class S { public static void M() { /* moved */ var x = 1; N(); } static void N() { } }");
        Assert.Same(graph, RequestPaths.Of(moved, Standard).Graph(default));
        Assert.Equal("Request: A.Get → S.M → S.N", Text(RequestPaths.Of(moved, Standard).To(Last(moved.SyntaxTrees[2]), moved.GetSemanticModel(moved.SyntaxTrees[2]), default)));

        var changed = Edit(moved, "public static class S { public static void M() { } static void N() { } }");
        Assert.NotSame(graph, RequestPaths.Of(changed, Standard).Graph(default));
        Assert.Equal("Unknown", Text(RequestPaths.Of(changed, Standard).To(Last(changed.SyntaxTrees[2]), changed.GetSemanticModel(changed.SyntaxTrees[2]), default)));
        foreach (var i in new[] { 0, 1 })
            Assert.Same(TreeSummary.Of(compilation.SyntaxTrees[i], default), TreeSummary.Of(changed.SyntaxTrees[i], default));

        static CSharpCompilation Edit(CSharpCompilation before, string text) =>
            before.ReplaceSyntaxTree(before.SyntaxTrees[2], CSharpSyntaxTree.ParseText(text, path: before.SyntaxTrees[2].FilePath));
    }

    [Fact]
    public void A_cancelled_build_publishes_nothing_and_the_next_succeeds()
    {
        var compilation = Compile(OutputKind.DynamicallyLinkedLibrary, "public class A : ControllerBase { public void Get() { } }");
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees[1]);
        var paths = RequestPaths.Of(compilation, Standard);
        var node = Last(compilation.SyntaxTrees[1]);
        Assert.ThrowsAny<OperationCanceledException>(() => paths.To(node, model, new CancellationToken(canceled: true)));
        Assert.False(paths.IsBuilt);
        Assert.Equal(Reach.Request, paths.To(node, model, default).Reach);
    }

    [Fact]
    public void The_entry_is_given_as_a_place()
    {
        var compilation = Compile(OutputKind.ConsoleApplication, "var app = WebApplication.Create(); app.MapGet(\"/x\", () => S.M()); static class S { public static void M() { } }");
        var tree = compilation.SyntaxTrees[1];
        var path = RequestPaths.Of(compilation, Standard).To(Last(tree), compilation.GetSemanticModel(tree), default);
        Assert.Equal(" (GET /x → S.M)", path.Suffix);
        Assert.Equal("MapGet", tree.ToString().Substring(path.Entry!.SourceSpan.Start, path.Entry.SourceSpan.Length));
    }

    [Theory]
    [InlineData("bool b = x is 0", " or {0}", ";")]
    [InlineData("if (x == 0) M(0);", " else if (x == {0}) M({0});", "")]
    [InlineData("var s = \"\"", " + M({0})", ";")]
    public void Code_that_is_nested_beyond_reason_ends_no_process(string start, string step, string end)
    {
        var text = new System.Text.StringBuilder("class A { int M(int x) { ").Append(start);
        for (var i = 1; i <= 20_000; i++)
            text.AppendFormat(step, i);

        var summary = TreeSummary.Of(CSharpSyntaxTree.ParseText(text.Append(end).Append(" return 1; } }").ToString()), default);

        // Either it was read to its end, or it says that it was not.
        Assert.True(!summary.Content.IsComplete || summary.Content.Functions.Length == 1);
    }

    [Fact]
    public void What_was_read_is_not_kept_alive()
    {
        var tree = Read();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(tree.TryGetTarget(out _));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference<SyntaxTree> Read()
        {
            var tree = CSharpSyntaxTree.ParseText("class A { A Own() { return new(); A Local<T>() => new(); } void M() { Local(); void Local() { } } event System.Action E; void S() { E += M; } }");
            Assert.NotEmpty(TreeSummary.Of(tree, default).Content.Calls);
            return new WeakReference<SyntaxTree>(tree);
        }
    }

    [Fact]
    public void A_reading_that_is_cancelled_leaves_nothing_behind_for_the_next()
    {
        var text = "public class A : ControllerBase { public void Get() { Own(); } private void Own() { } }";
        var expected = TreeSummary.Of(CSharpSyntaxTree.ParseText(text), default).Content;
        Assert.ThrowsAny<OperationCanceledException>(() => TreeSummary.Of(CSharpSyntaxTree.ParseText(text), new CancellationToken(canceled: true)));
        Assert.Equal(expected, TreeSummary.Of(CSharpSyntaxTree.ParseText(text), default).Content);
    }

    /// <summary>The last block of a tree.</summary>
    private static SyntaxNode Last(SyntaxTree tree) => tree.GetRoot().DescendantNodes().Last(node => node.IsKind(SyntaxKind.Block));
}
