using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>Recognises membership tests by linear search in all their spellings.</summary>
internal static class MembershipTests
{
    /// <summary>What the call asks, where it is a membership test whose answer is a yes or no.</summary>
    public static MembershipTest? Of(InvocationExpressionSyntax call, SimpleNameSyntax name, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var arguments = call.ArgumentList.Arguments;
        return name.Identifier.ValueText switch
        {
            "Contains" => Direct(call, name, Method(), model, types, cancel),
            "IndexOf" when Comparison(call) is var (whole, isNegated) && Direct(call, name, Method(), model, types, cancel) is { Comparer: null } test =>
                test with { Whole = whole, IsNegated = isNegated },
            "Exists" or "Any" when arguments.Count is 1 or 2 && arguments[arguments.Count - 1].Expression is LambdaExpressionSyntax lambda
                && EqualityPredicate.Of(lambda, model, types, cancel) is { } predicate && Searched(call, Method(), model, types, cancel) is var (collection, element) =>
                new MembershipTest(name, collection, predicate.Item, call, element)
                {
                    Comparison = predicate.Comparison,
                    Predicate = predicate.Equality,
                    FailsLikeAMember = Method() is { IsStatic: false, ReducedFrom: null },
                },
            _ => null,
        };

        IMethodSymbol? Method() => model.GetSymbolInfo(call, cancel).Symbol as IMethodSymbol;
    }

    /// <summary>What <c>list.Contains</c> asks where it is given away as a function.</summary>
    public static MembershipTest? OfMethodGroup(MemberAccessExpressionSyntax group, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        group.Name.Identifier.ValueText == "Contains" && model.GetSymbolInfo(group, cancel).Symbol is IMethodSymbol method
        && LinearSearches.IsSearch(method, types) && (method.ReducedFrom is not null || !method.IsStatic) && method.Parameters.Length == 1
        && model.GetTypeInfo(group.Expression, cancel).Type is { } type && LinearSearches.ElementOf(type, types) is { } element
            ? new MembershipTest(group.Name, group.Expression, null, group, element)
            : null;

    private static MembershipTest? Direct(InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol? method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (Searched(call, method, model, types, cancel) is not var (collection, element))
            return null;

        // After the collection come the item and, for some, the comparer; IndexOf with a start looks at a part only.
        var arguments = call.ArgumentList.Arguments;
        var first = method!.IsStatic && method.ReducedFrom is null ? 1 : 0;
        if (arguments.Count == first + 1)
        {
            return new MembershipTest(name, collection, arguments[first].Expression, call, element)
            {
                IsOnSpan = types.Is(method.ContainingType, "System.MemoryExtensions"),
                FailsLikeAMember = !method.IsStatic && method.ReducedFrom is null,
            };
        }

        return arguments.Count == first + 2 && model.GetTypeInfo(arguments[first + 1].Expression, cancel) is { ConvertedType: { } comparer }
            && types.Is(comparer, "System.Collections.Generic.IEqualityComparer`1")
                ? new MembershipTest(name, collection, arguments[first].Expression, call, element)
                {
                    Comparer = arguments[first + 1].Expression is LiteralExpressionSyntax ? null : arguments[first + 1].Expression,
                }
                : null;
    }

    /// <summary>The collection that the call searches, with its element type; null where it is none that is searched linearly.</summary>
    private static (ExpressionSyntax Collection, ITypeSymbol Element)? Searched(InvocationExpressionSyntax call, IMethodSymbol? method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (method is null || !LinearSearches.IsSearch(method, types))
            return null;

        var collection = !method.IsStatic || method.ReducedFrom is not null ? Calls.ReceiverOf(call)
            : call.ArgumentList.Arguments.Count > 1 ? call.ArgumentList.Arguments[0].Expression
            : null;
        return collection is not null && model.GetTypeInfo(collection, cancel).Type is { } type && LinearSearches.ElementOf(type, types) is { } element
            ? (collection, element)
            : null;
    }

    /// <summary>The comparison of an index with "not found", and whether it asks for that.</summary>
    private static (ExpressionSyntax Whole, bool IsNegated)? Comparison(InvocationExpressionSyntax call)
    {
        ExpressionSyntax index = call;
        while (index.Parent is ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax)
        {
            if (index.Parent is ConditionalAccessExpressionSyntax)
                return null;

            index = (ExpressionSyntax)index.Parent;
        }

        if (index.Parent is not BinaryExpressionSyntax comparison)
            return null;

        var isLeft = comparison.Left == index;
        return (isLeft ? comparison.Kind() : Mirrored(comparison.Kind()), NumberOf(isLeft ? comparison.Right : comparison.Left)) switch
        {
            (SyntaxKind.GreaterThanOrEqualExpression, 0) or (SyntaxKind.GreaterThanExpression, -1) or (SyntaxKind.NotEqualsExpression, -1) => (comparison, false),
            (SyntaxKind.LessThanExpression, 0) or (SyntaxKind.LessThanOrEqualExpression, -1) or (SyntaxKind.EqualsExpression, -1) => (comparison, true),
            _ => null,
        };
    }

    private static int? NumberOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: int number } => number,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: int number } } => -number,
        _ => null,
    };

    private static SyntaxKind Mirrored(SyntaxKind comparison) => comparison switch
    {
        SyntaxKind.LessThanExpression => SyntaxKind.GreaterThanExpression,
        SyntaxKind.LessThanOrEqualExpression => SyntaxKind.GreaterThanOrEqualExpression,
        SyntaxKind.GreaterThanExpression => SyntaxKind.LessThanExpression,
        SyntaxKind.GreaterThanOrEqualExpression => SyntaxKind.LessThanOrEqualExpression,
        _ => comparison,
    };
}
