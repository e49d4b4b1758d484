using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>
/// The navigations of a compilation that lazy loading may load, by name: with none of these names in it, code loads
/// nothing lazily, and nobody need bind it. Only the types that their files make likely are bound to find them.
/// </summary>
internal sealed class LazyNavigations
{
    private readonly Compilation _compilation;
    private readonly EntityModel _model;
    private readonly KnownTypes _types;
    private readonly CancellationToken _cancel;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<INamedTypeSymbol> _contexts = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly Stack<INamedTypeSymbol> _open = new();

    private LazyNavigations(Compilation compilation, CancellationToken cancel)
    {
        _compilation = compilation;
        _model = EntityModel.Of(compilation);
        _types = KnownTypes.Of(compilation);
        _cancel = cancel;
    }

    /// <summary>The names of the navigations.</summary>
    public HashSet<string> Names => _names;

    /// <summary>The simple names of the types that declare one of them, or are known to inherit one.</summary>
    public HashSet<string> Owners => _owners;

    public static LazyNavigations Find(Compilation compilation, CancellationToken cancel)
    {
        var navigations = new LazyNavigations(compilation, cancel);
        navigations.AddOwn();
        navigations.AddReferenced();
        navigations.AddNamedSets();
        navigations.AddNavigations(navigations.Candidates());
        return navigations;
    }

    private void AddOwn()
    {
        foreach (var tree in _compilation.SyntaxTrees)
        {
            _cancel.ThrowIfCancellationRequested();
            var source = ModelSource.Of(tree, _cancel);
            foreach (var name in source.Contexts)
            {
                if (_compilation.Assembly.GetTypeByMetadataName(name) is { } type)
                    AddContext(type);
            }

            foreach (var name in source.LazyTypes)
            {
                if (_compilation.Assembly.GetTypeByMetadataName(name) is { TypeKind: TypeKind.Class } type)
                    _open.Push(type);
            }
        }
    }

    /// <summary>Entities of other projects are reached through the sets of their contexts, and through those that the code names.</summary>
    private void AddReferenced()
    {
        foreach (var assembly in _compilation.SourceModule.ReferencedAssemblySymbols)
        {
            _cancel.ThrowIfCancellationRequested();
            foreach (var name in ReferencedContexts.In(assembly, _types, _cancel))
            {
                if (assembly.GetTypeByMetadataName(name) is { } type)
                    AddContext(type);
            }
        }
    }

    /// <summary>Notes a context, or an interface of one, and the entities of its sets.</summary>
    private void AddContext(INamedTypeSymbol type)
    {
        // What others derive their contexts from is no context of the program.
        if (type is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } && _types.IsOrInherits(type, "Microsoft.EntityFrameworkCore.DbContext")
            && !type.ContainingAssembly.Name.StartsWith("Microsoft.", StringComparison.Ordinal))
        {
            _contexts.Add(type);
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments.Length: 1 } set } && _types.Is(set, "Microsoft.EntityFrameworkCore.DbSet`1") && set.TypeArguments[0] is INamedTypeSymbol entity)
                _open.Push(entity);
        }
    }

    /// <summary>The entities that the code names in <c>DbSet&lt;Order&gt;</c> and <c>Set&lt;Order&gt;()</c>.</summary>
    private void AddNamedSets()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in _open)
            known.Add(type.Name);

        foreach (var tree in _compilation.SyntaxTrees)
        {
            foreach (var set in ModelSource.Of(tree, _cancel).Sets)
            {
                if (!known.Add(set.Entity))
                    continue;

                _cancel.ThrowIfCancellationRequested();
                foreach (var symbol in _compilation.GetSemanticModel(tree).LookupNamespacesAndTypes(set.Position, name: set.Entity))
                {
                    if (symbol is INamedTypeSymbol { TypeKind: TypeKind.Class } entity)
                        _open.Push(entity);
                }
            }
        }
    }

    /// <summary>The properties of all entities found so far, and of those that they lead to, that something may load.</summary>
    private List<(IPropertySymbol Property, INamedTypeSymbol Owner)> Candidates()
    {
        var found = new List<(IPropertySymbol Property, INamedTypeSymbol Owner)>();
        while (_open.Count > 0)
        {
            _cancel.ThrowIfCancellationRequested();
            var type = _open.Pop().OriginalDefinition;
            if (!_seen.Add(type))
                continue;

            bool? hasLoader = null;
            foreach (var member in type.GetMembers())
            {
                if (member is not IPropertySymbol property || NavigationReader.TargetOf(property, _types) is not { } target)
                    continue;

                _open.Push(target);
                if (NavigationReader.MayBeProxied(property) || (hasLoader ??= NavigationReader.HasLoader(type, _types)))
                    found.Add((property, type));
            }

            if (type.BaseType is { SpecialType: SpecialType.None } ancestor)
                _open.Push(ancestor);
        }

        return found;
    }

    private void AddNavigations(List<(IPropertySymbol Property, INamedTypeSymbol Owner)> candidates)
    {
        if (candidates.Count == 0)
            return;

        var declaring = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var areProxiesOff = _model.AreProxiesOff(_contexts);
        foreach (var (property, owner) in candidates)
        {
            _cancel.ThrowIfCancellationRequested();
            var loading = NavigationReader.LoadingOf(property, _types, _compilation.Assembly);
            if ((loading == NavigationLoading.Loader || (loading == NavigationLoading.Proxy && !areProxiesOff)) && _model.NavigationOf(property, owner) is not null)
            {
                _names.Add(property.Name);
                declaring.Add(owner);
            }
        }

        if (_names.Count == 0)
            return;

        foreach (var type in _seen)
        {
            for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            {
                if (declaring.Contains(current.OriginalDefinition))
                    _owners.Add(type.Name);
            }
        }
    }
}
