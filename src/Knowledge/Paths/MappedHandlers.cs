using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>Methods that code of any file gives to <c>MapGet</c> and its kin as handlers.</summary>
internal static class MappedHandlers
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> s_cache = new();

    /// <summary>The names of these methods. Read from the summaries that request paths are built from.</summary>
    public static HashSet<string> Of(Compilation compilation, CancellationToken cancel)
    {
        if (s_cache.TryGetValue(compilation, out var names))
            return names;

        names = [];
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var call in TreeSummary.Of(tree, cancel).Content.Calls)
            {
                if (call is { Handler: HandlerKind.Endpoint, Kind: CallKind.Handler })
                    names.Add(call.Name);
            }
        }

        return s_cache.GetValue(compilation, _ => names);
    }

    /// <summary>Whether a method that maps a handler takes any delegate, whose parameters the framework then binds by their types.</summary>
    public static bool TakesAny(IMethodSymbol mapping) =>
        mapping.Parameters.Length > 0 && mapping.Parameters[mapping.Parameters.Length - 1].Type is { Name: "Delegate", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
