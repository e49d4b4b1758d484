using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>The names that <c>global using Name = …;</c> gives to types in all files of a compilation.</summary>
internal static class GlobalAliases
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> s_cache = new();

    public static bool Contain(string name, Compilation compilation, CancellationToken cancel)
    {
        if (!s_cache.TryGetValue(compilation, out var names))
        {
            var found = Find(compilation, cancel);
            names = s_cache.GetValue(compilation, _ => found);
        }

        return names.Contains(name);
    }

    private static HashSet<string> Find(Compilation compilation, CancellationToken cancel)
    {
        var names = new HashSet<string>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var import in ((CompilationUnitSyntax)tree.GetRoot(cancel)).Usings)
            {
                if (import.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && import.Alias is { } alias)
                    names.Add(alias.Name.Identifier.ValueText);
            }
        }

        return names;
    }
}
