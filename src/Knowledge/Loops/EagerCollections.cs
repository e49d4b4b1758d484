using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Collections that can be walked at any time: their elements exist, so that walking has no effect and does not throw.</summary>
internal static class EagerCollections
{
    /// <summary>Whether the collection, or the one that LINQ operators with lambdas that only read are over, is in memory.</summary>
    public static bool Is(ExpressionSyntax collection, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        // Locals may name each other.
        for (var steps = 0; steps < 20; steps++)
        {
            switch (collection)
            {
                case ParenthesizedExpressionSyntax inner:
                    collection = inner.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    collection = suppressed.Operand;
                    continue;
                case ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or BaseObjectCreationExpressionSyntax or { RawKind: NewSyntax.CollectionExpression }:
                    return true;
            }

            if (model.GetTypeInfo(collection, cancel).Type is not { } type)
                return false;

            if (!DeferredQueries.IsDeferred(type, types))
                return true;

            if (collection is InvocationExpressionSyntax call && Calls.ReceiverOf(call) is { } receiver && OnlyReads(call)
                && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ReducedFrom: { } method } && types.Is(method.ContainingType, "System.Linq.Enumerable"))
            {
                collection = receiver;
                continue;
            }

            if (model.GetSymbolInfo(collection, cancel).Symbol is not ILocalSymbol local || ValueOf(local, cancel) is not { } value)
                return false;

            collection = value;
        }

        return false;
    }

    private static bool OnlyReads(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is not LambdaExpressionSyntax { ExpressionBody: { } body } || !PureReads.Are(body, body))
                return false;
        }

        return true;
    }

    /// <summary>The value that the local has from its declaration on.</summary>
    private static ExpressionSyntax? ValueOf(ILocalSymbol local, CancellationToken cancel)
    {
        if (local.DeclaringSyntaxReferences is not { Length: 1 } references || references[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
            return null;

        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? declarator.SyntaxTree.GetRoot(cancel);
        foreach (var node in scope.DescendantNodes())
        {
            if ((node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } && left.Identifier.ValueText == local.Name)
                || (node is ArgumentSyntax { RefKindKeyword.RawKind: not 0, Expression: IdentifierNameSyntax given } && given.Identifier.ValueText == local.Name))
            {
                return null;
            }
        }

        return value;
    }
}
