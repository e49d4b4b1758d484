using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Fixing;

/// <summary>The task in code that waits for it.</summary>
internal static class WaitedTask
{
    /// <summary>What <paramref name="wait"/>, as other edits left it, waits for.</summary>
    public static ExpressionSyntax In(ExpressionSyntax wait, WaitKind kind)
    {
        var member = (MemberAccessExpressionSyntax)(wait is InvocationExpressionSyntax call ? call.Expression : wait);
        return kind == WaitKind.GetResult ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)member.Expression).Expression).Expression : member.Expression;
    }

    /// <summary>The value task of <c>valueTask.AsTask()</c>, which only a blocking wait needs.</summary>
    public static ExpressionSyntax? AsTaskReceiver(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsTask" } member } ? member.Expression : null;

    /// <summary>A comment between the task and the end of the wait would have no place.</summary>
    public static bool HasCommentAfter(ExpressionSyntax task, ExpressionSyntax whole) => whole.DescendantTrivia()
        .Any(trivia => trivia.SpanStart >= task.Span.End && trivia.Span.End <= whole.Span.End
            && (trivia.IsDirective || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)));
}
