using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF110: one request takes all threads of the pool, or starts an operation for every element of a sequence at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedParallelismAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF110",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Info,
        Fix = FixKind.Safe,
        Title = "Unbounded parallelism on the request path",
        Message = "'{0}' lets one call of '{1}' {2}; limit how many run at once",
        Why = """
            A server answers many requests at once already. `Parallel.For`, `ForEach` and `Invoke` without a degree take every pool
            thread that they can get, and hold the thread of the request until the last one is done; PLINQ asks for a thread per
            processor. One such request makes all others wait.
            `Task.WhenAll` over a sequence starts everything before anything has finished: ten thousand ids are ten thousand
            calls of the same database or service, which answers with time-outs. Hosted services, jobs and start-up code are
            left alone, as no client waits for them, and so is `Parallel.ForEachAsync`, which limits itself.

            The fix gives one request half of the processors, and the other half answers the others; PLINQ takes all of them
            unasked, so that their whole number would change nothing there. A `CancellationToken` that the function takes is
            passed on. For `Task.WhenAll` the fix, marked "(review)" as it changes what runs at once, lets every operation wait
            for one of a few places (`perf_analyzers.concurrent_operations`): all of them still run, in the same order of
            results, and the first exception is the same.
            """,
        SeenIn = "Rare requests that make all others slow: thread-pool threads jump, then connections to one host or database run out.",
        Unless = "The sequence is short by construction, which the code does not say: then say it, with `Take` or a check of its length.",
        Options = ImmutableArray.Create<Option>(CommonOptions.ConcurrentOperations, CommonOptions.SmallLoop, CommonOptions.Scope),
        Bad = """
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;

            public class ThumbnailsController : ControllerBase
            {
                [HttpPost("thumbnails")]
                public IActionResult Post(string[] files, CancellationToken stop)
                {
                    [|Parallel.ForEach|](files, file => Shrink(file));
                    return Accepted();
                }

                private static void Shrink(string file) => file.Normalize();
            }
            """,
        Good = """
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;

            public class ThumbnailsController : ControllerBase
            {
                [HttpPost("thumbnails")]
                public IActionResult Post(string[] files, CancellationToken stop)
                {
                    Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = stop }, file => Shrink(file));
                    return Accepted();
                }

                private static void Shrink(string file) => file.Normalize();
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create("For", "ForEach", "Invoke", "AsParallel", "WhenAll");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null || (rule.Types["System.Threading.Tasks.Parallel"] is null && rule.Types["System.Linq.ParallelEnumerable"] is null))
            return;

        rule.OnCall(s_names, (site, call, name, method) =>
        {
            if (Excess(site, call, name, method) is not { } excess || ExpressionTrees.IsOnlyNamed(call) || BackgroundWork.Contains(call, site))
                return;

            var path = site.PathTo(call);
            if (MayServe(path, call, site))
                site.Report(TaskCalls.NameIn(call).GetLocation(), path, TaskCalls.NameIn(call).ToString(), Functions.Name(Functions.SymbolAround(call, site.Model, site.Cancel)), excess);
        });
    }

    /// <summary>Whether a request may wait for the call: proven, or undecided where the user's <c>scope</c> asks for that too.</summary>
    private static bool MayServe(RequestPath path, SyntaxNode call, Site site) => path.Reach switch
    {
        Reach.Request => !path.IsBackground,
        Reach.Cold => false,
        _ => !BackgroundWork.IsNamed(call) && site.Read(CommonOptions.Scope) switch
        {
            Scope.Strict => false,
            Scope.All => true,
            _ => ServerFrameworks.AreReferencedBy(site.Rule.Compilation),
        },
    };

    /// <summary>What one call may do, in words; null where something limits it.</summary>
    private static string? Excess(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        switch (name.Identifier.ValueText)
        {
            case "AsParallel":
                return site.Types.Is(Calls.HomeOf(method), "System.Linq.ParallelEnumerable") && ParallelQueries.IsUnlimited(call, method, site) ? "take a pool thread per processor" : null;
            case "WhenAll":
                return site.Types.Is(method.ContainingType, "System.Threading.Tasks.Task") && StartedTasks.Of(call, site.Model, site.Types, site.Cancel) is { } started && started.AreUnlimited(site)
                    ? $"start an operation for each of '{started.SourceText}' at once"
                    : null;
            default:
                if (!site.Types.Is(method.ContainingType, "System.Threading.Tasks.Parallel") || !ParallelCalls.IsUnlimited(call, method, site))
                    return null;

                return name.Identifier.ValueText == "Invoke" ? "take a pool thread for each of its actions" : "take every pool thread it can get";
        }
    }
}
