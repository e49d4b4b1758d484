using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Predicates that split a table in two, such as <c>p => p.IsActive &amp;&amp; !p.IsDeleted</c>: either half grows with it.</summary>
internal static class BooleanFilters
{
    /// <summary>Whether the predicate consists of nothing but boolean columns, constants and variables.</summary>
    public static bool Are(ExpressionSyntax predicate, SemanticModel model, CancellationToken cancel) => predicate switch
    {
        ParenthesizedExpressionSyntax parenthesized => Are(parenthesized.Expression, model, cancel),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => Are(not.Operand, model, cancel),
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.EqualsExpression
                or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.BitwiseAndExpression or (int)SyntaxKind.BitwiseOrExpression or (int)SyntaxKind.CoalesceExpression,
        } binary => Are(binary.Left, model, cancel) && Are(binary.Right, model, cancel),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue" } => false,
        IdentifierNameSyntax or MemberAccessExpressionSyntax => IsBoolean(predicate, model, cancel),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Property" } } } => IsBoolean(predicate, model, cancel),
        _ => false,
    };

    private static bool IsBoolean(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => model.GetTypeInfo(expression, cancel).Type switch
    {
        { SpecialType: SpecialType.System_Boolean } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => nullable.TypeArguments[0].SpecialType == SpecialType.System_Boolean,
        _ => false,
    };
}
