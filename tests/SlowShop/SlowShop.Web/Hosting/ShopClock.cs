namespace SlowShop.Web.Hosting;

/// <summary>Counts how long the shop is open, on threads of its own.</summary>
public sealed class ShopClock : IHostedService
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    private volatile bool _stopping;

    private int _ticks;

    private int _minutes;

    public bool IsRunning => !_stopping;

    public int Minutes => Volatile.Read(ref _minutes);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(CountTicks) { IsBackground = true, Name = "Shop clock" }.Start();
        _ = Task.Factory.StartNew(
            () =>
            {
                // Fine: a long-running task has a thread of its own.
                while (!_stopping)
                {
                    Thread.Sleep(s_tick);
                    Volatile.Write(ref _minutes, Volatile.Read(ref _ticks) / 1200);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        return Task.CompletedTask;
    }

    private void CountTicks()
    {
        // Fine: no pool thread waits here.
        while (!_stopping)
        {
            Thread.Sleep(s_tick);
            Interlocked.Increment(ref _ticks);
        }
    }
}
