using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF103: a pool thread waits for another server.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncHttpAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF103",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Synchronous HTTP call",
        Message = "'{0}' holds the thread of '{1}' until the other server answers; await {2}",
        Why = """
            The thread does nothing for as long as the other server takes. When that server slows down, every request
            that calls it keeps a pool thread, until none is left for requests that need nothing from it: one slow
            neighbour stops the whole service. An awaited call holds no thread while it waits.
            """,
        SeenIn = "All endpoints slow down together when one downstream service does; thread-pool queue length climbs.",
        Unless = "The code runs once at start-up, or in a command-line tool where nothing else needs the thread.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.ExcludedSymbols, CommonOptions.MustFinish),
        Bad = """
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            class RateService
            {
                private readonly HttpClient http;

                public RateService(HttpClient http) => this.http = http;

                public async Task<string> RatesAsync(CancellationToken stop)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, "https://rates.example/today");
                    using var response = http.[|Send|](request);
                    return await response.Content.ReadAsStringAsync(stop);
                }
            }
            """,
        Good = """
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            class RateService
            {
                private readonly HttpClient http;

                public RateService(HttpClient http) => this.http = http;

                public async Task<string> RatesAsync(CancellationToken stop)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, "https://rates.example/today");
                    using var response = await http.SendAsync(request, stop);
                    return await response.Content.ReadAsStringAsync(stop);
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null || HttpCalls.Of(rule.Compilation) is not { Names.IsEmpty: false } calls)
            return;

        rule.OnCall(calls.Names, (site, call, name, method) =>
        {
            var kind = calls.KindOf(method);
            if (kind == HttpClientKind.None || Instead(site, call, method, kind) is not { } instead
                || SyncArms.HandsOn(call, site.Model, site.Cancel) || SyncArms.HasAsyncArm(call, method.Name + AsyncTwins.Suffix) || SyncArms.IsInSyncContract(call, site.Model, site.Cancel)
                || (kind == HttpClientKind.Grpc && IsInClient(call, method, site))
                || ExpressionTrees.IsOnlyNamed(call) || ExpressionTrees.Contain(call, site.Model, site.Types, site.Cancel))
            {
                return;
            }

            if (site.IsInBlockingScope(call, out var path))
                site.Report(name.Identifier.GetLocation(), path, name.Identifier.ValueText, Functions.Name(Functions.SymbolAround(call, site.Model, site.Cancel)), instead);
        });
    }

    /// <summary>What to await. Nothing better is known where the user excluded it.</summary>
    private static string? Instead(Site site, InvocationExpressionSyntax call, IMethodSymbol method, HttpClientKind kind) => kind switch
    {
        HttpClientKind.WebClient => method.Name switch
        {
            "DownloadString" => "HttpClient.GetStringAsync",
            "DownloadData" => "HttpClient.GetByteArrayAsync",
            "DownloadFile" or "OpenRead" => "HttpClient.GetStreamAsync",
            _ => "HttpClient.PostAsync",
        },
        HttpClientKind.WebRequest => "HttpClient.SendAsync",
        _ => site.Twins.Of(call, method) is { } twin ? twin.Name : site.Twins.HasAnother(call, method) ? method.Name + AsyncTwins.Suffix : null,
    };

    /// <summary>Whether the call stands in the generated client, one overload calling the other.</summary>
    private static bool IsInClient(InvocationExpressionSyntax call, IMethodSymbol method, Site site) =>
        call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && SymbolEqualityComparer.Default.Equals(site.Model.GetDeclaredSymbol(type, site.Cancel), method.ContainingType);
}
