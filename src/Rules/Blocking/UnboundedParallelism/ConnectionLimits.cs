using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Whether the project limits how many connections to one host its HTTP clients open.</summary>
internal static class ConnectionLimits
{
    private static readonly ConditionalWeakTable<Compilation, object> s_cache = new();

    /// <summary>Looked for in the text: which client of which name a limit is for cannot be seen anyway.</summary>
    public static bool AreSetIn(Compilation compilation, CancellationToken cancel) => (bool)s_cache.GetValue(compilation, project =>
    {
        foreach (var tree in project.SyntaxTrees)
        {
            if (tree.GetText(cancel).ToString().IndexOf("MaxConnectionsPerServer", StringComparison.Ordinal) >= 0)
                return true;
        }

        return false;
    });
}
