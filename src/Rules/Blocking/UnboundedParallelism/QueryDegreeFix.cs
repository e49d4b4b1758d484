using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>xs.AsParallel()</c> becomes <c>xs.AsParallel().WithDegreeOfParallelism(…)</c>.</summary>
internal static class QueryDegreeFix
{
    public static Plan? Plan(Finding finding, InvocationExpressionSyntax call)
    {
        // Of a sequence without an element type nothing can be asked.
        if (finding.Types["System.Environment"] is null || finding.Types["System.Math"] is null
            || !finding.Types.Is(finding.Model.GetTypeInfo(call, finding.Cancel).Type, "System.Linq.ParallelQuery`1"))
        {
            return null;
        }

        return Fixing.Plan.Edit(finding, edits =>
        {
            var degree = SyntaxFactory.ParseArgumentList($"({UnboundedParallelismFix.Degree(edits, finding, call.SpanStart)})");
            edits.Import("System.Linq");
            edits.Replace(call, current => SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, current.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("WithDegreeOfParallelism")), degree)
                .WithTrailingTrivia(current.GetTrailingTrivia()));
        });
    }
}
