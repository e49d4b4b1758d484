using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Shop.Rates;

public sealed record Rate(string Currency, decimal Value);

/// <summary>A typed client: the factory owns its handler.</summary>
public sealed class RatesClient(HttpClient http, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly SemaphoreSlim _one = new(1, 1);
    private (DateTimeOffset Until, IReadOnlyList<Rate> Rates) _kept;

    public async Task<IReadOnlyList<Rate>> CurrentAsync(CancellationToken cancel)
    {
        if (_kept.Until > time.GetUtcNow())
            return _kept.Rates;

        await _one.WaitAsync(cancel);
        try
        {
            if (_kept.Until <= time.GetUtcNow())
                _kept = (time.GetUtcNow().AddMinutes(1), await http.GetFromJsonAsync<List<Rate>>("rates", s_json, cancel) ?? []);

            return _kept.Rates;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Both calls run at once; their results are there when they are read.</summary>
    public async Task<decimal> CrossAsync(string from, string to, CancellationToken cancel)
    {
        var left = http.GetFromJsonAsync<Rate>($"rates/{from}", s_json, cancel);
        var right = http.GetFromJsonAsync<Rate>($"rates/{to}", s_json, cancel);
        await Task.WhenAll(left, right);
        return left.Result!.Value / right.Result!.Value;
    }

    public async Task<Rate?> WithRetryAsync(string currency, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await http.GetAsync($"rates/{currency}", HttpCompletionOption.ResponseHeadersRead, cancel);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadFromJsonAsync<Rate>(s_json, cancel);
            }
            catch (HttpRequestException) when (attempt < 3)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), time, cancel);
            }
        }
    }
}

/// <summary>A gate by key: what blocks here blocks for nanoseconds.</summary>
public sealed class Counters
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Lazy<long>> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Add(string name)
    {
        _ = _started.GetOrAdd(name, _ => new Lazy<long>(() => Environment.TickCount64)).Value;
        lock (_gate)
        {
            return _counts[name] = _counts.GetValueOrDefault(name) + 1;
        }
    }
}
