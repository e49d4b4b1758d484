using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Which methods of a compilation a call of an interface's or an abstract member can run. Built when the first such call is asked about.</summary>
internal sealed class Implementations
{
    private static readonly ConditionalWeakTable<Compilation, Implementations> s_cache = new();

    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _derived = new(SymbolEqualityComparer.Default);

    private Implementations(Compilation compilation) => Add(compilation.Assembly.GlobalNamespace);

    public static Implementations Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new Implementations(c));

    /// <summary>The methods that implement or override <paramref name="method"/>; none where the compilation has none.</summary>
    public IReadOnlyList<IMethodSymbol> Of(IMethodSymbol method, CancellationToken cancel)
    {
        var found = new List<IMethodSymbol>();
        if (!_derived.TryGetValue(method.ContainingType.OriginalDefinition, out var types))
            return found;

        foreach (var type in types)
        {
            cancel.ThrowIfCancellationRequested();
            var implementation = method.ContainingType.TypeKind == TypeKind.Interface ? Implementing(type, method) : Overriding(type, method);
            if (implementation is { IsAbstract: false } && !found.Contains(implementation.OriginalDefinition))
                found.Add(implementation.OriginalDefinition);
        }

        return found;
    }

    private static IMethodSymbol? Implementing(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, method.ContainingType.OriginalDefinition))
                continue;

            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method.OriginalDefinition))
                    return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
            }
        }

        return null;
    }

    private static IMethodSymbol? Overriding(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var member in type.GetMembers(method.Name))
        {
            for (var overridden = (member as IMethodSymbol)?.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                    return (IMethodSymbol)member;
            }
        }

        return null;
    }

    private void Add(INamespaceOrTypeSymbol home)
    {
        foreach (var member in home.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol inner)
                continue;

            if (inner is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            {
                foreach (var contract in type.AllInterfaces)
                    Add(contract, type);

                for (var @base = type.BaseType; @base is not null; @base = @base.BaseType)
                    Add(@base, type);
            }

            Add(inner);
        }
    }

    private void Add(INamedTypeSymbol of, INamedTypeSymbol type)
    {
        if (of.DeclaringSyntaxReferences.IsEmpty)
            return;

        if (!_derived.TryGetValue(of.OriginalDefinition, out var types))
            _derived.Add(of.OriginalDefinition, types = []);

        types.Add(type);
    }
}
