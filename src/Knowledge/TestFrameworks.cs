using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Whether a compilation is a test project, where nobody waits for a request.</summary>
internal static class TestFrameworks
{
    private static readonly ConditionalWeakTable<Compilation, object> s_cache = new();

    public static bool AreReferencedBy(Compilation compilation) => (bool)s_cache.GetValue(compilation, static c => Find(c));

    private static bool Find(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            switch (assembly.Name)
            {
                case "xunit.core" or "xunit.assert" or "xunit.v3.core" or "xunit.v3.assert" or "nunit.framework"
                    or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework" or "TUnit.Core":
                    return true;
            }
        }

        return false;
    }
}
