using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Code of a function that caps a requested number or refuses one that is too large.</summary>
internal static class SizeCaps
{
    /// <summary>Parts of the names of methods that look at what they are given.</summary>
    private static readonly string[] s_checks = ["Valid", "Clamp", "Guard", "Ensure", "Limit", "ThrowIf", "Normalize", "Sanitize", "Cap", "Bound"];

    public static bool Exist(SyntaxNode function, ExpressionSyntax source, IParameterSymbol parameter, SemanticModel model, CancellationToken cancel)
    {
        var text = source.ToString();
        foreach (var node in function.DescendantNodes())
        {
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression } comparison
                    when (Mentions(comparison.Left, text) && !IsFloor(comparison.Right)) || (Mentions(comparison.Right, text) && !IsFloor(comparison.Left)):
                case IsPatternExpressionSyntax pattern when Mentions(pattern.Expression, text) && HasCeiling(pattern.Pattern):
                case SwitchExpressionSyntax choice when Mentions(choice.GoverningExpression, text):
                case AssignmentExpressionSyntax assignment when assignment.Left.ToString() == text || assignment.Left.ToString() == parameter.Name:
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax check } argument
                    when (Mentions(argument.Expression, text) || argument.Expression.ToString() == parameter.Name) && IsCheck(check):
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } own when Mentions(member.Expression, parameter.Name) && IsCheck(own):
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } byReference when Mentions(byReference.Expression, parameter.Name):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the local is assigned after its declaration.</summary>
    public static bool IsWritten(ILocalSymbol local, SemanticModel model, CancellationToken cancel)
    {
        if (Functions.Enclosing(local.DeclaringSyntaxReferences[0].GetSyntax(cancel)) is not { } function)
            return true;

        foreach (var node in function.DescendantNodes())
        {
            if ((node is AssignmentExpressionSyntax assignment && assignment.Left.ToString() == local.Name)
                || (node is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument && argument.Expression.ToString() == local.Name)
                || (node is PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax && node.ToString().Trim('+', '-') == local.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCheck(InvocationExpressionSyntax call)
    {
        if (Calls.NameOf(call)?.Identifier.ValueText is not { } name)
            return false;

        if (name is "Min" or "TakeWhile")
            return true;

        foreach (var check in s_checks)
        {
            if (name.IndexOf(check, StringComparison.Ordinal) >= 0 && name is not ("ThrowIfNull" or "ThrowIfNegative" or "ThrowIfNegativeOrZero" or "ThrowIfZero" or "ThrowIfLessThan" or "ThrowIfLessThanOrEqual"))
                return true;
        }

        return false;
    }

    /// <summary>Whether the value itself is compared, not something that is computed from rows.</summary>
    private static bool Mentions(ExpressionSyntax expression, string text)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;

        return expression.ToString() is var written && (written == text || written == text + ".Value");
    }

    /// <summary>Zero and one only keep nonsense out.</summary>
    private static bool IsFloor(ExpressionSyntax expression) => expression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression }
        || expression is LiteralExpressionSyntax { Token.Value: 0 or 1 };

    private static bool HasCeiling(PatternSyntax pattern)
    {
        foreach (var node in pattern.DescendantNodesAndSelf())
        {
            if (node is RelationalPatternSyntax relational && !IsFloor(relational.Expression))
                return true;
        }

        return false;
    }
}
