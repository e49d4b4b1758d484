using Microsoft.CodeAnalysis;
using PerfAnalyzers.Tests.GeneratedServer;

namespace PerfAnalyzers.Benchmarks;

/// <summary>What it costs to choose "make it async" in a large solution: each line on a solution that was just loaded. Times are of the processor.</summary>
internal static class GoAsyncTable
{
    private const int Features = 106;
    private const double Limit = 2000, DoubleLimit = 2.2;
    private static bool s_missed;

    public static async Task<int> PrintAsync()
    {
        // Everything is compiled once before it is measured.
        await MeasureAsync(Server.Generate(1, 2, 2), 2, "Gateway.cs", "Get", null);

        var projects = Server.Generate(PathsTable.Seed, PathsTable.Modules, Features);
        Console.WriteLine($"server: {projects.Count} projects, {GatewayFiles.AddTo(projects, 0).Sum(project => project.Files.Count)} documents");
        Console.WriteLine();
        Console.WriteLine("| finding in | lightbulb | planning | documents changed | target |");
        Console.WriteLine("| :-- | --: | --: | --: | --: |");
        foreach (var name in new[] { "Get", "Query", "Equals", "Execute" })
            await MeasureAsync(projects, 0, "Archive.cs", name, Limit);

        await MeasureAsync(projects, 0, "Gateway.cs", "Get", Limit);
        await MeasureAsync(projects, 0, "Gateway.cs", "Run", Limit);
        var (half, halfChanged) = await MeasureAsync(projects, Features / 2, "Ledger.cs", "Post", Limit);
        var (whole, wholeChanged) = await MeasureAsync(projects, Features, "Ledger.cs", "Post", Limit);
        var ratio = whole / half;
        s_missed |= ratio > DoubleLimit;
        Console.WriteLine($"| {(double)wholeChanged / halfChanged:N2} × the callers | | {ratio:N2} × | | ≤ {DoubleLimit:N1} ×{(ratio > DoubleLimit ? " **missed**" : "")} |");
        return s_missed ? 1 : 0;
    }

    private static async Task<(double Milliseconds, int Changed)> MeasureAsync(List<Server.Project> projects, int callers, string file, string method, double? limit)
    {
        var solution = ServerSolution.Open(GatewayFiles.AddTo(projects, callers));
        await ServerSolution.LoadAsync(solution);
        var document = solution.Projects.SelectMany(project => project.Documents).First(d => d.Name.EndsWith(file, StringComparison.Ordinal));
        var finding = await ServerSolution.FindingAsync(document, method);
        GC.Collect();
        var start = Environment.CpuUsage.TotalTime;
        var action = await ServerSolution.ActionAsync(document, finding) ?? throw new InvalidOperationException($"No action is offered in {method}.");
        var offered = Environment.CpuUsage.TotalTime;
        var changed = (await ServerSolution.ApplyAsync(action)).GetChanges(solution).GetProjectChanges().Sum(project => project.GetChangedDocuments().Count());
        var planned = (Environment.CpuUsage.TotalTime - offered).TotalMilliseconds;
        if (limit is not null)
        {
            s_missed |= planned > limit || changed == 0;
            Console.WriteLine($"| `{document.Name[..^3]}.{method}` | {(offered - start).TotalMilliseconds:N0} ms | {planned:N0} ms | {changed} | ≤ {limit:N0} ms{(planned > limit || changed == 0 ? " **missed**" : "")} |");
        }

        return (planned, changed);
    }
}
