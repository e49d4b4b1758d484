using System.Linq;
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
            edits.Replace(query, current => With(current, degree));
        });
    }

    /// <summary>The query with its degree, on a line of its own where each call has one.</summary>
    private static InvocationExpressionSyntax With(InvocationExpressionSyntax query, ArgumentListSyntax degree)
    {
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        var before = query;
        var after = query.GetTrailingTrivia();
        if (query.Expression is MemberAccessExpressionSyntax { Expression: var receiver, OperatorToken: var own } && receiver.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            var line = SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine("\n"));
            dot = dot.WithLeadingTrivia(own.LeadingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
            if (after.Any(SyntaxKind.EndOfLineTrivia))
                after = line;
            else
                before = query.WithTrailingTrivia(line);
        }
        else
        {
            before = query.WithoutTrailingTrivia();
        }

        return SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, before, dot, SyntaxFactory.IdentifierName("WithDegreeOfParallelism")), degree)
            .WithTrailingTrivia(after);
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
