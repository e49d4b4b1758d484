using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Limits the rows: by <c>Take</c>, after an order by the key where there is none, or by an upper bound on what a request asks for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UnboundedQueryFix() : RuleFix(UnboundedQueryAnalyzer.Rule, "Limit the rows")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (CallOf(finding.Node) is { } call && Calls.NameOf(call)!.Identifier.ValueText == "Take")
            return SizeCapFix.Plan(finding, call);

        if (RowLimitFix.Of(finding) is not { } limit)
            return null;

        var most = finding.Read(UnboundedQueryAnalyzer.MaxRows);
        return Fixing.Plan.Edit(finding, edits => limit.Apply(edits, $"Take({most})")) with { Title = $"Read at most {most} rows" };
    }

    private protected override Plan? Alternative(Finding finding) =>
        RowLimitFix.Of(finding) is { } limit ? PagingFix.Plan(finding, limit, finding.Read(UnboundedQueryAnalyzer.MaxRows)) : null;

    /// <summary>The call whose name is reported; null where an expression is.</summary>
    internal static InvocationExpressionSyntax? CallOf(SyntaxNode node)
    {
        var call = node is SimpleNameSyntax ? node.Parent as InvocationExpressionSyntax ?? node.Parent?.Parent as InvocationExpressionSyntax : null;
        return call is not null && Calls.NameOf(call) == node ? call : null;
    }
}
