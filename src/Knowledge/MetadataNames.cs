using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Names of types as <c>GetTypeByMetadataName</c> takes them: <c>N.Outer+Inner`1</c>.</summary>
internal static class MetadataNames
{
    public static string Of(INamedTypeSymbol type)
    {
        var name = type.OriginalDefinition.MetadataName;
        if (type.ContainingType is { } outer)
            return $"{Of(outer)}+{name}";

        var space = Of(type.ContainingNamespace);
        return space == "" ? name : $"{space}.{name}";
    }

    /// <summary>The full name of a namespace; empty for the global one.</summary>
    public static string Of(INamespaceSymbol? space)
    {
        if (space is null or { IsGlobalNamespace: true })
            return "";

        var outer = Of(space.ContainingNamespace);
        return outer == "" ? space.Name : $"{outer}.{space.Name}";
    }
}
