namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>All calls of a compilation by the name that they use.</summary>
internal sealed class CallIndex
{
    private readonly FunctionTable _functions;
    private readonly NameIndex _byName;
    private readonly int[] _function;
    private readonly int[] _call;

    public CallIndex(FunctionTable functions)
    {
        _functions = functions;
        var count = 0;
        for (var i = 0; i < functions.Count; i++)
            count += functions[i].Calls.Count;

        (_function, _call, _byName) = (new int[count], new int[count], new NameIndex(count));
        for (var i = functions.Count - 1; i >= 0; i--)
        {
            var slice = functions[i].Calls;
            var calls = functions.ContentOf(i).Calls;
            for (var c = slice.Start + slice.Count - 1; c >= slice.Start; c--)
            {
                count--;
                (_function[count], _call[count]) = (i, c);
                _byName.Add(count, NameIndex.Hash(calls[c].Name));
            }
        }
    }

    /// <summary>The first call with a name like this one, or -1; the asker compares the names.</summary>
    public int First(string name) => _byName.First(NameIndex.Hash(name));

    public int Next(int item) => _byName.Next(item);

    public int FunctionOf(int item) => _function[item];

    public ref readonly CallPart Call(int item) => ref _functions.ContentOf(_function[item]).Calls[_call[item]];
}
