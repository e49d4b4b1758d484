namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>
/// How deep and how far the readers may go that answer one question about a query. They share it: a limit of each
/// would be multiplied by the methods that are followed, and the stack of an analyzer is small.
/// </summary>
internal sealed class QueryBudget
{
    /// <summary>Deeper nesting than this is no code that people write.</summary>
    public const int MostNested = 96;

    /// <summary>How many expressions and statements one question may cost.</summary>
    public const int MostRead = 4000;

    private int _nested;
    private int _read;

    /// <summary>How deep the readers have been, for tests.</summary>
    public int Deepest { get; private set; }

    /// <summary>Whether one more level may be read; every level that was entered must be left.</summary>
    public bool TryEnter()
    {
        if (_nested >= MostNested || _read >= MostRead)
            return false;

        _nested++;
        _read++;
        if (_nested > Deepest)
            Deepest = _nested;

        return true;
    }

    public void Leave() => _nested--;
}
