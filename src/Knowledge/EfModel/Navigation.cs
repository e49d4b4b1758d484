using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>A property of an entity that leads to other entities.</summary>
/// <param name="Property">The property, as declared.</param>
/// <param name="Target">The entity type that it leads to.</param>
/// <param name="IsCollection">Whether it leads to many.</param>
/// <param name="IsAutoIncluded">Whether the model loads it with every query.</param>
/// <param name="Loading">What may load it when it is read.</param>
internal sealed record Navigation(IPropertySymbol Property, INamedTypeSymbol Target, bool IsCollection, bool IsAutoIncluded, NavigationLoading Loading)
{
    public string Name => Property.Name;
}

/// <summary>What may load a navigation when it is read.</summary>
internal enum NavigationLoading
{
    /// <summary>Nothing: unloaded, it is null or empty.</summary>
    Explicit,

    /// <summary>A proxy, where the context's set-up asks for proxies: it is virtual.</summary>
    Proxy,

    /// <summary>Its own getter, by a lazy loader.</summary>
    Loader,
}

/// <summary>Whether reading an unloaded navigation runs a query.</summary>
internal enum LazyLoading
{
    /// <summary>It provably does not.</summary>
    Off,

    /// <summary>It does if the set-up, which is not in this compilation, turns it on.</summary>
    Possible,

    /// <summary>It does.</summary>
    On,
}
