using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF112: a request goes on with its work after whoever asked has gone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredCancellationAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF112",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Info,
        Fix = FixKind.Safe,
        Title = "Request path ignores cancellation",
        Message = "'{0}' goes on when '{1}' is cancelled; pass it {2}",
        Why = """
            A user who closes the page, a gateway that runs into its time limit and a host that stops all cancel the request. Code that
            passes no token on does not notice: the query runs to its end, the connection stays taken, the other service answers
            nobody. Under load it gets worse by itself, since impatient users ask again while their first request is still being
            answered. The framework binds a `CancellationToken` parameter of an action, an endpoint or a page handler; hubs,
            gRPC methods, consumers and jobs have it in their context.

            From the first of several writes of an entry to the last nothing is reported: stopping there would leave half of
            the work done. What cannot be told to read by its name counts as a write. Nor is a call whose handler would take the
            cancellation for a failure and write that down or try again, what `perf_analyzers.must_finish` names, work that is not
            waited for, what writes a file piece by piece, what a user starts to have it done (`Install…`, `Import…`, `Restore…`,
            payments), a pause where no token is at hand, and what ends with the connection anyway, such as reading the request's body.
            """,
        SeenIn = "The database and other services are busy with requests that the access log shows as aborted (499); retries pile up on slow endpoints.",
        Unless = "The work must be done whether or not somebody waits for it: say so with `CancellationToken.None`.",
        Options = ImmutableArray.Create<Option>(CommonOptions.MustFinish, CommonOptions.KeepPublicApi, CommonOptions.ExcludedSymbols),
        Bad = """
            using System.Collections.Generic;
            using System.Net.Http;
            using System.Net.Http.Json;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;

            public class RatesController : ControllerBase
            {
                private readonly HttpClient bank;

                public RatesController(HttpClient bank) => this.bank = bank;

                [HttpGet("rates/{currency}")]
                public async Task<List<decimal>> Get(string currency)
                {
                    return await bank.[|GetFromJsonAsync<List<decimal>>|]("rates/" + currency);
                }
            }
            """,
        Good = """
            using System.Collections.Generic;
            using System.Net.Http;
            using System.Net.Http.Json;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;

            public class RatesController : ControllerBase
            {
                private readonly HttpClient bank;

                public RatesController(HttpClient bank) => this.bank = bank;

                [HttpGet("rates/{currency}")]
                public async Task<List<decimal>> Get(string currency, CancellationToken cancellationToken)
                {
                    return await bank.GetFromJsonAsync<List<decimal>>("rates/" + currency, cancellationToken);
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.CancellationToken is null || rule.Types.Task is null)
            return;

        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (WaitedCalls.Contain(call)
                && CancellableCall.Of(call, site.Read(CommonOptions.MustFinish), site.Paths, site.Model, site.Twins, site.Types, site.Cancel) is { } found)
            {
                site.Report(Calls.NameOf(call)!.GetLocation(), found.Method.Name, NameOf(found.Entry, site),
                    found.Token is { } token ? $"'{token}'" : "a CancellationToken that it takes as parameter");
            }
        }, SyntaxKind.InvocationExpression);
    }

    /// <summary>A lambda has no name of its own, but the path knows its route.</summary>
    private static string NameOf(RequestEntry entry, Site site) => entry.Symbol.MethodKind == MethodKind.AnonymousFunction
        && site.PathTo(((AnonymousFunctionExpressionSyntax)entry.Function).Body).Chain is { Length: 1 } chain ? chain[0] : Functions.Name(entry.Symbol);
}
