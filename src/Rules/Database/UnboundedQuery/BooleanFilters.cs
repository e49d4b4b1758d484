using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Predicates that split a table in two, such as <c>p => p.IsActive &amp;&amp; !p.IsDeleted</c>: either half grows with it.</summary>
internal static class BooleanFilters
{
    /// <summary>Whether the predicate consists of nothing but boolean columns, constants and variables.</summary>
    public static bool Are(ExpressionSyntax predicate, SemanticModel model, CancellationToken cancel)
    {
        // A long condition is as deep as it is long.
        while (predicate is BinaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.EqualsExpression
                or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.BitwiseAndExpression or (int)SyntaxKind.BitwiseOrExpression or (int)SyntaxKind.CoalesceExpression,
            } binary)
        {
            if (!Are(binary.Right, model, cancel))
                return false;

            predicate = binary.Left;
        }

        return IsOne(predicate, model, cancel);
    }

    private static bool IsOne(ExpressionSyntax predicate, SemanticModel model, CancellationToken cancel) => predicate switch
    {
        ParenthesizedExpressionSyntax parenthesized => Are(parenthesized.Expression, model, cancel),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => Are(not.Operand, model, cancel),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue" } => false,
        IdentifierNameSyntax or MemberAccessExpressionSyntax => IsBoolean(predicate, model, cancel),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Property" } } } => IsBoolean(predicate, model, cancel),
        _ => false,
    };

    /// <summary>
    /// Whether the predicate asks for rows that the program itself makes, such as <c>c => c.IsSystemAccount</c>: those are a handful.
    /// </summary>
    public static bool AskForOwnRows(ExpressionSyntax predicate)
    {
        while (predicate is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and)
        {
            if (AskForOwnRows(and.Right))
                return true;

            predicate = and.Left;
        }

        return predicate is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name }
            && (name.StartsWith("IsSystem", StringComparison.Ordinal) || name.StartsWith("IsBuiltIn", StringComparison.Ordinal) || name.StartsWith("IsDefault", StringComparison.Ordinal));
    }

    private static bool IsBoolean(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => model.GetTypeInfo(expression, cancel).Type switch
    {
        { SpecialType: SpecialType.System_Boolean } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => nullable.TypeArguments[0].SpecialType == SpecialType.System_Boolean,
        _ => false,
    };
}
