using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SlowShop.Smoke;

/// <summary>The partners' stubs in this process: the first questions get no answer before <see cref="Release"/>, later ones at once.</summary>
/// <param name="held">How many questions are held.</param>
internal sealed class HeldPartner(int held) : IStartupFilter, IDisposable
{
    private readonly WebApplicationFactory<Program> _server = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplicationFactory<Program>? _running;
    private int _asked;

    /// <summary>How many questions have come so far.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public Uri Start()
    {
        _running = _server.WithWebHostBuilder(host => host.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this)));
        _running.UseKestrel(0);
        _running.StartServer();
        return new Uri(_running.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    public void Release() => _release.TrySetResult();

    public void Dispose()
    {
        Release();
        _running?.Dispose();
        _server.Dispose();
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, answer) =>
        {
            if (Interlocked.Increment(ref _asked) <= held)
                await _release.Task.WaitAsync(context.RequestAborted);

            await answer(context);
        });
        next(app);
    };
}
