using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Methods that are never suggested because the user said so, as <c>Namespace.Type.Method</c> or <c>Namespace.Type</c>.</summary>
internal sealed class ExcludedSymbols
{
    public static readonly ExcludedSymbols None = new([]);

    // By the last part of the name, so that a method is compared with the few entries that can mean it.
    private readonly Dictionary<string, List<string[]>> _byLastName = new(StringComparer.Ordinal);

    /// <summary>One entry per item; empty ones and what follows a <c>#</c> are skipped.</summary>
    public ExcludedSymbols(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            var comment = entry.IndexOf('#');
            var name = (comment < 0 ? entry : entry.Substring(0, comment)).Trim();
            if (name.StartsWith("global::", StringComparison.Ordinal))
                name = name.Substring("global::".Length);

            if (name == "")
                continue;

            var parts = name.Split('.');
            for (var i = 0; i < parts.Length; i++)
                parts[i] = WithoutArity(parts[i]);

            var last = parts[parts.Length - 1];
            if (!_byLastName.TryGetValue(last, out var list))
                _byLastName.Add(last, list = []);

            list.Add(parts);
        }
    }

    /// <summary>Whether the method, what it overrides, or a type that declares one of them, is listed.</summary>
    public bool Contains(IMethodSymbol method)
    {
        if (_byLastName.Count == 0)
            return false;

        for (var current = (method.ReducedFrom ?? method).OriginalDefinition; current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (Matches(current) || Matches(Calls.HomeOf(current)))
                return true;
        }

        return false;
    }

    private bool Matches(ISymbol symbol)
    {
        if (!_byLastName.TryGetValue(symbol.Name, out var entries))
            return false;

        foreach (var parts in entries)
        {
            if (Matches(symbol, parts))
                return true;
        }

        return false;
    }

    private static bool Matches(ISymbol symbol, string[] parts)
    {
        ISymbol? current = symbol;
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (current is null or INamespaceSymbol { IsGlobalNamespace: true } || current.Name != parts[i])
                return false;

            current = current is IMethodSymbol method ? Calls.HomeOf(method) : (ISymbol?)current.ContainingType ?? current.ContainingNamespace;
        }

        return current is null or INamespaceSymbol { IsGlobalNamespace: true };
    }

    /// <summary><c>List`1</c> and <c>List&lt;T&gt;</c> are both written for a generic type.</summary>
    private static string WithoutArity(string name)
    {
        var end = name.IndexOfAny(['`', '<', '(']);
        return end < 0 ? name : name.Substring(0, end);
    }
}
