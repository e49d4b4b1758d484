using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge.Io;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF108: a request asks for its items one by one and waits for each answer before it asks for the next.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AwaitInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF108",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Info,
        Fix = FixKind.Review,
        Title = "Await inside a loop over independent items",
        Message = "'{0}' is awaited for one '{1}' after another, though none needs another's answer: n of them take n times as long; await several at a time, with a bound",
        Why = """
            Every round waits for its answer before the next question is asked: a hundred items at 20 ms are two seconds of
            nothing but waiting. Where no item needs another's answer, several can wait side by side. Best is a call that takes
            all items at once; next best is a bounded number of calls at a time.

            Reported only what is proven: one awaited call per item, a read over clients that serve many callers at once (see
            PERF107 for how that is known), nothing that an earlier item leaves for a later one, no way out of the loop, and the
            rest of the body only stores what came. Never writes, paging, retries, batches, a shared `DbContext`, background work.

            The fix asks for a few items at a time (`perf_analyzers.concurrent_operations`) and keeps what the body does with the answers in order. It is
            bounded because a list from outside may be long, and because the other side has other callers. The failure that is
            thrown is that of the first item in order that failed; items of the same batch behind it were asked for as well.
            """,
        SeenIn = "Latency of an endpoint grows with the length of a list; its trace is a long row of equal calls.",
        Unless = "The other side must be asked slowly, or most loops end after the first items.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.SmallLoop, CommonOptions.ConcurrentOperations),
        Bad = """
            using System.Collections.Generic;
            using System.Linq;
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            class PricesClient
            {
                private readonly HttpClient http;

                public PricesClient(HttpClient http) => this.http = http;

                public async Task<List<string>> GetAsync(List<int> products, CancellationToken stop)
                {
                    var prices = new List<string>();
                    foreach (var product in products)
                    {
                        prices.Add(await http.[|GetStringAsync|]($"prices/{product}", stop));
                    }

                    return prices;
                }
            }
            """,
        Good = """
            using System.Collections.Generic;
            using System.Linq;
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            class PricesClient
            {
                private readonly HttpClient http;

                public PricesClient(HttpClient http) => this.http = http;

                public async Task<List<string>> GetAsync(List<int> products, CancellationToken stop)
                {
                    var prices = new List<string>();
                    foreach (var batch in products.Chunk(8))
                    {
                        prices.AddRange(await Task.WhenAll(batch.Select(async product => await http.GetStringAsync($"prices/{product}", stop))));
                    }

                    return prices;
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.TaskOfT is null)
            return;

        rule.On<AwaitExpressionSyntax>((site, waited) =>
        {
            if (ItemLoop.Around(waited) is not { } loop
                || SmallLoops.Is(new Loop(loop.Loop, loop.Source), site.Read(CommonOptions.SmallLoop), site.Model, site.Types, site.Cancel)
                || !loop.IsIndependent(site.Model, site.Types, site.Cancel)
                || OverlapGuards.Keep(waited, site.Model, site.Types, site.Cancel)
                || !site.IsOnRequestPath(waited, out var path) || path.IsBackground)
            {
                return;
            }

            site.Report(loop.Name.GetLocation(), path, loop.Name.Identifier.ValueText, loop.Loop is ForEachStatementSyntax ? loop.Item : $"{loop.Source}[{loop.Item}]");
        }, SyntaxKind.AwaitExpression);
    }
}
