using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Whether a call that ends the query also reads it to its end and keeps what it reads.</summary>
internal static class Enumeration
{
    /// <summary>
    /// Whether what the call enumerates can be a query: something in the chain before it is typed as one, or it starts
    /// at a variable that is typed as a plain sequence. Most chains are over lists and leave here.
    /// </summary>
    public static bool MayRunQuery(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var current = Calls.ReceiverOf(call) is { } receiver && model.GetSymbolInfo(receiver, cancel).Symbol is not ITypeSymbol
            ? receiver
            : call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null;
        while (current is not null)
        {
            var type = model.GetTypeInfo(current, cancel).Type;
            if (types.IsOrInherits(type, "System.Linq.IQueryable"))
                return true;

            switch (current)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    current = parenthesized.Expression;
                    break;
                case CastExpressionSyntax cast:
                    current = cast.Expression;
                    break;
                case InvocationExpressionSyntax inner:
                    current = Calls.ReceiverOf(inner);
                    break;
                case IdentifierNameSyntax:
                    return type is { TypeKind: TypeKind.Interface, Name: "IEnumerable" or "IAsyncEnumerable" } && model.GetSymbolInfo(current, cancel).Symbol is ILocalSymbol;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the syntax leaves open that the expression is a query: most are variables of lists, or lists already.</summary>
    public static bool MayBeQuery(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => MayBeQuery(parenthesized.Expression),
        InvocationExpressionSyntax call => Calls.NameOf(call)?.Identifier.ValueText is not ("ToList" or "ToArray" or "ToDictionary" or "ToHashSet" or "AsEnumerable" or "Split" or "Keys" or "View" or "Range"),
        IdentifierNameSyntax or MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or QueryExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression or (int)SyntaxKind.CoalesceExpression } => true,
        _ => false,
    };

    /// <summary>Whether a method with that return type can return a query: a list is none, and a number neither.</summary>
    public static bool MayBeQuery(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => MayBeQuery(qualified.Right),
        GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask" or "ActionResult", TypeArgumentList.Arguments: { Count: 1 } arguments } => IsResult(type) || MayBeQuery(arguments[0]),
        GenericNameSyntax { Identifier.ValueText: var name } => name is not ("List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "Dictionary" or "IDictionary" or "HashSet"),
        NullableTypeSyntax nullable => MayBeQuery(nullable.ElementType),
        PredefinedTypeSyntax predefined => predefined.Keyword.IsKind(SyntaxKind.ObjectKeyword),
        ArrayTypeSyntax or TupleTypeSyntax => false,
        IdentifierNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } => false,
        _ => true,
    };

    /// <summary>Whether the written type is a response of which a query is only a part: <c>IActionResult</c>, <c>Task&lt;IResult&gt;</c>; not <c>ActionResult&lt;T&gt;</c>.</summary>
    public static bool IsResult(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => IsResult(qualified.Right),
        GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask", TypeArgumentList.Arguments: { Count: 1 } arguments } => IsResult(arguments[0]),
        IdentifierNameSyntax { Identifier.ValueText: var name } => name.EndsWith("Result", System.StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>
    /// <c>ToList</c> and its kin do. <c>AsEnumerable</c> and <c>AsAsyncEnumerable</c> only open the stream: they do where
    /// what follows them gathers all rows, or where an endpoint hands them to the serializer.
    /// </summary>
    public static bool IsWhole(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var name = Calls.NameOf(call)?.Identifier.ValueText;
        if (name is not ("AsEnumerable" or "AsAsyncEnumerable"))
            return true;

        ExpressionSyntax current = call;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } member && member.Expression == current
            && model.GetSymbolInfo(next, cancel).Symbol is IMethodSymbol method)
        {
            switch (QueryOperators.KindOf(method, types))
            {
                case OperatorKind.Sequence:
                    return true;
                case OperatorKind.Limit or OperatorKind.Row or OperatorKind.Scalar:
                case OperatorKind.Unknown when method.Name is not "WithCancellation":
                    return false;
            }

            current = next;
        }

        while (current.Parent is ParenthesizedExpressionSyntax or ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax } })
            current = current.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax wrapping } ? wrapping : (ExpressionSyntax)current.Parent;

        return current.Parent switch
        {
            ForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.None),
            ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax =>
                Functions.Enclosing(call) is { } function && Endpoints.Is(Functions.Symbol(function, model, cancel), model, types, cancel),
            _ => false,
        };
    }
}
