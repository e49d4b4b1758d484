using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>What code does with a growing string at one place.</summary>
internal enum TextUse
{
    /// <summary>It is the target of an append, or the old value that the append reads.</summary>
    Append,

    /// <summary>It gets a value that is not its old one with more text.</summary>
    Write,

    /// <summary>Only its length is read.</summary>
    Length,

    /// <summary>It is only compared with the empty string.</summary>
    Emptiness,

    /// <summary>It is read at one place or tested for null: no text is needed, but a builder has no equal expression.</summary>
    Peek,

    /// <summary>The text itself is needed.</summary>
    Read,
}

/// <summary>Tells the uses of a growing string apart.</summary>
internal static class TextUses
{
    public static TextUse Of(ExpressionSyntax reference, SemanticModel model, CancellationToken cancel)
    {
        SyntaxNode node = reference;
        while (node.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            node = node.Parent;

        switch (node.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == node:
                return Append.Of(assignment, model, cancel) is null ? TextUse.Write : TextUse.Append;
            case ArgumentSyntax { RefKindKeyword.RawKind: not 0 }:
            case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax pair } tuple } when pair.Left == tuple:
                return TextUse.Write;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } member when member.Expression == node:
                return TextUse.Length;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EndsWith" or "Last" or "LastOrDefault" or "First" or "FirstOrDefault" or "Any" } member when member.Expression == node:
            case ElementAccessExpressionSyntax { ArgumentList.Arguments.Count: 1 } element when element.Expression == node && element.ArgumentList.Arguments[0].Expression is not RangeExpressionSyntax:
            case ArgumentSyntax when ExpressionTrees.IsOnlyNamed(reference):
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } test when IsNull(test.Left) || IsNull(test.Right):
            case IsPatternExpressionSyntax:
                return TextUse.Peek;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } test when IsEmpty(test.Left == node ? test.Right : test.Left, model, cancel):
                return TextUse.Emptiness;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when Calls.NameOf(call)?.Identifier.ValueText is "IsNullOrEmpty" or "IsNullOrWhiteSpace"
                && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String } method:
                return method.Name == "IsNullOrEmpty" ? TextUse.Emptiness : TextUse.Peek;
        }

        return IsOldValueOfAppend(reference, model, cancel) ? TextUse.Append : TextUse.Read;
    }

    /// <summary>Whether the expression is <c>""</c>, a constant of that value, or <c>string.Empty</c>.</summary>
    public static bool IsEmpty(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) =>
        model.GetConstantValue(expression, cancel) is { HasValue: true, Value: "" }
        || (expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" }
            && model.GetSymbolInfo(expression, cancel).Symbol is IFieldSymbol { ContainingType.SpecialType: SpecialType.System_String });

    private static bool IsNull(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.NullLiteralExpression);

    private static bool IsOldValueOfAppend(ExpressionSyntax reference, SemanticModel model, CancellationToken cancel)
    {
        for (var parent = reference.Parent; parent is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax or InterpolationSyntax; parent = parent.Parent)
        {
            if (parent is AssignmentExpressionSyntax assignment)
                return Append.Of(assignment, model, cancel) is { Self: { } self } && self.Span.Contains(reference.Span) && assignment.Right.Span.Contains(reference.Span);
        }

        return false;
    }
}
