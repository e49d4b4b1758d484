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
