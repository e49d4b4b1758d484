using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF114: the thread pool, the connections to a host or the server's own connections are capped by a number in the code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantCapAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF114",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Info,
        Fix = FixKind.Review,
        Title = "Thread pool or server capped by a constant",
        Message = "'{0}' lets at most {1} at once, so all others wait whatever the machine could still do; remove the cap, or read it from the configuration",
        Why = """
            A number written in the code is right for one machine, one load and one day. The thread pool, the connections of
            `HttpClient` and Kestrel have no such limit of their own: they grow with what there is to do. Under a cap, requests
            queue behind it while processor and network are idle, and nothing in the metrics of the machine says why.
            """,
        SeenIn = "Throughput stops at the same number on every machine, with idle processors and growing queues.",
        Unless = "The other side allows only so many connections, or each client may have only so many: then say so beside the number.",
        Bad = """
            using System.Threading;
            using Microsoft.AspNetCore.Builder;

            static class Startup
            {
                public static void Start(string[] args)
                {
                    [|ThreadPool.SetMaxThreads(50, 50)|];
                    WebApplication.CreateBuilder(args).Build().Run();
                }
            }
            """,
        Good = """
            using System.Threading;
            using Microsoft.AspNetCore.Builder;

            static class Startup
            {
                public static void Start(string[] args)
                {
                    WebApplication.CreateBuilder(args).Build().Run();
                }
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_calls = ImmutableHashSet.Create("SetMaxThreads");

    private protected override void Watch(RuleContext rule)
    {
        if (!ServerFrameworks.AreReferencedBy(rule.Compilation))
            return;

        rule.OnCall(s_calls, (site, call, _, method) =>
        {
            if (site.Types.Is(method.ContainingType, "System.Threading.ThreadPool") && PoolCap.Of(call, site.Model, site.Cancel) is { } cap && !ExpressionTrees.IsOnlyNamed(call))
                site.Report(call.GetLocation(), call.Expression.ToString(), cap);
        });

        rule.On<AssignmentExpressionSyntax>((site, assignment) =>
        {
            if (CapProperties.Of(assignment, site.Model, site.Types, site.Cancel) is { } cap)
                site.Report(assignment.GetLocation(), CapProperties.NameOf(assignment.Left)!.Identifier.ValueText, cap);
        }, SyntaxKind.SimpleAssignmentExpression);
    }
}
