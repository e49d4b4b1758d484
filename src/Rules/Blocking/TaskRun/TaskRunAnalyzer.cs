using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF109: a request hands its work to a second pool thread and waits for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskRunAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF109",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Task.Run on the request path",
        Message = "'{0}' takes another pool thread for work that '{1}' waits for before it goes on; do the work here",
        Why = """
            A request already runs on a pool thread. `await Task.Run(…)` gives that thread back and takes another one from the
            same pool: nothing is gained, and each request pays for a queue, a context switch and a few objects. Under load the
            work waits in the pool's queue behind everything else. It helps only a thread that must not be held, as that of a window.
            """,
        SeenIn = "Thread-pool queue length and context switches grow with the load; latency has steps of the queue's length.",
        Unless = "The work must run beside something else: then start it, do the other thing, and await the task after that.",
        Bad = """
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;

            public class ReportsController : ControllerBase
            {
                [HttpGet("reports")]
                public async Task<string> Get(int year)
                {
                    var report = await [|Task.Run|](() => Build(year));
                    return report;
                }

                private static string Build(int year) => $"Report of {year}";
            }
            """,
        Good = """
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;

            public class ReportsController : ControllerBase
            {
                [HttpGet("reports")]
                public string Get(int year)
                {
                    var report = Build(year);
                    return report;
                }

                private static string Build(int year) => $"Report of {year}";
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create("Run", "StartNew");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null)
            return;

        rule.OnCall(s_names, (site, call, _, method) =>
        {
            if (OffloadedWork.Of(call, method, site.Types) is not { } work || ExpressionTrees.IsOnlyNamed(call) || KeepsThreadFree(call, site))
                return;

            // A lambda that is no entry itself is run by somebody else, perhaps many at a time.
            var function = Functions.Symbol(work.Function, site.Model, site.Cancel);
            if (work.Function is AnonymousFunctionExpressionSyntax && !Endpoints.Is(function, site.Model, site.Types, site.Cancel))
                return;

            var path = site.PathTo(call);
            if (path.Reach == Reach.Request)
                site.Report(call.Expression.GetLocation(), path, call.Expression.ToString(), Functions.Name(function));
        });
    }

    /// <summary>Hosted services must let the host go on starting; a Blazor component keeps the thread that draws it.</summary>
    private static bool KeepsThreadFree(SyntaxNode call, Site site) =>
        site.Model.GetEnclosingSymbol(call.SpanStart, site.Cancel)?.ContainingType is { } type
        && (site.Types.IsOrInherits(type, "Microsoft.Extensions.Hosting.IHostedService")
            || site.Types.IsOrInherits(type, "Microsoft.AspNetCore.Components.IComponent"));
}
