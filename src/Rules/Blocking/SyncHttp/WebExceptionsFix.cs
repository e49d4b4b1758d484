using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Whether anybody in a compilation looks at <c>WebException</c>, which HttpClient never throws.</summary>
internal static class WebExceptionsFix
{
    private static readonly ConditionalWeakTable<Compilation, object> s_cache = new();

    public static bool AreReadIn(Compilation compilation, CancellationToken cancel) => (bool)s_cache.GetValue(compilation, c => Find(c, cancel));

    private static object Find(Compilation compilation, CancellationToken cancel)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.GetText(cancel).ToString().Contains("WebException"))
                return true;
        }

        return false;
    }
}
