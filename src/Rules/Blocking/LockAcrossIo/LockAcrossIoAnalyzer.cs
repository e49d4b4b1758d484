using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge.Locks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF111: a lock is held while its holder waits.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockAcrossIoAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF111",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Lock held across I/O or a wait",
        Message = "'{0}' waits while it holds the lock on '{1}', so every other request that needs the lock queues behind it and keeps a thread; wait outside the lock, or await behind a SemaphoreSlim",
        Why = """
            Whoever comes to a lock that is taken keeps its thread until the lock is free. While the holder computes, that is
            microseconds. While it waits for a database, another server, a file or a task, it is as long as that takes, and
            requests go through one at a time, each wait added to the one before. All of them keep a pool thread, so that
            requests which do not need the lock find none; and where the holder waits for a task, the task may find no thread
            to complete on. Behind a `SemaphoreSlim` that is awaited nobody keeps a thread, neither who holds it nor who queues.
            Better still is to do the I/O before or after the lock, where the lock protects only what is in memory.
            """,
        SeenIn = "Lock contention count and thread-pool queue length climb together with p99; throughput of one endpoint does not grow with more load. Dumps show many threads in `Monitor.Enter` and one in a socket read.",
        Unless = "The lock is taken by one thread only, or what it protects is the slow resource itself and its use is rare.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.ExcludedSymbols, CommonOptions.MustFinish),
        Bad = """
            using System.Net.Http;
            using System.Threading.Tasks;

            class RateCache
            {
                private readonly object gate = new object();
                private readonly HttpClient http;
                private string rates = "";

                public RateCache(HttpClient http) => this.http = http;

                public Task<string> RefreshAsync()
                {
                    lock (gate)
                    {
                        rates = http.GetStringAsync("https://rates.example/today").[|Result|];
                        return Task.FromResult(rates);
                    }
                }
            }
            """,
        Good = """
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            class RateCache
            {
                private readonly SemaphoreSlim gate = new SemaphoreSlim(1, 1);
                private readonly HttpClient http;
                private string rates = "";

                public RateCache(HttpClient http) => this.http = http;

                public async Task<string> RefreshAsync()
                {
                    await gate.WaitAsync();
                    try
                    {
                        rates = await http.GetStringAsync("https://rates.example/today");
                        return rates;
                    }
                    finally
                    {
                        gate.Release();
                    }
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null)
            return;

        rule.On<LockStatementSyntax>((site, statement) => Check(site, LockRegions.Of(statement)), SyntaxKind.LockStatement);
        rule.OnCall(LockRegions.Taking, (site, call, _, method) =>
        {
            if (LockRegions.Of(call, method, site.Model, site.Types, site.Cancel) is { } region)
                Check(site, region);
        });
    }

    private static void Check(Site site, LockRegion region)
    {
        var findings = HeldCalls.In(region, site.Model, site.Types, site.Cancel);
        if (findings.Count == 0 || !site.IsInBlockingScope(region.Anchor, out var path))
            return;

        foreach (var held in findings)
            site.Report(held.Place.GetLocation(), path, held.Text, region.Name);
    }
}
