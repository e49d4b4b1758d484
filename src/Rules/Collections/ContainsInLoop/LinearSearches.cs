using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>Which methods search element by element, and in which types of collections.</summary>
internal static class LinearSearches
{
    private static readonly ImmutableArray<string> s_collections = ImmutableArray.Create(
        "System.Collections.Generic.List`1", "System.Collections.Generic.IList`1", "System.Collections.Generic.ICollection`1", "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.IReadOnlyList`1", "System.Collections.Generic.IReadOnlyCollection`1", "System.Linq.IOrderedEnumerable`1",
        "System.Collections.ObjectModel.Collection`1", "System.Collections.ObjectModel.ReadOnlyCollection`1",
        "System.Collections.Generic.Queue`1", "System.Collections.Generic.Stack`1", "System.Collections.Generic.LinkedList`1",
        "System.Collections.Immutable.ImmutableArray`1", "System.Collections.Immutable.ImmutableList`1", "System.Collections.Immutable.IImmutableList`1",
        "System.Collections.Concurrent.ConcurrentBag`1", "System.Collections.Concurrent.ConcurrentQueue`1", "System.Collections.Concurrent.ConcurrentStack`1",
        "System.Collections.Generic.Dictionary`2+ValueCollection");

    /// <summary>Whether the method searches a collection; a span's own search is none, an array's that C# 14 binds to a span's is.</summary>
    public static bool IsSearch(IMethodSymbol method, KnownTypes types)
    {
        var type = method.ContainingType?.OriginalDefinition;
        if (type is null)
            return false;

        if (types.Is(type, "System.Linq.Enumerable") || types.Is(type, "System.MemoryExtensions") || types.Is(type, "System.Array") || types.Is(type, "System.Linq.ImmutableArrayExtensions"))
            return true;

        foreach (var name in s_collections)
        {
            if (types.Is(type, name))
                return true;
        }

        return false;
    }

    /// <summary>The element type of a collection that has to be walked to find something; null for sets, dictionaries, spans, strings and types that are not known.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type, KnownTypes types)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return array.ElementType;

        if (IsSet(type, types))
            return null;

        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            foreach (var name in s_collections)
            {
                if (types.Is(current, name))
                    return current.Arity > 0 ? current.TypeArguments[0] : current.ContainingType.TypeArguments[1];
            }
        }

        return null;
    }

    /// <summary>Whether the type finds an element without looking at all: a set, a dictionary or its keys.</summary>
    public static bool IsSet(ITypeSymbol? type, KnownTypes types) => types.IsOrInherits(type, "System.Collections.Generic.ISet`1")
        || types.IsOrInherits(type, "System.Collections.Generic.IReadOnlySet`1") || types.IsOrInherits(type, "System.Collections.Immutable.IImmutableSet`1")
        || types.IsOrInherits(type, "System.Collections.Generic.IDictionary`2") || types.IsOrInherits(type, "System.Collections.Generic.IReadOnlyDictionary`2")
        || types.Is(type, "System.Collections.Generic.Dictionary`2+KeyCollection") || types.Is(type, "System.Collections.Generic.SortedDictionary`2+KeyCollection");

    /// <summary><c>d.Keys</c> of a dictionary, which answers by its own table; a concurrent dictionary copies its keys into a list first.</summary>
    public static bool AreKeys(ExpressionSyntax collection, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        collection is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Keys" } keys && model.GetTypeInfo(keys.Expression, cancel).Type is { } owner
        && IsSet(owner, types) && !types.IsOrInherits(owner, "System.Collections.Concurrent.ConcurrentDictionary`2");

    /// <summary>Whether so few values exist that no list of them is long: enums, booleans, bytes and characters.</summary>
    public static bool HasFewValues(ITypeSymbol element)
    {
        if (element is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            element = nullable.TypeArguments[0];

        return element.TypeKind == TypeKind.Enum
            || element.SpecialType is SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Char;
    }

    /// <summary>Whether equal elements may hash differently: equality is overridden and the hash is not.</summary>
    public static bool HashesWrongly(ITypeSymbol element)
    {
        if (element.SpecialType != SpecialType.None || element.TypeKind is TypeKind.Enum or TypeKind.Interface or TypeKind.TypeParameter)
            return false;

        var equals = false;
        for (var current = element; current is not null && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); current = current.BaseType)
        {
            foreach (var member in current.GetMembers("GetHashCode"))
            {
                if (member is IMethodSymbol { IsOverride: true, Parameters.Length: 0 })
                    return false;
            }

            foreach (var member in current.GetMembers("Equals"))
                equals |= member is IMethodSymbol { IsOverride: true, Parameters.Length: 1 };

            foreach (var implemented in current.Interfaces)
                equals |= implemented is { Name: "IEquatable", Arity: 1, ContainingNamespace.Name: "System" };
        }

        return equals;
    }
}
