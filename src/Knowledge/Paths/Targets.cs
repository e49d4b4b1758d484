using System;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>The functions that one call may run, in the order found. One object serves all calls, one after the other.</summary>
internal sealed class Targets(int functions)
{
    private readonly int[] _rounds = new int[functions];
    private int[] _found = new int[64];
    private int _round = 1;

    public int Count { get; private set; }

    public int this[int index] => _found[index];

    public void Clear()
    {
        Count = 0;
        _round++;
    }

    /// <summary>Adds a function unless it is there.</summary>
    public void Add(int function)
    {
        if (_rounds[function] == _round)
            return;

        _rounds[function] = _round;
        if (Count == _found.Length)
            Array.Resize(ref _found, Count * 2);

        _found[Count++] = function;
    }

    public void Swap(int left, int right) => (_found[left], _found[right]) = (_found[right], _found[left]);

    /// <summary>Keeps the first ones.</summary>
    public void Truncate(int count)
    {
        while (Count > count)
            _rounds[_found[--Count]] = 0;
    }

    public bool Contains(int function) => _rounds[function] == _round;
}
