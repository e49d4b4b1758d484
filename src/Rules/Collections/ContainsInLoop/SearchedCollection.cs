using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>What the code around a search tells of the collection that is searched.</summary>
internal sealed class SearchedCollection(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    /// <summary>Whether the collection is small by construction: a few constants, or the arguments written at a <c>params</c> call.</summary>
    public bool IsSmall(ExpressionSyntax collection, int small) => CollectionSizes.AtMost(collection, model, types, cancel) <= small
        || model.GetSymbolInfo(Root(collection), cancel).Symbol is IParameterSymbol { IsParams: true };

    /// <summary>Whether a variable of an interface type is seen to be given a set or the keys of a dictionary.</summary>
    public bool IsSeenToBeSet(ExpressionSyntax collection)
    {
        var symbol = model.GetSymbolInfo(Unwrap(collection), cancel).Symbol;
        var type = symbol switch { ILocalSymbol local => local.Type, IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, _ => null };
        if (type is not { TypeKind: TypeKind.Interface } || symbol!.DeclaringSyntaxReferences is not { Length: 1 } references)
            return false;

        var declaration = references[0].GetSyntax(cancel);
        if (declaration.SyntaxTree != model.SyntaxTree)
            return false;

        var value = declaration switch
        {
            VariableDeclaratorSyntax { Initializer.Value: { } initial } => initial,
            PropertyDeclarationSyntax { Initializer.Value: { } initial } => initial,
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } returned } => returned,
            _ => null,
        };
        if (IsSetValue(value))
            return true;

        SyntaxNode? scope = symbol is ILocalSymbol ? Functions.Enclosing(declaration) : declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (scope is null)
            return false;

        foreach (var node in scope.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: var left } assignment && NameOf(left) == symbol.Name && IsSetValue(assignment.Right)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(left, cancel).Symbol, symbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the loop takes elements out of the collection, or replaces some: a set made before would still have them.</summary>
    public bool LosesElements(ExpressionSyntax collection, SyntaxNode loop)
    {
        var root = Root(collection);
        if (NameOf(root) is not { } name || model.GetSymbolInfo(root, cancel).Symbol is not { } symbol)
            return false;

        foreach (var node in loop.DescendantNodes())
        {
            var receiver = node switch
            {
                MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } member when TakesOut(member.Name.Identifier.ValueText) => member.Expression,
                ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } conditional
                    when TakesOut(binding.Name.Identifier.ValueText) => conditional.Expression,
                ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } element when assignment.Left == element => element.Expression,
                _ => null,
            };
            if (receiver is not null && NameOf(receiver) == name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(receiver, cancel).Symbol, symbol))
                return true;
        }

        return false;
    }

    /// <summary>The collection that a chain of LINQ operators starts from, or the expression itself.</summary>
    public ExpressionSyntax Root(ExpressionSyntax collection)
    {
        collection = Unwrap(collection);
        while (collection is InvocationExpressionSyntax call && Calls.ReceiverOf(call) is { } receiver)
            collection = Unwrap(receiver);

        return collection;
    }

    private bool IsSetValue(ExpressionSyntax? value) => value is not null
        && (LinearSearches.IsSet(model.GetTypeInfo(Unwrap(value), cancel).Type, types) || LinearSearches.AreKeys(Unwrap(value), model, types, cancel));

    private static bool TakesOut(string method) => method.StartsWith("Remove", StringComparison.Ordinal)
        || method is "Clear" or "Dequeue" or "TryDequeue" or "Pop" or "TryPop" or "TryTake" or "RetainAll" or "IntersectWith" or "ExceptWith";

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>What is searched where it is not null: <c>a ?? b</c> is <c>a</c>.</summary>
    private static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (Wrappings.Without(expression) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice)
            expression = choice.Left;

        return Wrappings.Without(expression);
    }
}
