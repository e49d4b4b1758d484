using System;
using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Whether a sequence holds data, of which there may be any number, or parts of the program, of which there are as many as were registered.</summary>
internal static class ElementTypes
{
    private static readonly string[] s_parts =
    [
        "Provider", "Handler", "Listener", "Client", "Service", "Validator", "Publisher", "Subscriber", "Observer", "Plugin", "Module", "Strategy", "Factory",
        "Processor", "Hook", "Repository", "Manager", "Engine", "Indexer", "Notifier", "Watcher", "Socket",
    ];

    public static bool AreData(ITypeSymbol? element, KnownTypes types) => element switch
    {
        null => true,
        { TypeKind: TypeKind.Delegate } => false,
        { TypeKind: TypeKind.Interface } => element.Name is "IFormFile" or "IGrouping",
        { Name: "KeyValuePair" } when element is INamedTypeSymbol { TypeArguments: { Length: 2 } pair } => AreData(pair[1], types),
        { IsTupleType: true } => true,
        _ => !Functions.IsTask(element, types) && !IsPart(element.Name),
    };

    /// <summary>The type of the elements that a collection type holds; null where it is none.</summary>
    public static ITypeSymbol? Of(ITypeSymbol? collection, KnownTypes types)
    {
        if (collection is IArrayTypeSymbol array)
            return array.ElementType;

        if (collection is INamedTypeSymbol { TypeArguments.Length: 1 } named && types.Is(named, "System.Collections.Generic.IEnumerable`1"))
            return named.TypeArguments[0];

        foreach (var implemented in collection?.AllInterfaces ?? default)
        {
            if (types.Is(implemented, "System.Collections.Generic.IEnumerable`1"))
                return implemented.TypeArguments[0];
        }

        return null;
    }

    private static bool IsPart(string name)
    {
        foreach (var part in s_parts)
        {
            if (name.EndsWith(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
