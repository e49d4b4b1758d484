using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>How many elements a collection has at the most, as far as the code says it.</summary>
internal static class CollectionSizes
{
    /// <summary>How many elements the collection provably has at the most; 0 also for the values of an enum, which are few; null where nothing is known.</summary>
    public static int? AtMost(ExpressionSyntax collection, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        new Counter(model, types, cancel).AtMost(collection);

    /// <summary>The number of elements written in an array, collection initialiser or collection expression without spreads.</summary>
    private static int? Written(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ArrayCreationExpressionSyntax { Initializer: { } elements }:
                return elements.Expressions.Count;
            case ArrayCreationExpressionSyntax { Type.RankSpecifiers: { Count: 1 } ranks } when ranks[0].Sizes is { Count: 1 } sizes
                && sizes[0] is LiteralExpressionSyntax { Token.Value: int length }:
                return length;
            case ImplicitArrayCreationExpressionSyntax array:
                return array.Initializer.Expressions.Count;
            case StackAllocArrayCreationExpressionSyntax { Initializer: { } elements }:
                return elements.Expressions.Count;
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression } elements:
                return elements.Expressions.Count;
            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression } elements }:
                return elements.Expressions.Count;
            case { RawKind: NewSyntax.CollectionExpression } collection:
                var count = 0;
                foreach (var element in collection.ChildNodes())
                {
                    if (element.RawKind != NewSyntax.ExpressionElement)
                        return null;

                    count++;
                }

                return count;
            default:
                return null;
        }
    }

    private sealed class Counter(SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        private int _depth;

        public int? AtMost(ExpressionSyntax collection)
        {
            // Variables may be declared in terms of each other.
            if (++_depth > 20)
                return null;

            collection = Wrappings.Without(collection);
            if (Written(collection) is { } size)
                return size;

            switch (collection)
            {
                case InvocationExpressionSyntax call:
                    return OfCall(call);
                case ConditionalExpressionSyntax choice:
                    return AtMost(choice.WhenTrue) is { } one && AtMost(choice.WhenFalse) is { } other ? System.Math.Max(one, other) : null;
                case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments, Initializer: null } creation
                    when model.GetTypeInfo(arguments[0].Expression, cancel).Type is { } source && types.IsOrInherits(source, "System.Collections.IEnumerable")
                        && types.IsOrInherits(model.GetTypeInfo(creation, cancel).Type, "System.Collections.IEnumerable"):
                    return AtMost(arguments[0].Expression);
            }

            if (model.GetConstantValue(collection, cancel).Value is string text)
                return text.Length;

            return model.GetSymbolInfo(collection, cancel).Symbol is { } symbol and (ILocalSymbol or IFieldSymbol or IPropertySymbol)
                && FixedCollections.ValueOf(symbol, collection, model, types, cancel) is { } value
                    ? value.SyntaxTree == collection.SyntaxTree ? AtMost(value) : Written(Wrappings.Without(value))
                    : null;
        }

        private int? OfCall(InvocationExpressionSyntax call)
        {
            var arguments = call.ArgumentList.Arguments;
            switch (Calls.NameOf(call)?.Identifier.ValueText)
            {
                case "GetValues" or "GetNames" or "GetValuesAsUnderlyingType":
                    return Method() is { } values && types.Is(values.ContainingType, "System.Enum") ? 0 : null;
                case "Empty":
                    return arguments.Count == 0 && IsOfSequences(Method()) ? 0 : null;
                case "Range" or "Repeat":
                    return arguments.Count == 2 && IsOfSequences(Method()) && model.GetConstantValue(arguments[1].Expression, cancel).Value is int length ? length : null;
                case "Take" or "TakeLast":
                    return arguments.Count == 1 && IsOfSequences(Method()) ? model.GetConstantValue(arguments[0].Expression, cancel).Value as int? ?? SourceSize() : null;
                case "Concat" or "Union":
                    return arguments.Count == 1 && IsOfSequences(Method()) && SourceSize() is { } first && AtMost(arguments[0].Expression) is { } second ? first + second : null;
                case "Append" or "Prepend":
                    return arguments.Count == 1 && IsOfSequences(Method()) && SourceSize() is { } before ? before + 1 : null;
                case "Create":
                    return IsOfSequences(Method()) ? OfElements(arguments) : null;
                case "Split":
                    return Calls.ReceiverOf(call) is { } parts && model.GetConstantValue(parts, cancel).Value is string text && arguments.Count > 0
                        && model.GetConstantValue(arguments[0].Expression, cancel).Value is char separator ? text.Split(separator).Length : null;
                case "Select" or "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending" or "Reverse"
                    or "Distinct" or "DistinctBy" or "Skip" or "SkipLast" or "SkipWhile" or "TakeWhile" or "Except" or "Intersect" or "Cast" or "OfType"
                    or "ToList" or "ToArray" or "AsEnumerable" or "AsReadOnly" or "ToHashSet" or "ToImmutableArray" or "ToImmutableList" or "Index":
                    return IsOfSequences(Method()) ? SourceSize() : null;
                default:
                    return null;
            }

            IMethodSymbol? Method() => model.GetSymbolInfo(call, cancel).Symbol as IMethodSymbol;

            bool IsOfSequences(IMethodSymbol? method) => method?.ContainingType is { } type
                && (types.Is(type, "System.Linq.Enumerable") || types.Is(type, "System.Linq.Queryable") || types.Is(type, "System.Array") || types.Is(type, "System.Collections.Generic.List`1")
                    || type.ContainingNamespace is { Name: "Immutable" });

            int? SourceSize() => Method() switch
            {
                { ReducedFrom: null, IsStatic: true } => arguments.Count > 0 ? AtMost(arguments[0].Expression) : null,
                _ => Calls.ReceiverOf(call) is { } receiver ? AtMost(receiver) : null,
            };

            int? OfElements(SeparatedSyntaxList<ArgumentSyntax> elements) =>
                elements.Count == 1 && model.GetTypeInfo(elements[0].Expression, cancel).Type is { TypeKind: TypeKind.Array }
                    ? AtMost(elements[0].Expression)
                    : elements.Count;
        }
    }
}
