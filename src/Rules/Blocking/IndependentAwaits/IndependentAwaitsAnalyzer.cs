using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF107: a request waits for one answer before it asks the next question, which does not depend on it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndependentAwaitsAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF107",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Info,
        Fix = FixKind.Review,
        Title = "Independent awaits run one after another",
        Message = "'{0}' starts only when '{1}' has answered, though it needs nothing of it: the request takes the sum of both instead of the longer; start both, then await them together",
        Why = """
            Each `await` waits for its answer before the next question is asked. Where the second call needs nothing of the
            first, the request takes the sum of all answers instead of the longest. Started together and awaited with
            `Task.WhenAll`, they wait side by side.

            Reported only what is proven: every call is a read (by its name, and by what its code does, behind interfaces in all
            their implementations), over clients that serve many callers at once (`HttpClient`, gRPC, Redis, MongoDB, cloud
            clients, files, a context or connection that the called method makes itself). Never calls that reach one `DbContext`,
            connection, session, `HttpContext` or stream, nor anything whose code is not in sight, nor writes, nor code in a
            transaction, behind a lock, in a background service or job.

            After the fix all calls run to their end before a failure is thrown, and the failure is that of the first call
            in order that failed. A call that throws before it returns a task leaves those started before it on their own.
            """,
        SeenIn = "Latency of an endpoint is the sum of its dependencies' latencies; its trace is a staircase.",
        Unless = "The other side must not get both at once, or the second call is pointless when the first fails and failures are common.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope),
        Bad = """
            using System.Net.Http;
            using System.Net.Http.Json;
            using System.Threading.Tasks;

            class PricesClient
            {
                private readonly HttpClient http;

                public PricesClient(HttpClient http) => this.http = http;

                public async Task<decimal> GetTotalAsync(int order)
                {
                    var net = await http.GetFromJsonAsync<decimal>($"orders/{order}/net");
                    var tax = await http.[|GetFromJsonAsync<decimal>|]($"orders/{order}/tax");
                    return net + tax;
                }
            }
            """,
        Good = """
            using System.Net.Http;
            using System.Net.Http.Json;
            using System.Threading.Tasks;

            class PricesClient
            {
                private readonly HttpClient http;

                public PricesClient(HttpClient http) => this.http = http;

                public async Task<decimal> GetTotalAsync(int order)
                {
                    var netTask = http.GetFromJsonAsync<decimal>($"orders/{order}/net");
                    var taxTask = http.GetFromJsonAsync<decimal>($"orders/{order}/tax");
                    await Task.WhenAll(netTask, taxTask);
                    var net = await netTask;
                    var tax = await taxTask;
                    return net + tax;
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.TaskOfT is null)
            return;

        rule.On<AwaitExpressionSyntax>((site, second) =>
        {
            if (AwaitGroup.WithSecond(second, site.Model, site.Cancel) is not { } group
                || OverlapGuards.Keep(second, site.Model, site.Types, site.Cancel)
                || !site.IsOnRequestPath(second, out var path) || path.IsBackground)
            {
                return;
            }

            site.Report(group.Slots[1].Name.GetLocation(), path, NameOf(group.Slots[1]), NameOf(group.Slots[0]));
        }, SyntaxKind.AwaitExpression);
    }

    private static string NameOf(AwaitSlot slot) => slot.Call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner }
        ? $"{owner.Identifier.ValueText}.{slot.Name.Identifier.ValueText}" : slot.Name.Identifier.ValueText;
}
