using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Compilations that are run, not referenced: what nothing in them calls, nobody calls.</summary>
internal static class Programs
{
    public static bool Are(Compilation compilation) => compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication;

    /// <summary>Whether code outside can call the method by a name of its own: it implements a member of another assembly, or overrides one.</summary>
    public static bool IsCalledFromOutside(IMethodSymbol method, Compilation compilation)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (!SymbolEqualityComparer.Default.Equals(current.ContainingAssembly, compilation.Assembly))
                return true;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, compilation.Assembly))
                continue;

            foreach (var member in contract.GetMembers())
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                    return true;
            }
        }

        return false;
    }
}
