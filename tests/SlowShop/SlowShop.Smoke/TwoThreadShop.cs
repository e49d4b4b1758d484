using System.Diagnostics;

namespace SlowShop.Smoke;

/// <summary>The shop in a process of its own, whose thread pool has two threads.</summary>
internal sealed class TwoThreadShop : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private TwoThreadShop(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<TwoThreadShop> StartAsync(Uri partner)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in new[] { "SlowShop.Web.dll", "--urls", "http://127.0.0.1:0", "--Partners:BaseAddress", partner.ToString() })
            start.ArgumentList.Add(argument);

        // Hexadecimal numbers, read by the runtime before the first line of the shop.
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "2";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var found = line.IndexOf(Listening, StringComparison.Ordinal);
            if (found >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new TwoThreadShop(process, new Uri(line[(found + Listening.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException($"The shop ended with {process.ExitCode} before it listened.");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
