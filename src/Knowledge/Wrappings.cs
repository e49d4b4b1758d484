using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>What may stand around an expression without changing which object it gives.</summary>
internal static class Wrappings
{
    /// <summary>The expression without parentheses, casts and <c>!</c> around it.</summary>
    public static ExpressionSyntax Without(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    break;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                default:
                    return expression;
            }
        }
    }

    /// <summary>The function with the parentheses around it, and the casts that give it a delegate type.</summary>
    public static SyntaxNode Converted(SyntaxNode function)
    {
        while (function.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            function = function.Parent;

        return function;
    }

    /// <summary>The expression with the parentheses and <c>!</c> around it.</summary>
    public static ExpressionSyntax Around(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            expression = (ExpressionSyntax)expression.Parent;

        return expression;
    }
}
