using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Writes <c>await</c> expressions.</summary>
internal static class Awaits
{
    /// <summary>
    /// <c>await</c> of <paramref name="awaitable"/> in the place of <paramref name="original"/>, a node of the
    /// original tree: with its comments, and in parentheses where something is done with the value.
    /// </summary>
    public static ExpressionSyntax Of(ExpressionSyntax awaitable, ExpressionSyntax original)
    {
        ExpressionSyntax waiting = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), awaitable.WithoutTrivia());
        if (NeedsParentheses(original))
            waiting = SyntaxFactory.ParenthesizedExpression(waiting);

        return waiting.WithTriviaFrom(original);
    }

    private static bool NeedsParentheses(ExpressionSyntax original) => original.Parent switch
    {
        MemberAccessExpressionSyntax member => member.Expression == original,
        ElementAccessExpressionSyntax element => element.Expression == original,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression == original,
        InvocationExpressionSyntax call => call.Expression == original,
        PostfixUnaryExpressionSyntax or RangeExpressionSyntax => true,
        WithExpressionSyntax with => with.Expression == original,
        SwitchExpressionSyntax choice => choice.GoverningExpression == original,
        _ => false,
    };
}
