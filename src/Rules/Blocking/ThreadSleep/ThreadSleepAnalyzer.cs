using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF101: a pool thread sleeps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadSleepAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF101",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Thread.Sleep blocks a pool thread",
        Message = "'{0}' holds the thread of '{1}' while it waits, so no other request can use it; await Task.Delay",
        Why = """
            A sleeping thread serves no other request. Under load the pool runs out of threads, adds one or two a
            second, and every queued request waits: the median stays flat while p99 climbs by seconds.
            `await Task.Delay` gives the thread back for the whole wait.
            """,
        SeenIn = "Thread-pool queue length and p99 climb while the processor is idle.",
        Bad = """
            using System.Threading;
            using System.Threading.Tasks;

            class Poller
            {
                async Task PollAsync(CancellationToken stop)
                {
                    [|Thread.Sleep(500)|];
                    await Task.Yield();
                }
            }
            """,
        Good = """
            using System.Threading;
            using System.Threading.Tasks;

            class Poller
            {
                async Task PollAsync(CancellationToken stop)
                {
                    await Task.Delay(500, stop);
                    await Task.Yield();
                }
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create("Sleep", "SpinUntil", "SpinWait", "Wait");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types["System.Threading.Thread"] is null || rule.Types.Task is null)
            return;

        rule.OnCall(s_names, (site, call, _, method) =>
        {
            if (!Sleeps.Is(call, method, site.Model, site.Types, site.Cancel) || ExpressionTrees.IsOnlyNamed(call) || Functions.IsMain(call, site.Model, site.Cancel) || ThreadBodies.Contain(call)
                || SyncArms.HasAsyncArm(call, "Delay") || SyncArms.IsInSyncContract(call, site.Model, site.Cancel))
            {
                return;
            }

            if (site.IsInBlockingScope(call, out var path) || TimerCallbacks.Contain(call, site.Model, site.Cancel))
                site.Report(call.GetLocation(), path, Sleeps.Text(call), Functions.Name(Functions.SymbolAround(call, site.Model, site.Cancel)));
        });
    }
}
