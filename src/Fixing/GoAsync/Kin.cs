using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Fixing;

/// <summary>The methods that must have the same signature as a method: what it overrides or implements, and what overrides or implements that.</summary>
internal sealed class Kin(Sources sources, TypeTree types)
{
    /// <summary>The method and its kin; <c>Outside</c> where one of them is not declared in the solution and so cannot change.</summary>
    public async Task<(IReadOnlyList<IMethodSymbol> Methods, bool Outside)> OfAsync(IMethodSymbol method)
    {
        var methods = new List<IMethodSymbol>();
        var seen = new HashSet<FunctionKey>();
        var open = new Queue<IMethodSymbol>();
        var outside = !Add(method);
        while (open.Count > 0)
        {
            var current = open.Dequeue();
            if (current.OverriddenMethod is { } overridden)
                outside |= !Add(overridden);

            foreach (var implemented in current.ExplicitInterfaceImplementations)
                outside |= !Add(implemented);

            if (current.ContainingType.TypeKind != TypeKind.Interface)
            {
                foreach (var implemented in ImplementedBy(current, current.ContainingType))
                    outside |= !Add(implemented);
            }

            if (!CanHaveKinBelow(current) || await sources.OfAsync(current.DeclaringSyntaxReferences[0].SyntaxTree).ConfigureAwait(false) is not { } source)
                continue;

            foreach (var derived in await types.DerivedAsync(current.ContainingType.OriginalDefinition, source.Document.Project).ConfigureAwait(false))
            {
                foreach (var related in current.ContainingType.TypeKind == TypeKind.Interface
                    ? ImplementationsIn(derived, current)
                    : derived.GetMembers(current.Name).OfType<IMethodSymbol>()
                        .Where(m => m.OverriddenMethod is { } from && TypeTree.IsSame(from, current)).Concat(ImplementedBy(current, derived)))
                {
                    outside |= !Add(related);
                }
            }
        }

        return (methods, outside);

        bool Add(IMethodSymbol candidate)
        {
            var defined = candidate.OriginalDefinition;
            defined = defined.PartialDefinitionPart ?? defined;
            if (FunctionKey.Of(defined) is not { } key)
                return false;

            if (seen.Add(key))
            {
                methods.Add(defined);
                open.Enqueue(defined);
            }

            return true;
        }
    }

    private static bool CanHaveKinBelow(IMethodSymbol method) => !method.IsStatic || method.IsAbstract || method.IsVirtual
        ? method is { DeclaredAccessibility: not Accessibility.Private, ContainingType: { IsSealed: false, TypeKind: TypeKind.Class or TypeKind.Interface } }
        : false;

    /// <summary>Interface members that <paramref name="method"/> implements for <paramref name="type"/>, which may inherit it.</summary>
    public static IEnumerable<IMethodSymbol> ImplementedBy(IMethodSymbol method, INamedTypeSymbol type)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            foreach (var member in implemented.GetMembers(method.Name))
            {
                if (member is IMethodSymbol && type.FindImplementationForInterfaceMember(member) is IMethodSymbol found && TypeTree.IsSame(found, method))
                    yield return (IMethodSymbol)member;
            }
        }
    }

    private static IEnumerable<IMethodSymbol> ImplementationsIn(INamedTypeSymbol type, IMethodSymbol interfaceMember)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (!TypeTree.IsSame(implemented, interfaceMember.ContainingType))
                continue;

            foreach (var member in implemented.GetMembers(interfaceMember.Name))
            {
                if (TypeTree.IsSame(member, interfaceMember) && type.FindImplementationForInterfaceMember(member) is IMethodSymbol found)
                    yield return found;
            }
        }
    }
}
