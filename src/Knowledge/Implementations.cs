using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Which methods of its compilation a call may run, where all of them are in sight.</summary>
internal sealed class Implementations
{
    /// <summary>A call that may run more than this is not decided here.</summary>
    private const int Most = 8;

    private static readonly ConditionalWeakTable<Compilation, Implementations> s_cache = new();

    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _known = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;
    private readonly object _gate = new();
    private Dictionary<ISymbol, List<INamedTypeSymbol>>? _derived;

    private Implementations(Compilation compilation) => _compilation = compilation;

    public static Implementations Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new Implementations(c));

    /// <summary>The methods with bodies that a call of <paramref name="method"/> may run; empty where one of them is not in sight, or there are too many.</summary>
    public ImmutableArray<IMethodSymbol> For(IMethodSymbol method, CancellationToken cancel)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly))
            return ImmutableArray<IMethodSymbol>.Empty;

        if (!_known.TryGetValue(method, out var found))
        {
            found = Find(method, cancel);
            _known.TryAdd(method, found);
        }

        return found;
    }

    /// <summary>The methods with bodies that implement or override <paramref name="method"/>; none where the compilation has none.</summary>
    public IReadOnlyCollection<IMethodSymbol> Of(IMethodSymbol method, CancellationToken cancel)
    {
        method = method.OriginalDefinition;
        var found = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var type in Derived(method.ContainingType, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var other in method.ContainingType.TypeKind == TypeKind.Interface ? Implementing(type, method) : Overriding(type, method))
            {
                if (other is { IsAbstract: false, ContainingType.TypeKind: not TypeKind.Interface })
                    found.Add(other.OriginalDefinition);
            }
        }

        return found;
    }

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method, CancellationToken cancel)
    {
        var found = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (method.ContainingType?.TypeKind == TypeKind.Interface && !method.IsStatic)
        {
            foreach (var type in Derived(method.ContainingType, cancel))
            {
                if (type.TypeKind is TypeKind.Class or TypeKind.Struct && !AddImplementation(type, method, found, cancel))
                    return ImmutableArray<IMethodSymbol>.Empty;
            }
        }
        else if (!AddVirtual(method, found, cancel))
        {
            return ImmutableArray<IMethodSymbol>.Empty;
        }

        return found.Count is 0 or > Most ? ImmutableArray<IMethodSymbol>.Empty : ImmutableArray.CreateRange(found);
    }

    private bool AddImplementation(INamedTypeSymbol type, IMethodSymbol member, HashSet<IMethodSymbol> found, CancellationToken cancel)
    {
        foreach (var implementation in Implementing(type, member))
        {
            // An abstract class leaves it to those that derive from it.
            if (implementation is null)
                return type.IsAbstract;

            if (!AddVirtual(implementation.OriginalDefinition, found, cancel))
                return false;
        }

        return true;
    }

    /// <summary>What the type runs for the member of an interface, once for each form of the interface; null where it leaves that to others.</summary>
    private static IEnumerable<IMethodSymbol?> Implementing(INamedTypeSymbol type, IMethodSymbol member)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, member.ContainingType))
                continue;

            foreach (var candidate in contract.GetMembers(member.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, member))
                    yield return type.FindImplementationForInterfaceMember(candidate) as IMethodSymbol;
            }
        }
    }

    private static IEnumerable<IMethodSymbol> Overriding(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var member in type.GetMembers(method.Name))
        {
            if (member is IMethodSymbol { IsOverride: true } other && Overrides(other, method))
                yield return other;
        }
    }

    private bool AddVirtual(IMethodSymbol method, HashSet<IMethodSymbol> found, CancellationToken cancel)
    {
        if (!method.IsAbstract)
        {
            method = method.PartialImplementationPart ?? method;
            if (method.IsExtern || method.DeclaringSyntaxReferences.IsEmpty || !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly))
                return false;

            found.Add(method);
        }

        if (!method.IsVirtual && !method.IsAbstract && !method.IsOverride)
            return true;

        foreach (var type in Derived(method.ContainingType, cancel))
        {
            foreach (var other in Overriding(type, method))
            {
                if (!other.IsAbstract)
                    found.Add(other);
            }
        }

        return true;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol @base)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, @base))
                return true;
        }

        return false;
    }

    private List<INamedTypeSymbol> Derived(INamedTypeSymbol type, CancellationToken cancel)
    {
        if (Volatile.Read(ref _derived) is not { } derived)
        {
            lock (_gate)
                derived = _derived ??= Index(cancel);
        }

        return derived.TryGetValue(type.OriginalDefinition, out var types) ? types : [];
    }

    /// <summary>All types of the compilation by each of their bases and interfaces.</summary>
    private Dictionary<ISymbol, List<INamedTypeSymbol>> Index(CancellationToken cancel)
    {
        var derived = new Dictionary<ISymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(_compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var member in open.Pop().GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol inner)
                    continue;

                open.Push(inner);
                if (inner is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } type)
                    continue;

                foreach (var contract in type.AllInterfaces)
                    Add(contract, type);

                for (var @base = type.BaseType; @base is not null && @base.SpecialType != SpecialType.System_Object; @base = @base.BaseType)
                    Add(@base, type);
            }
        }

        return derived;

        void Add(INamedTypeSymbol @base, INamedTypeSymbol type)
        {
            if (!SymbolEqualityComparer.Default.Equals(@base.ContainingAssembly, _compilation.Assembly))
                return;

            if (!derived.TryGetValue(@base.OriginalDefinition, out var types))
                derived.Add(@base.OriginalDefinition, types = []);

            types.Add(type);
        }
    }
}
