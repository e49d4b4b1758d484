using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF106: a pool thread waits for a semaphore, an event, a process, a name server or a socket.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF106",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Blocking wait",
        Message = "'{0}' holds the thread of '{1}' while it waits; await {2}",
        Why = """
            The thread does nothing until the semaphore is free, the event set, the process gone or the other machine has
            answered. Behind a contended semaphore every request keeps a pool thread only to stand in the queue, and whoever
            should release it may find no thread to run on. An awaited wait holds none. Events, barriers, threads and blocking
            collections cannot be awaited: they are reported in async code and in what a request calls directly, and without a
            fix, since who signals them must change too (to a `TaskCompletionSource`, a `Channel` or `Task.WhenAll`).
            `Process.WaitForExit` with a time limit has no fix either: it leaves the process running and says so, where
            a cancelled `WaitForExitAsync` throws.
            """,
        SeenIn = "Thread-pool queue length and p99 climb under contention while the processor is idle; dumps show many threads in the same wait.",
        Unless = "The code runs once at start-up, or in a command-line tool where nothing else needs the thread.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.ExcludedSymbols, CommonOptions.MustFinish),
        Bad = """
            using System.Threading;
            using System.Threading.Tasks;

            class TokenCache
            {
                private readonly SemaphoreSlim gate = new SemaphoreSlim(1);
                private string token;

                public async Task<string> GetAsync(CancellationToken stop)
                {
                    gate.[|Wait|]();
                    try
                    {
                        return token ??= await RenewAsync(stop);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                private static Task<string> RenewAsync(CancellationToken stop) => Task.FromResult("new");
            }
            """,
        Good = """
            using System.Threading;
            using System.Threading.Tasks;

            class TokenCache
            {
                private readonly SemaphoreSlim gate = new SemaphoreSlim(1);
                private string token;

                public async Task<string> GetAsync(CancellationToken stop)
                {
                    await gate.WaitAsync(stop);
                    try
                    {
                        return token ??= await RenewAsync(stop);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                private static Task<string> RenewAsync(CancellationToken stop) => Task.FromResult("new");
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null)
            return;

        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (Calls.NameOf(call) is { } name && WaitPrimitive.MayWait(call, name.Identifier.ValueText)
                && site.Model.GetSymbolInfo(call, site.Cancel).Symbol is IMethodSymbol method && WaitPrimitive.Of(method, call, site.Model, site.Types, site.Cancel) is { } primitive)
            {
                Check(site, call, name, method, primitive);
            }
        }, SyntaxKind.InvocationExpression);
    }

    private static void Check(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method, WaitPrimitive primitive)
    {
        if (Instead(site, call, method, primitive) is not { } instead
            || ExpressionTrees.IsOnlyNamed(call) || ExpressionTrees.Contain(call, site.Model, site.Types, site.Cancel)
            || WaitTimes.AreZero(call, method, site.Model, site.Types, site.Cancel) || WaitGuards.Spare(call, primitive, site.Model, site.Cancel)
            || CleanUp.Is(Functions.Enclosing(call)) || ThreadBodies.Contain(call)
            || SyncArms.HandsOn(call, site.Model, site.Cancel) || (primitive.Twin is { } twin && SyncArms.HasAsyncArm(call, twin)) || SyncArms.IsInSyncContract(call, site.Model, site.Cancel))
        {
            return;
        }

        if (site.IsInBlockingScope(call, out var path) && (primitive.Twin is not null || IsAsyncOrEntry(site, call, path)))
            site.Report(name.Identifier.GetLocation(), path, $"{primitive.Type}.{method.Name}", Functions.Name(Functions.SymbolAround(call, site.Model, site.Cancel)), instead);
    }

    /// <summary>What to await. Nothing better is known where this framework lacks the twin, or the user excluded it.</summary>
    private static string? Instead(Site site, InvocationExpressionSyntax call, IMethodSymbol method, WaitPrimitive primitive) =>
        primitive.Twin is not { } twin || site.Twins.Of(call, method, twin) is not null || site.Twins.HasAnother(call, method, twin) ? primitive.Instead : null;

    /// <summary>A wait that cannot be awaited is worth a change of its design only where a request surely pays for it.</summary>
    private static bool IsAsyncOrEntry(Site site, SyntaxNode call, RequestPath path) =>
        Functions.IsAsyncContext(call, site.Model, site.Types, site.Cancel) || path is { Reach: Reach.Request, Entry: null };
}
