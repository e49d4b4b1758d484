using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>The graph of names, measured against the exact call graph on the demonstration shop.</summary>
public sealed class OracleTests
{
    [Fact]
    public void Names_find_what_the_compiler_finds_in_SlowShop()
    {
        var compilation = ShopCompilation.Whole();

        // The generated half of a regex is all that may be missing.
        Assert.DoesNotContain(compilation.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error && d.Id is not "CS8795");
        var graph = RequestPaths.Of(compilation, new PathSettings(64, [])).Graph(default);
        var exact = new CallGraphOracle(compilation, graph).Reached(out var from);
        var functions = Enumerable.Range(0, graph.Functions.Count).Where(i => (graph.Functions[i].Traits & Traits.Body) != 0).ToList();
        var found = functions.Where(graph.IsReached).ToList();
        Assert.True(functions.Count > 60, $"{functions.Count} functions");
        Assert.True(found.Count(i => exact[i]) >= 0.97 * found.Count, "not reached: " + string.Join(", ", found.Where(i => !exact[i]).Select(graph.NameOf)));
        Assert.True(functions.Count(i => exact[i] && graph.IsReached(i)) >= 0.995 * functions.Count(i => exact[i]), "missed: " + string.Join(", ", functions.Where(i => exact[i] && !graph.IsReached(i)).Select(i => $"{graph.NameOf(from[i])} → {graph.NameOf(i)}")));
    }
}
