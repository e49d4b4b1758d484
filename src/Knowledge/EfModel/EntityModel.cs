using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>
/// The EF model of a compilation: contexts, entities, keys, navigations, and whether lazy loading can run. Taken from
/// attributes, conventions, <c>OnModelCreating</c>, <c>IEntityTypeConfiguration&lt;T&gt;</c> and model snapshots. The
/// types may come from references; what configures them must be in this compilation to be known.
/// </summary>
internal sealed class EntityModel
{
    private static readonly ConditionalWeakTable<Compilation, EntityModel> s_cache = new();

    private readonly Compilation _compilation;
    private readonly KnownTypes _types;
    private readonly Lazy<Dictionary<string, List<ModelChain>>> _chains;
    private readonly Lazy<HashSet<ISymbol>> _entities;
    private readonly Lazy<LazyLoadingProof> _lazyLoading;
    private readonly ConcurrentDictionary<(IPropertySymbol, INamedTypeSymbol), Navigation?> _navigations = new(PairComparer.Instance);
    private readonly ConcurrentDictionary<INamedTypeSymbol, EntityFacts> _facts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _hasNavigations = new(SymbolEqualityComparer.Default);

    private EntityModel(Compilation compilation)
    {
        _compilation = compilation;
        _types = KnownTypes.Of(compilation);
        _chains = new(ReadChains);
        _entities = new(FindEntities);
        _lazyLoading = new(() => LazyLoadingProof.Of(compilation));
    }

    /// <summary>The model of a compilation. Nothing is built until the first question.</summary>
    public static EntityModel Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new EntityModel(c));

    /// <summary>Whether a context in sight has a set of the type, or the model configures it as an entity.</summary>
    public bool IsEntity(ITypeSymbol type) => _entities.Value.Contains(type.OriginalDefinition) || (ConfigurationOf(type) is { } chains && !IsOwned(chains));

    /// <summary>Keys, indexes and foreign keys of an entity.</summary>
    public EntityFacts FactsOf(INamedTypeSymbol entity) => _facts.GetOrAdd(entity, e => EntityFacts.Of(e, this));

    /// <summary>The navigation that a property is on an entity of type <paramref name="entity"/>, or null for a column, an owned or unmapped value.</summary>
    public Navigation? NavigationOf(IPropertySymbol property, INamedTypeSymbol entity)
    {
        if (property.IsStatic || property.IsIndexer || property.GetMethod is null || property.Type.SpecialType != SpecialType.None)
            return null;

        var key = (property.OriginalDefinition, entity);
        if (!_navigations.TryGetValue(key, out var navigation))
            _navigations.TryAdd(key, navigation = NavigationReader.Read(property, entity, this, _types, _compilation.Assembly));

        return navigation;
    }

    /// <summary>Whether the type has a property that is a navigation on an entity.</summary>
    public bool HasNavigations(INamedTypeSymbol type)
    {
        if (!_hasNavigations.TryGetValue(type, out var has))
        {
            foreach (var property in EntityFacts.PropertiesOf(type))
                has = has || NavigationOf(property, type) is not null;

            _hasNavigations.TryAdd(type, has);
        }

        return has;
    }

    /// <summary>Whether the type may be an entity with navigations, a sequence of such at any depth, or a task of one of these.</summary>
    public bool MayHoldNavigations(ITypeSymbol? type)
    {
        for (var depth = 0; depth < 4; depth++)
        {
            if (type is IArrayTypeSymbol array)
            {
                type = array.ElementType;
                continue;
            }

            if (type is not INamedTypeSymbol { SpecialType: SpecialType.None } named)
                return type is ITypeParameterSymbol;

            if (named.TypeKind == TypeKind.Class && !named.IsGenericType && HasNavigations(named))
                return true;

            // The element of a list, the row of a task, the value of a dictionary or group.
            if (named.TypeArguments.IsEmpty)
                return named.TypeKind == TypeKind.Class && named.BaseType is { TypeArguments.IsEmpty: false };

            type = named.TypeArguments[named.TypeArguments.Length - 1];
        }

        return false;
    }

    /// <summary>Whether reading the navigation, unloaded, of an entity that <paramref name="context"/> loaded runs a query.</summary>
    public LazyLoading LazyLoadingOf(Navigation navigation, ITypeSymbol? context) => _lazyLoading.Value.Of(navigation, context);

    /// <summary>Whether lazy loading by proxies is provably off in every one of the contexts.</summary>
    public bool AreProxiesOff(IReadOnlyCollection<INamedTypeSymbol> contexts) => _lazyLoading.Value.AreProxiesOff(contexts);

    /// <summary>Whether code of the type turns lazy loading off on the contexts that it uses.</summary>
    public bool TurnsLazyLoadingOff(INamedTypeSymbol type) => _lazyLoading.Value.IsTurnedOffBy(type);

    /// <summary>What the code says about the type or its base types; what a snapshot says only where the code says nothing.</summary>
    public IEnumerable<ModelChain> ChainsOf(ITypeSymbol entity)
    {
        for (var type = entity; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            if (ConfigurationOf(type) is { } chains)
            {
                foreach (var chain in chains)
                    yield return chain;
            }
        }
    }

    /// <summary>The chains about all types whose name is not asked for: relationships may be configured from their other end.</summary>
    public IEnumerable<ModelChain> AllChains()
    {
        foreach (var chains in _chains.Value.Values)
        {
            foreach (var chain in chains)
                yield return chain;
        }
    }

    private List<ModelChain>? ConfigurationOf(ITypeSymbol type) => _chains.Value.TryGetValue(type.Name, out var chains) ? chains : null;

    private static bool IsOwned(List<ModelChain> chains)
    {
        foreach (var chain in chains)
        {
            if (chain.Calls.IsEmpty || chain.Calls[0].Name is not ("Owned" or "Ignore" or "IgnoreAny" or "Properties" or "ComplexProperties"))
                return false;
        }

        return true;
    }

    private Dictionary<string, List<ModelChain>> ReadChains()
    {
        var chains = new Dictionary<string, List<ModelChain>>(StringComparer.Ordinal);
        foreach (var tree in _compilation.SyntaxTrees)
        {
            foreach (var chain in ModelSource.Of(tree, CancellationToken.None).Chains)
            {
                var name = chain.Entity.IndexOf('/') < 0 ? ModelNames.Simple(chain.Entity) : chain.Entity;
                if (!chains.TryGetValue(name, out var list))
                    chains.Add(name, list = []);

                list.Add(chain);
            }
        }

        return chains;
    }

    private HashSet<ISymbol> FindEntities()
    {
        var entities = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (_types["Microsoft.EntityFrameworkCore.DbSet`1"] is not { } set)
            return entities;

        // A context's own sets, and those that an interface of it promises.
        foreach (var tree in _compilation.SyntaxTrees)
        {
            foreach (var name in ModelSource.Of(tree, CancellationToken.None).Contexts)
            {
                foreach (var member in _compilation.Assembly.GetTypeByMetadataName(name)?.GetMembers() ?? ImmutableArray<ISymbol>.Empty)
                {
                    if (member is IPropertySymbol { Type: INamedTypeSymbol { IsGenericType: true } held } && SymbolEqualityComparer.Default.Equals(held.OriginalDefinition, set))
                        entities.Add(held.TypeArguments[0].OriginalDefinition);
                }
            }
        }

        return entities;
    }

    private sealed class PairComparer : IEqualityComparer<(IPropertySymbol Property, INamedTypeSymbol Type)>
    {
        public static readonly PairComparer Instance = new();

        public bool Equals((IPropertySymbol Property, INamedTypeSymbol Type) x, (IPropertySymbol Property, INamedTypeSymbol Type) y) =>
            SymbolEqualityComparer.Default.Equals(x.Property, y.Property) && SymbolEqualityComparer.Default.Equals(x.Type, y.Type);

        public int GetHashCode((IPropertySymbol Property, INamedTypeSymbol Type) pair) =>
            (SymbolEqualityComparer.Default.GetHashCode(pair.Property) * 31) ^ SymbolEqualityComparer.Default.GetHashCode(pair.Type);
    }
}
