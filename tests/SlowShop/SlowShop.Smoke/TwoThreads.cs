using System.Net;
using Xunit;

namespace SlowShop.Smoke;

/// <summary>
/// No request may hold a thread while it waits. SLOWSHOP_TWO_THREADS=1 runs this; it fails until the fixes of
/// PERF101 to PERF114 are applied.
/// </summary>
public sealed class TwoThreads
{
    private const int Waiting = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Endpoints whose first step is a question to a partner, each asked as often as the others.</summary>
    private static readonly string[] s_partnerPaths =
    [
        "/api/shipping/quote?country=AT&grams=900",
        "/api/shipping/return-label?country=BE",
        "/api/shipping/rate?country=FR&grams=1200",
        "/api/shipping/express?country=PT&grams=300",
        "/api/shipping/surcharge?country=AT&grams=800",
        "/api/shipping/cheapest?countries=PT&grams=400",
        "/api/shipping/track/P-77",
        "/exchange/USD?cents=1000",
    ];

    [SwitchedFact("SLOWSHOP_TWO_THREADS")]
    public async Task Every_endpoint_answers_while_forty_requests_wait_for_a_partner()
    {
        using var partner = new HeldPartner(Waiting);
        using var shop = await TwoThreadShop.StartAsync(partner.Start());
        using var client = new HttpClient { BaseAddress = shop.Address, Timeout = TimeSpan.FromMinutes(1) };

        var waiting = Enumerable.Range(0, Waiting).Select(i => client.GetAsync(s_partnerPaths[i % s_partnerPaths.Length])).ToList();
        for (var left = s_patience; partner.Asked < Waiting && left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(20))
            await Task.Delay(20);

        Assert.True(partner.Asked == Waiting, $"Only {partner.Asked} of {Waiting} requests have reached the partner: the others wait for a thread.");
        foreach (var (endpoint, samples) in Samples.All)
        {
            using var request = EveryEndpoint.Request(endpoint, samples[0]);
            using var response = await client.SendAsync(request).WaitAsync(s_patience);
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{request.Method} {request.RequestUri}: {response.StatusCode}");
        }

        Assert.DoesNotContain(waiting, request => request.IsCompleted);
        partner.Release();
        foreach (var response in await Task.WhenAll(waiting))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
