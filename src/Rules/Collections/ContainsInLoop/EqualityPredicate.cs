using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>A lambda that compares the whole element with something: <c>x => x == y</c>, <c>x => x.Equals(y, comparison)</c>.</summary>
/// <param name="Item">What the element is compared with.</param>
/// <param name="Equality">The expression that compares.</param>
/// <param name="Comparison">The member of <c>StringComparison</c> that it names, if any.</param>
internal sealed record EqualityPredicate(ExpressionSyntax Item, ExpressionSyntax Equality, string? Comparison)
{
    public static EqualityPredicate? Of(LambdaExpressionSyntax lambda, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var element = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
            _ => null,
        };
        if (element is null || lambda.ExpressionBody is not { } body)
            return null;

        var name = element.Identifier.ValueText;
        switch (body)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equality:
                return OtherThan(name, equality.Left, equality.Right) is { } other ? new EqualityPredicate(other, body, null) : null;
            case InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText == "Equals":
                var arguments = call.ArgumentList.Arguments;
                var isStatic = model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { IsStatic: true };
                var operands = isStatic ? 2 : 1;
                if (arguments.Count != operands && arguments.Count != operands + 1)
                    return null;

                var left = isStatic ? arguments[0].Expression : Calls.ReceiverOf(call);
                var right = arguments[operands - 1].Expression;
                var comparison = arguments.Count > operands ? NameOf(arguments[operands].Expression, model, types, cancel) : null;
                return left is not null && (arguments.Count == operands || comparison is not null) && OtherThan(name, left, right) is { } item
                    ? new EqualityPredicate(item, body, comparison) : null;
            default:
                return null;
        }
    }

    private static ExpressionSyntax? OtherThan(string element, ExpressionSyntax left, ExpressionSyntax right)
    {
        var item = IsNamed(left, element) ? right : IsNamed(right, element) ? left : null;
        if (item is null || item.IsKind(SyntaxKind.NullLiteralExpression))
            return null;

        foreach (var node in item.DescendantNodesAndSelf())
        {
            if (IsNamed(node, element))
                return null;
        }

        return item;
    }

    private static bool IsNamed(SyntaxNode node, string name) => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;

    private static string? NameOf(ExpressionSyntax comparison, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        model.GetSymbolInfo(comparison, cancel).Symbol is IFieldSymbol { IsConst: true } field && types.Is(field.ContainingType, "System.StringComparison") ? field.Name : null;
}
