using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Loops and collections that provably have few iterations or elements.</summary>
internal static class SmallLoops
{
    /// <summary>Whether the loop provably runs at most <paramref name="most"/> times.</summary>
    public static bool Is(Loop loop, int most, SemanticModel model, KnownTypes types, CancellationToken cancel) => loop switch
    {
        { Syntax: ForStatementSyntax counted } => Runs(counted, model, cancel) is { } runs && runs <= most,
        { Source: { } source } => SizeOf(source, model, types, cancel) is { } size && size <= most,
        _ => false,
    };

    /// <summary>How many elements the collection provably has at the most, or null.</summary>
    public static int? SizeOf(ExpressionSyntax collection, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        collection = Unwrap(collection);
        if (LiteralSize(collection) is { } size)
            return size;

        if (collection is InvocationExpressionSyntax call)
            return SizeOfCall(call, model, types, cancel);

        return model.GetSymbolInfo(collection, cancel).Symbol switch
        {
            ILocalSymbol local when Initializer(local, cancel) is { } initializer && !IsWrittenAgain(local, collection, model, cancel) => LiteralSize(initializer),
            IFieldSymbol { IsReadOnly: true, IsStatic: true } field when Initializer(field, cancel) is { } initializer && !CanGrow(field.Type) => LiteralSize(initializer),
            _ => null,
        };
    }

    /// <summary>The number of elements written in an array, collection initialiser or collection expression without spreads.</summary>
    public static int? LiteralSize(ExpressionSyntax expression)
    {
        switch (Unwrap(expression))
        {
            case ArrayCreationExpressionSyntax { Initializer: { } elements }:
                return elements.Expressions.Count;
            case ImplicitArrayCreationExpressionSyntax array:
                return array.Initializer.Expressions.Count;
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression } elements:
                return elements.Expressions.Count;
            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } elements }:
                return elements.Expressions.Count;
            case { RawKind: NewSyntax.CollectionExpression } collection:
                var count = 0;
                foreach (var element in collection.ChildNodes())
                {
                    if (element.RawKind == NewSyntax.SpreadElement)
                        return null;

                    count++;
                }

                return count;
            default:
                return null;
        }
    }

    private static int? SizeOfCall(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        switch (Calls.NameOf(call)?.Identifier.ValueText)
        {
            case "GetValues" or "GetNames" or "GetValuesAsUnderlyingType"
                when model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method && types.Is(method.ContainingType, "System.Enum"):
                return 0; // however many, they are few and fixed at compile time
            case "Range" or "Repeat"
                when model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method && types.Is(method.ContainingType, "System.Linq.Enumerable"):
                return call.ArgumentList.Arguments.Count == 2 && model.GetConstantValue(call.ArgumentList.Arguments[1].Expression, cancel).Value is int count ? count : null;
            case "Take" when call.ArgumentList.Arguments.Count == 1:
                return model.GetConstantValue(call.ArgumentList.Arguments[0].Expression, cancel).Value is int take ? take : null;
            default:
                return null;
        }
    }

    private static int? Runs(ForStatementSyntax loop, SemanticModel model, CancellationToken cancel)
    {
        if (loop is not { Declaration.Variables: { Count: 1 } variables, Condition: BinaryExpressionSyntax condition, Incrementors.Count: 1 }
            || variables[0].Initializer is not { } start
            || loop.Incrementors[0] is not (PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression, Operand: IdentifierNameSyntax })
            || condition.Left is not IdentifierNameSyntax counter || counter.Identifier.ValueText != variables[0].Identifier.ValueText
            || model.GetConstantValue(start.Value, cancel).Value is not int from || model.GetConstantValue(condition.Right, cancel).Value is not int to)
        {
            return null;
        }

        return condition.Kind() switch
        {
            SyntaxKind.LessThanExpression => to - from,
            SyntaxKind.LessThanOrEqualExpression => to - from + 1,
            _ => null,
        };
    }

    private static ExpressionSyntax? Initializer(ISymbol variable, CancellationToken cancel) =>
        variable.DeclaringSyntaxReferences is { Length: 1 } references && references[0].GetSyntax(cancel) is VariableDeclaratorSyntax declarator
            ? declarator.Initializer?.Value : null;

    /// <summary>Whether the local is assigned, grown or handed on anywhere in its member.</summary>
    private static bool IsWrittenAgain(ILocalSymbol local, SyntaxNode use, SemanticModel model, CancellationToken cancel)
    {
        var member = use.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? use.SyntaxTree.GetRoot(cancel);
        foreach (var name in member.DescendantNodes())
        {
            if (name is not IdentifierNameSyntax identifier || identifier.Identifier.ValueText != local.Name
                || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(identifier, cancel).Symbol, local))
            {
                continue;
            }

            switch (identifier.Parent)
            {
                case AssignmentExpressionSyntax assignment when assignment.Left == identifier:
                case ArgumentSyntax when CanGrow(local.Type):
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 }:
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "AddRange" or "Insert" or "InsertRange" or "Push" or "Enqueue" or "UnionWith" }:
                    return true;
            }
        }

        return false;
    }

    private static bool CanGrow(ITypeSymbol type) => type.TypeKind != TypeKind.Array;

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    continue;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    continue;
                default:
                    return expression;
            }
        }
    }
}
