namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// Items by the hash of a name: two arrays of integers, where a dictionary of lists would take forty times the memory.
/// Whoever asks compares the names; items of one name come in the reverse order of their adding.
/// </summary>
internal sealed class NameIndex
{
    private readonly int[] _first;
    private readonly int[] _next;
    private readonly int _mask;

    public NameIndex(int capacity)
    {
        var size = 16;
        while (size < capacity)
            size *= 2;

        (_first, _next, _mask) = (new int[size], new int[capacity], size - 1);
    }

    public static int Hash(string text) => Hash(text, 0, text.Length);

    public static int Hash(string text, int start, int end)
    {
        var hash = end - start;
        for (var i = start; i < end; i++)
            hash = (hash * 31) + text[i];

        return hash;
    }

    /// <summary>The hash of a name within a type.</summary>
    public static int Hash(string text, int owner) => Hash(text) ^ (owner * 0x2545F491);

    public void Add(int item, int hash)
    {
        ref var first = ref _first[Place(hash)];
        _next[item] = first;
        first = item + 1;
    }

    /// <summary>The item last added with a hash like this one, or -1.</summary>
    public int First(int hash) => _first[Place(hash)] - 1;

    /// <summary>The one added before it, or -1.</summary>
    public int Next(int item) => _next[item] - 1;

    private int Place(int hash) => (int)((uint)(hash * -1640531535) >> 8) & _mask;
}
