namespace SlowShop.Web.Dispatch;

/// <summary>Sends notices to the carrier in the background, one after another.</summary>
public sealed class NoticeWorker(NoticeQueue queue, IHttpClientFactory clients) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var notice in queue.TakeAllAsync(stoppingToken))
        {
            try
            {
                notice.Complete(Send(notice));
            }
            catch (HttpRequestException error)
            {
                notice.Fail(error);
            }

            // The carrier wants a pause between two notices.
            Thread.Sleep(s_pause); // expect: PERF101
        }
    }

    private string Send(ParcelNotice notice)
    {
        var client = clients.CreateClient("carrier");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"stub/carrier/rates/{notice.Country}?grams={notice.Grams}");
        using var response = client.Send(request); // expect: PERF103
        return response.IsSuccessStatusCode ? "expected" : "unknown";
    }
}
