using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>What a compilation shows about lazy loading: the set-up of its contexts, and where it is turned off.</summary>
internal sealed class LazyLoadingProof
{
    private readonly List<ContextSetup> _setups = [];
    private readonly HashSet<string> _turnedOff = new(StringComparer.Ordinal);

    private readonly bool _hasProxies;

    private LazyLoadingProof(Compilation compilation) =>

        // A program sees all that its libraries use. Of a library nobody knows what the program has besides.
        _hasProxies = compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule
            || KnownTypes.Of(compilation)["Microsoft.EntityFrameworkCore.ProxiesExtensions"] is not null;

    public static LazyLoadingProof Of(Compilation compilation)
    {
        var proof = new LazyLoadingProof(compilation);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var source = ModelSource.Of(tree, CancellationToken.None);
            proof._setups.AddRange(source.Setups);
            proof._turnedOff.UnionWith(source.WithoutLazyLoading);
        }

        return proof;
    }

    public LazyLoading Of(Navigation navigation, ITypeSymbol? context)
    {
        if (navigation.Loading == NavigationLoading.Explicit || (context is INamedTypeSymbol named && IsTurnedOffBy(named)))
            return LazyLoading.Off;

        return navigation.Loading == NavigationLoading.Loader ? LazyLoading.On : ProxiesOf(context);
    }

    /// <summary>Whether a set-up in sight covers every one of the contexts, and none turns proxies on.</summary>
    public bool AreProxiesOff(IReadOnlyCollection<INamedTypeSymbol> contexts)
    {
        if (contexts.Count == 0)
            return !_hasProxies;

        foreach (var context in contexts)
        {
            if (ProxiesOf(context) != LazyLoading.Off)
                return false;
        }

        return true;
    }

    /// <summary>Whether code of the type, or of a base type, says <c>LazyLoadingEnabled = false</c>.</summary>
    public bool IsTurnedOffBy(INamedTypeSymbol type)
    {
        if (_turnedOff.Count == 0)
            return false;

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (_turnedOff.Contains(current.Name))
                return true;
        }

        return false;
    }

    /// <summary>Proxies are on where any set-up of the context asks for them, and off where all that is in sight does not.</summary>
    private LazyLoading ProxiesOf(ITypeSymbol? context)
    {
        var isInSight = !_hasProxies;
        foreach (var setup in _setups)
        {
            if (setup.Context is { } name && !IsOrInherits(context, name))
                continue;

            if (setup.UsesProxies)
                return LazyLoading.On;

            isInSight |= setup.ChoosesProvider;
        }

        return isInSight ? LazyLoading.Off : LazyLoading.Possible;
    }

    /// <summary>Whether the set-up of the context with this name serves <paramref name="context"/>; behind an interface it may be any.</summary>
    private static bool IsOrInherits(ITypeSymbol? context, string name)
    {
        if (context is null or { TypeKind: TypeKind.Interface } or ITypeParameterSymbol)
            return true;

        for (var type = context; type is not null; type = type.BaseType)
        {
            if (type.Name == name)
                return true;
        }

        return false;
    }
}
