using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Expressions that only read, and give the same again as long as nobody sets what they read.</summary>
internal static class PureReads
{
    /// <summary>Whether <paramref name="expression"/> is made of names, members, literals and comparisons, and <paramref name="region"/> sets no member of such a name.</summary>
    public static bool Are(ExpressionSyntax expression, SyntaxNode region)
    {
        var members = new HashSet<string>();
        if (!Collect(expression, members))
            return false;

        foreach (var node in region.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax set } && members.Contains(set.Name.Identifier.ValueText))
                return false;

            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax local } && members.Contains(local.Identifier.ValueText))
                return false;
        }

        return true;
    }

    /// <summary>Whether the expression is a name or a path of members, evaluated twice to the same.</summary>
    public static bool IsPath(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or LiteralExpressionSyntax or PredefinedTypeSyntax => true,
        MemberAccessExpressionSyntax member => IsPath(member.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsPath(suppressed.Operand),
        _ => false,
    };

    private static bool Collect(ExpressionSyntax expression, HashSet<string> members)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax or PredefinedTypeSyntax:
                return true;
            case IdentifierNameSyntax name:
                members.Add(name.Identifier.ValueText);
                return true;
            case MemberAccessExpressionSyntax member:
                members.Add(member.Name.Identifier.ValueText);
                return Collect(member.Expression, members);
            case ParenthesizedExpressionSyntax inner:
                return Collect(inner.Expression, members);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Collect(suppressed.Operand, members);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return Collect(not.Operand, members);
            case BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.DivideExpression or (int)SyntaxKind.ModuloExpression) } binary:
                return Collect(binary.Left, members) && Collect(binary.Right, members);
            case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } test:
                return Collect(test.Expression, members);
            default:
                return false;
        }
    }
}
