using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>The members that say how a method looks: those that it overrides, and those of interfaces that it implements.</summary>
internal static class Contracts
{
    /// <summary>The overridden methods, nearest first, then the interface members that the method implements under its own name.</summary>
    public static IEnumerable<IMethodSymbol> Of(IMethodSymbol method)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            yield return overridden;

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (member is IMethodSymbol promised && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(promised), method))
                    yield return promised;
            }
        }
    }
}
