using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

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

        // Only right behind AsParallel may AsOrdered stand: the degree goes behind that, where it is.
        var query = TaskCalls.NextCall(call) is { } next && Calls.NameOf(next)?.Identifier.ValueText == "AsOrdered" ? next : call;
        if (query == call && IsOrderedLater(call))
            return null;

        return Fixing.Plan.Edit(finding, edits =>
        {
            var degree = SyntaxFactory.ParseArgumentList($"({UnboundedParallelismFix.Degree(edits, finding, call.SpanStart)})");
            edits.Import("System.Linq");
            edits.Replace(query, current => SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, current.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("WithDegreeOfParallelism")), degree)
                .WithTrailingTrivia(current.GetTrailingTrivia()));
        });
    }

    private static bool IsOrderedLater(InvocationExpressionSyntax call)
    {
        foreach (var node in TaskCalls.MemberAround(call).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax other && Calls.NameOf(other)?.Identifier.ValueText == "AsOrdered"
                && !(Calls.ReceiverOf(other) is InvocationExpressionSyntax receiver && Calls.NameOf(receiver)?.Identifier.ValueText == "AsParallel"))
            {
                return true;
            }
        }

        return false;
    }
}
