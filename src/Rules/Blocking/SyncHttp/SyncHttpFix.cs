using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The async twin, awaited, with the cancellation token in scope; <c>WebClient</c> and <c>WebRequest</c> give way to <c>HttpClient</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class SyncHttpFix() : RuleFix(SyncHttpAnalyzer.Rule, "Await the async call")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        return HttpCalls.Of(finding.Model.Compilation).KindOf(method) switch
        {
            HttpClientKind.None => null,
            HttpClientKind.WebClient => WebClientFix.Plan(finding, call, method),
            HttpClientKind.WebRequest => WebRequestFix.Plan(finding, call),
            _ => finding.Twins.Of(call, method) is { } twin ? TwinPlan.Of(finding, call, method, twin) : null,
        };
    }
}
