using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>What the <c>using</c> directives of each tree, and the global ones of all, bring into sight.</summary>
internal sealed class Imports
{
    private readonly TreeContent[] _trees;
    private readonly List<UsingPart> _global = [];
    private readonly List<string> _globalStatics = [];
    private readonly bool[] _hasAliases;
    private bool _hasGlobalAliases;

    public Imports(TreeContent[] trees)
    {
        _trees = trees;
        _hasAliases = new bool[trees.Length];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            foreach (var item in trees[tree].Usings)
            {
                if (item.Alias is not null)
                    _hasAliases[tree] = true;

                if (!item.IsGlobal)
                    continue;

                _global.Add(item);
                _hasGlobalAliases |= item.Alias is not null;
                if (item.IsStatic)
                    _globalStatics.Add(item.Name);
            }
        }
    }

    public bool HasAliases(int tree) => _hasGlobalAliases || _hasAliases[tree];

    /// <summary>What an alias stands for.</summary>
    public string? Alias(int tree, string name)
    {
        if (!HasAliases(tree))
            return null;

        foreach (var item in _trees[tree].Usings)
        {
            if (item.Alias == name)
                return item.Name;
        }

        foreach (var item in _global)
        {
            if (item.Alias == name)
                return item.Name;
        }

        return null;
    }

    /// <summary>The types whose static members a tree can name alone.</summary>
    public IReadOnlyList<string> Statics(int tree)
    {
        List<string>? own = null;
        foreach (var item in _trees[tree].Usings)
        {
            if (item is { IsStatic: true, IsGlobal: false })
                (own ??= [.. _globalStatics]).Add(item.Name);
        }

        return own ?? _globalStatics;
    }

    /// <summary>Whether a tree imports a namespace.</summary>
    public bool Has(int tree, string @namespace)
    {
        foreach (var item in _trees[tree].Usings)
        {
            if (Names(item, @namespace))
                return true;
        }

        foreach (var item in _global)
        {
            if (Names(item, @namespace))
                return true;
        }

        return false;
    }

    private static bool Names(in UsingPart item, string @namespace)
    {
        if (item.Alias is not null || item.IsStatic)
            return false;

        if (item.Name == @namespace)
            return true;

        // Inside a namespace a using may be relative to it or to one around it.
        var before = @namespace.Length - item.Name.Length - 1;
        return before > 0 && item.Namespace.Length >= before && @namespace[before] == '.'
            && string.CompareOrdinal(@namespace, before + 1, item.Name, 0, item.Name.Length) == 0
            && string.CompareOrdinal(@namespace, 0, item.Namespace, 0, before) == 0
            && (item.Namespace.Length == before || item.Namespace[before] == '.');
    }
}
