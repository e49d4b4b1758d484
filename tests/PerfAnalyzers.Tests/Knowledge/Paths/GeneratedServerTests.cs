using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Knowledge.Paths;
using PerfAnalyzers.Rules.Blocking;
using PerfAnalyzers.Tests.GeneratedServer;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>The numbers that tests/PerfAnalyzers.Benchmarks prints for 200,000 lines, kept on a server of a twentieth of that.</summary>
public sealed class GeneratedServerTests
{
    private const double FullSize = 200_000;
    private static readonly List<Server.Project> s_projects = Server.Generate(seed: 7, modules: 2, features: 4);
    private static readonly int s_lines = s_projects.Sum(project => project.Files.Sum(file => file.Text.AsSpan().Count('\n')));

    [Fact]
    public void The_server_compiles_and_the_same_seed_gives_the_same_text()
    {
        Assert.DoesNotContain(Server.Compile(s_projects).SelectMany(c => c.GetDiagnostics()), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(s_projects.SelectMany(p => p.Files), Server.Generate(seed: 7, modules: 2, features: 4).SelectMany(p => p.Files));
        Assert.NotEqual(s_projects.SelectMany(p => p.Files), Server.Generate(seed: 8, modules: 2, features: 4).SelectMany(p => p.Files));
        Assert.InRange(s_lines, 8_000, 14_000);
    }

    [Fact]
    public void Names_find_what_the_compiler_finds()
    {
        int found = 0, exact = 0, both = 0;
        foreach (var compilation in Server.Compile(s_projects))
        {
            var graph = RequestPaths.Of(compilation, new PathSettings(64, [])).Graph(default);
            var reached = new CallGraphOracle(compilation, graph).Reached(out _);
            for (var i = 0; i < graph.Functions.Count; i++)
            {
                if ((graph.Functions[i].Traits & Traits.Body) == 0)
                    continue;

                found += graph.IsReached(i) ? 1 : 0;
                exact += reached[i] ? 1 : 0;
                both += graph.IsReached(i) && reached[i] ? 1 : 0;
            }
        }

        Assert.True(exact > 300, $"only {exact} functions are reached");
        Assert.True(both >= 0.97 * found, $"precision: {both} of {found}");
        Assert.True(both >= 0.995 * exact, $"recall: {both} of {exact}");
    }

    [Fact]
    public void Index_and_closure_take_few_bytes()
    {
        // A first round, for what is allocated once in the process.
        Graphs(Server.Compile(s_projects));
        var compilations = Server.Compile(s_projects);
        foreach (var compilation in compilations)
        {
            // As in an editor: the compiler knows its types and the trees are read.
            compilation.GetDeclarationDiagnostics();
            foreach (var tree in compilation.SyntaxTrees)
                TreeSummary.Of(tree, default);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        Graphs(compilations);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;

        // What a compilation costs at any size counts as much here as it does for ten times the projects: the bound is an upper one.
        Assert.InRange(bytes * FullSize / s_lines, 0, 9e6);
    }

    [Fact]
    public void Summaries_take_few_bytes()
    {
        Summarise(Server.Compile(s_projects));
        var compilations = Server.Compile(s_projects);

        // The nodes that the compiler makes too are not ours; they stay while their tree stays.
        var kept = compilations.SelectMany(c => c.SyntaxTrees).SelectMany(tree => tree.GetRoot().DescendantNodesAndSelf()).ToList();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        Summarise(compilations);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        GC.KeepAlive(kept);
        Assert.InRange(bytes * FullSize / s_lines, 0, 40e6);
    }

    [Fact]
    public void An_edit_reads_one_tree_again()
    {
        var before = Server.Compile(s_projects)[1];
        var graph = RequestPaths.Of(before, new PathSettings(8, [])).Graph(default);
        var tree = before.SyntaxTrees.First(tree => tree.FilePath.EndsWith("Service.cs", StringComparison.Ordinal));
        var text = tree.GetText();
        var place = text.ToString().IndexOf("found.Sort(", StringComparison.Ordinal);

        // A comment changes no summary; a new call changes one.
        Assert.Same(graph, After("/* by stage */ "));
        Assert.NotSame(graph, After("GC.KeepAlive(1); "));

        PathGraph After(string typed)
        {
            var edited = tree.WithChangedText(text.Replace(place, 0, typed));
            var after = before.ReplaceSyntaxTree(tree, edited);
            Assert.Equal([edited], after.SyntaxTrees.Where(t => !TreeSummary.IsRead(t)));
            var result = RequestPaths.Of(after, new PathSettings(8, [])).Graph(default);
            Assert.DoesNotContain(after.SyntaxTrees, t => !TreeSummary.IsRead(t));
            return result;
        }
    }

    [Fact]
    public async Task Nothing_is_built_without_a_candidate()
    {
        foreach (var compilation in Server.Compile(s_projects))
        {
            var found = await compilation.WithAnalyzers([new ThreadSleepAnalyzer()]).GetAnalyzerDiagnosticsAsync();
            Assert.Empty(found);
            Assert.False(RequestPaths.Of(compilation, new PathSettings(8, [])).IsBuilt);
            Assert.DoesNotContain(compilation.SyntaxTrees, TreeSummary.IsRead);
        }
    }

    private static void Graphs(List<CSharpCompilation> compilations)
    {
        foreach (var compilation in compilations)
            RequestPaths.Of(compilation, new PathSettings(8, [])).Graph(default);
    }

    private static void Summarise(List<CSharpCompilation> compilations)
    {
        foreach (var tree in compilations.SelectMany(compilation => compilation.SyntaxTrees))
            TreeSummary.Of(tree, default);
    }
}
