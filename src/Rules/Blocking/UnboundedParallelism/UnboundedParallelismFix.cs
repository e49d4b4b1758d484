using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>One call gets half of the processors, or a few places for its operations to wait for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UnboundedParallelismFix() : RuleFix(UnboundedParallelismAnalyzer.Rule, "Limit the degree of parallelism")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is not IMethodSymbol method)
            return null;

        return method.Name switch
        {
            "AsParallel" => QueryDegreeFix.Plan(finding, call),
            "WhenAll" => ThrottleFix.Plan(finding, call),
            _ => ParallelDegreeFix.Plan(finding, call, method),
        };
    }

    /// <summary>
    /// Half of the processors: a server works on other requests meanwhile, and PLINQ takes all of them unasked, so that the
    /// whole number would change nothing there.
    /// </summary>
    internal static string Degree(DocumentEdits edits, Finding finding, int position) =>
        $"{edits.NameOf(finding.Types["System.Math"]!, position)}.Max(1, {edits.NameOf(finding.Types["System.Environment"]!, position)}.ProcessorCount / 2)";

    /// <summary>
    /// The parameter that carries a cancellation token here. The request's own token is not taken: work of which the author
    /// did not say that it may stop half-way would stop when the client leaves.
    /// </summary>
    internal static string? TokenAt(Finding finding, SyntaxNode place) => finding.TokenAt(place) is { } token && token.IndexOf('.') < 0 ? token : null;
}
