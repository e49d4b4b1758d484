using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The async twin, awaited, with the cancellation token in scope; a <c>foreach</c> over a query becomes <c>await foreach</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class SyncDatabaseFix() : RuleFix(SyncDatabaseAnalyzer.Rule, "Await the async call")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.Parent is CommonForEachStatementSyntax loop && loop.Expression.Span == finding.Diagnostic.Location.SourceSpan)
            return AsyncLoopFix.Plan(finding, loop);

        return finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
            && finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol method
            && SyncDatabaseCall.Of(call, method, finding.Model, finding.Types, finding.Twins, proves: true, finding.Cancel) is { Twin: { } twin, IsProven: true }
                ? TwinPlan.Of(finding, call, method, twin)
                : null;
    }
}
