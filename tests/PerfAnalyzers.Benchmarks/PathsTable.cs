using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Knowledge.Paths;
using PerfAnalyzers.Rules.Blocking;
using PerfAnalyzers.Tests.GeneratedServer;
using PerfAnalyzers.Tests.Knowledge.Paths;

namespace PerfAnalyzers.Benchmarks;

/// <summary>The numbers that Knowledge/Paths must keep, each beside its target. Counts and bytes repeat; times are of the processor, not of the clock.</summary>
internal static class PathsTable
{
    public const int Seed = 7, Modules = 18, Features = 80;
    public static readonly PathSettings Settings = new(8, []);
    private static bool s_missed;

    public static int Print()
    {
        // Everything is compiled once before it is measured.
        Measure(Server.Generate(1, 2, 2), print: false);
        Measure(Server.Generate(Seed, Modules, Features), print: true);
        return s_missed ? 1 : 0;
    }

    private static void Measure(List<Server.Project> projects, bool print)
    {
        var compilations = Fresh(projects);
        var lines = projects.Sum(project => project.Files.Sum(file => file.Text.AsSpan().Count('\n')));
        var (bind, bindBytes) = Cost(() => compilations.ForEach(compilation => compilation.GetDiagnostics()));
        var errors = compilations.Sum(compilation => compilation.GetDiagnostics().Count(d => d.Severity == DiagnosticSeverity.Error));

        var cold = Fresh(projects);
        var (summary, summaryBytes) = Cost(() => cold.ForEach(Summarise));
        var (bound, boundBytes) = Cost(() => compilations.ForEach(Summarise));
        var graphs = new List<PathGraph>();
        var (graph, graphBytes) = Cost(() => compilations.ForEach(compilation => graphs.Add(RequestPaths.Of(compilation, Settings).Graph(default))));
        var (proof, proofBytes) = Cost(() => graphs.ForEach(AskEverything));
        var contents = compilations.SelectMany(c => c.SyntaxTrees).Select(tree => TreeSummary.Of(tree, default).Content).ToList();

        var read = TreeSummary.ReadCount;
        var (edit, editBytes) = Cost(() => Edit(compilations[1]));
        read = TreeSummary.ReadCount - read;
        var idle = WithoutCandidate(projects);
        var (precision, recall, functions) = Oracle(compilations, graphs);
        if (!print)
            return;

        Console.WriteLine($"server: {compilations.Count} projects, {contents.Count} trees, {lines:N0} lines, {functions:N0} functions, {contents.Sum(c => c.Calls.Length):N0} calls, {contents.Sum(c => c.Receivers.Length):N0} receivers, {errors} errors");
        Console.WriteLine();
        Console.WriteLine("| what | value | target |");
        Console.WriteLine("| :-- | --: | --: |");
        Row("compiler's own bind time", $"{bind:N0} ms, {bindBytes:N1} MB", "", true);
        Row("cold summaries", $"{summary:N0} ms, {summaryBytes:N1} MB", "", true);
        Row("… on trees that are bound", $"{bound:N0} ms, {boundBytes:N1} MB", "", true);
        Row("… as a share of the bind time", $"{100 * summary / bind:N1} %", "≤ 3 %", summary <= 0.03 * bind);
        Row("index and closure", $"{graph:N0} ms, {graphBytes:N2} MB", "≤ 100 ms, ≤ 6 MB", graph <= 100 && graphBytes <= 6);
        Row("… and a cold proof of every function", $"{proof:N0} ms, {proofBytes:N2} MB", "", true);
        Row("trees read again after one edit", $"{read} ({edit:N1} ms, {editBytes:N2} MB)", "1", read == 1);
        Row("trees read and graphs built without a candidate", $"{idle}", "0", idle == 0);
        Row("precision against the exact call graph", $"{100 * precision:N2} %", "≥ 97 %", precision >= 0.97);
        Row("recall against the exact call graph", $"{100 * recall:N2} %", "≥ 99.5 %", recall >= 0.995);
    }

    private static void Row(string what, string value, string target, bool isMet)
    {
        s_missed |= !isMet;
        Console.WriteLine($"| {what} | {value} | {target}{(isMet ? "" : " **missed**")} |");
    }

    /// <summary>Processor time and allocated megabytes of this thread's work.</summary>
    private static (double Milliseconds, double Megabytes) Cost(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (time, bytes) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        action();
        return ((Environment.CpuUsage.TotalTime - time).TotalMilliseconds, (GC.GetAllocatedBytesForCurrentThread() - bytes) / 1e6);
    }

    /// <summary>Parsed, and nothing else: what other threads would do is done here, so that it is counted.</summary>
    private static List<CSharpCompilation> Fresh(List<Server.Project> projects)
    {
        var compilations = Server.Compile(projects).ConvertAll(compilation => compilation.WithOptions(compilation.Options.WithConcurrentBuild(false)));
        foreach (var tree in compilations.SelectMany(compilation => compilation.SyntaxTrees))
            tree.GetRoot();

        return compilations;
    }

    private static void Summarise(CSharpCompilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
            TreeSummary.Of(tree, default);
    }

    private static void AskEverything(PathGraph graph)
    {
        for (var i = 0; i < graph.Functions.Count; i++)
            graph.ColdChainTo(i, default);
    }

    /// <summary>A statement is typed into the file in the middle, and a rule asks.</summary>
    private static void Edit(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[compilation.SyntaxTrees.Length / 2];
        var text = tree.GetText();
        var place = text.ToString().LastIndexOf("return ", StringComparison.Ordinal);
        var edited = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.Replace(place < 0 ? text.Length : place, 0, "GC.KeepAlive(1); ")));
        RequestPaths.Of(edited, Settings).Graph(default);
    }

    /// <summary>A rule that asks for paths looks at a server in which it finds nothing.</summary>
    private static int WithoutCandidate(List<Server.Project> projects)
    {
        var before = TreeSummary.ReadCount + RequestPaths.BuildCount;
        foreach (var compilation in Server.Compile(projects))
        {
            var found = compilation.WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(new ThreadSleepAnalyzer())).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
            if (!found.IsEmpty)
                throw new InvalidOperationException("The server has a candidate: " + found[0]);
        }

        return TreeSummary.ReadCount + RequestPaths.BuildCount - before;
    }

    private static (double Precision, double Recall, int Functions) Oracle(List<CSharpCompilation> compilations, List<PathGraph> graphs)
    {
        int found = 0, exact = 0, both = 0, functions = 0;
        foreach (var (compilation, _) in compilations.Zip(graphs))
        {
            // Without a bound on the length, so that one missing call counts for all that lies behind it.
            var graph = RequestPaths.Of(compilation, Settings with { Depth = 64 }).Graph(default);
            var reached = new CallGraphOracle(compilation, graph).Reached(out var from);
            for (var i = 0; i < graph.Functions.Count; i++)
            {
                if ((graph.Functions[i].Traits & Traits.Body) == 0)
                    continue;

                functions++;
                found += graph.IsReached(i) ? 1 : 0;
                exact += reached[i] ? 1 : 0;
                both += graph.IsReached(i) && reached[i] ? 1 : 0;
                if (Environment.GetEnvironmentVariable("PATHS_SHOW") is not null && graph.IsReached(i) != reached[i])
                    Console.WriteLine((reached[i] ? $"missed: {(from[i] < 0 ? "entry" : graph.NameOf(from[i]) ?? "lambda")} → " : "not real: ") + string.Join(" → ", graph.ChainTo(i).Select(f => graph.NameOf(f) ?? "lambda")));
            }
        }

        return ((double)both / found, (double)both / exact, functions);
    }
}
