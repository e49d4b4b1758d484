namespace SlowShop.Web.Endpoints;

/// <summary>Counts what people look for.</summary>
public sealed class SearchLog : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    private readonly Dictionary<string, int> _counts = [];

    public async void Note(string text) // expect: PERF113
    {
        await CountAsync(text);
    }

    public async Task CountAsync(string text)
    {
        await _turn.WaitAsync();
        try
        {
            _counts[text] = _counts.GetValueOrDefault(text) + 1;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
