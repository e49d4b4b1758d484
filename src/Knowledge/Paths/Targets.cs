using System;
using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>The functions that one call may run, in the order found; an interface of a large server may have hundreds.</summary>
internal sealed class Targets
{
    private readonly List<int> _found = [];
    private readonly HashSet<int> _seen = [];

    public int Count => _found.Count;

    public void Add(int function)
    {
        _seen.Add(function);
        _found.Add(function);
    }

    public void AddOnce(int function)
    {
        if (_seen.Add(function))
            _found.Add(function);
    }

    public bool Exists(Predicate<int> match) => _found.Exists(match);

    public int[] ToArray() => _found.ToArray();
}
