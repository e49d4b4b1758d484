using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Which objects others can be reached from, by their types.</summary>
internal static class HeldTypes
{
    /// <summary>Whether objects of the one type have objects of the other: a parent, children, the lines of an order.</summary>
    public static bool Holds(ITypeSymbol holder, ITypeSymbol held)
    {
        foreach (var member in holder.GetMembers())
        {
            var type = member switch { IPropertySymbol property => property.Type, IFieldSymbol field => field.Type, _ => null };
            if (type is not null && IsOrCollects(type, held))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is the type, or a collection of it.</summary>
    public static bool IsOrCollects(ITypeSymbol type, ITypeSymbol held)
    {
        if (SymbolEqualityComparer.Default.Equals(type, held) || (type is IArrayTypeSymbol array && SymbolEqualityComparer.Default.Equals(array.ElementType, held)))
            return true;

        foreach (var argument in (type as INamedTypeSymbol)?.TypeArguments ?? ImmutableArray<ITypeSymbol>.Empty)
        {
            if (SymbolEqualityComparer.Default.Equals(argument, held))
                return true;
        }

        return false;
    }
}
