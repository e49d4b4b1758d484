using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis.CSharp;
using PerfAnalyzers.Knowledge.Paths;
using PerfAnalyzers.Tests.GeneratedServer;

namespace PerfAnalyzers.Benchmarks;

/// <summary>What the paths of the generated server cost, beside what the compiler costs.</summary>
[MemoryDiagnoser]
public class PathBenchmarks
{
    private readonly List<Server.Project> _projects = Server.Generate(PathsTable.Seed, PathsTable.Modules, PathsTable.Features);
    private List<CSharpCompilation> _fresh = [];

    /// <summary>Nothing of the compiler's work may be left over from the last round.</summary>
    [IterationSetup]
    public void Parse()
    {
        _fresh = Server.Compile(_projects);
        foreach (var compilation in _fresh)
        {
            foreach (var tree in compilation.SyntaxTrees)
                tree.GetRoot();
        }
    }

    /// <summary>The compiler alone.</summary>
    [Benchmark(Baseline = true)]
    public int Bind() => _fresh.Sum(compilation => compilation.GetDiagnostics().Length);

    /// <summary>The summaries of all trees.</summary>
    [Benchmark]
    public int Summaries() => _fresh.Sum(compilation => compilation.SyntaxTrees.Sum(tree => TreeSummary.Of(tree, default).Content.Calls.Length));

    /// <summary>Everything that the first question costs.</summary>
    [Benchmark]
    public int FirstQuestion() => _fresh.Sum(compilation => RequestPaths.Of(compilation, PathsTable.Settings).Graph(default).Functions.Count);
}
