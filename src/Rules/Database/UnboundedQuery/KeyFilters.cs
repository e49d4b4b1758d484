using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Predicates that ask for the rows of a key: as many as one parent has, or as a list of keys names.</summary>
internal static class KeyFilters
{
    /// <summary>Whether every row that passes has a given key, unique column or foreign key.</summary>
    public static bool AsksForKey(ExpressionSyntax predicate, ITypeSymbol? entity, SemanticModel model, CancellationToken cancel)
    {
        // A long condition is as deep as it is long.
        while (predicate is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and)
        {
            if (AsksForKey(and.Right, entity, model, cancel))
                return true;

            predicate = and.Left;
        }

        while (predicate is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or)
        {
            if (!AsksForKey(or.Right, entity, model, cancel))
                return false;

            predicate = or.Left;
        }

        switch (predicate)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return AsksForKey(parenthesized.Expression, entity, model, cancel);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and:
                return AsksForKey(and, entity, model, cancel);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equality:
                return (IsKey(equality.Left, entity, model, cancel) || IsKey(equality.Right, entity, model, cancel)) && !IsNull(equality.Left) && !IsNull(equality.Right);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Contains" } } call when call.ArgumentList.Arguments.Count > 0:
                return IsKey(call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression, entity, model, cancel);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Equals" } member } call when call.ArgumentList.Arguments.Count > 0:
                return IsKey(member.Expression, entity, model, cancel) || IsKey(call.ArgumentList.Arguments[0].Expression, entity, model, cancel);
            default:
                return false;
        }
    }

    private static bool IsNull(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.NullLiteralExpression) || expression.IsKind(SyntaxKind.DefaultLiteralExpression);

    private static bool IsKey(ExpressionSyntax expression, ITypeSymbol? entity, SemanticModel model, CancellationToken cancel)
    {
        while (expression is ParenthesizedExpressionSyntax or CastExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" })
        {
            expression = expression switch
            {
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                CastExpressionSyntax cast => cast.Expression,
                _ => ((MemberAccessExpressionSyntax)expression).Expression,
            };
        }

        if (expression is not MemberAccessExpressionSyntax || model.GetSymbolInfo(expression, cancel).Symbol is not IPropertySymbol property)
            return false;

        // A foreign key by its name: the model may say so elsewhere, but nobody calls another column so.
        if (property.Name.EndsWith("Id", StringComparison.Ordinal) || property.Name.EndsWith("ID", StringComparison.Ordinal))
            return true;

        foreach (var key in EntityKeys.Of(property.ContainingType))
        {
            if (key.Name == property.Name)
                return true;
        }

        return IsUnique(property, entity);
    }

    private static bool IsUnique(IPropertySymbol property, ITypeSymbol? entity)
    {
        foreach (var attribute in (entity ?? property.ContainingType).GetAttributes())
        {
            if (attribute.AttributeClass?.Name != "IndexAttribute" || attribute.ConstructorArguments.Length == 0)
                continue;

            var first = attribute.ConstructorArguments[0];
            if ((first.Kind == TypedConstantKind.Array ? first.Values.Length == 1 ? first.Values[0].Value : null : first.Value) as string != property.Name)
                continue;

            foreach (var argument in attribute.NamedArguments)
            {
                if (argument.Key == "IsUnique" && argument.Value.Value is true)
                    return true;
            }
        }

        return false;
    }
}
