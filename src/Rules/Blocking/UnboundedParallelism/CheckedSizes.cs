using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Collections of which somebody has seen to it that they are not too large.</summary>
internal static class CheckedSizes
{
    /// <summary>Whether validation bounds the collection: <c>[MaxLength(20)]</c>.</summary>
    public static bool IsValidated(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "MaxLengthAttribute" or "LengthAttribute")
                return true;
        }

        return false;
    }

    /// <summary>Whether the function compares how many there are: <c>if (ids.Length &gt; 20) return BadRequest();</c></summary>
    public static bool IsCompared(ExpressionSyntax collection)
    {
        var name = collection.GetLastToken().ValueText;
        foreach (var node in TaskCalls.MemberAround(collection).DescendantNodes())
        {
            if (node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression } comparison
                && node.Parent is not ForStatementSyntax && (IsCount(comparison.Left, name, comparison.Right) || IsCount(comparison.Right, name, comparison.Left)))
            {
                return true;
            }

            // ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, 20);
            if (node is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 1 } arguments } call && Calls.NameOf(call)?.Identifier.ValueText is "ThrowIfGreaterThan" or "ThrowIfGreaterThanOrEqual" && IsCount(arguments[0].Expression, name, arguments[1].Expression))
                return true;

            if (node is IsPatternExpressionSyntax { Pattern: RelationalPatternSyntax pattern } test && IsCount(test.Expression, name, pattern.Expression))
                return true;
        }

        return false;
    }

    private static bool IsCount(ExpressionSyntax size, string collection, ExpressionSyntax limit)
    {
        if (size is IdentifierNameSyntax local && ValueOf(local) is { } value)
            size = value;

        if (size is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call)
            size = call.Expression;

        // A comparison with zero or one asks whether there is anything to do.
        return limit.ToString() is not ("0" or "1") && size switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" or "LongCount" } member => member.Expression.GetLastToken().ValueText == collection,
            ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" } } conditional => conditional.Expression.GetLastToken().ValueText == collection,
            _ => false,
        };
    }

    private static ExpressionSyntax? ValueOf(IdentifierNameSyntax local)
    {
        foreach (var node in TaskCalls.MemberAround(local).DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: { } value } variable && variable.Identifier.ValueText == local.Identifier.ValueText)
                return value;
        }

        return null;
    }
}
