using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Shop.Files;

public interface IFileStore
{
    Task SaveAsync(string name, Stream content, CancellationToken cancel);

    IAsyncEnumerable<string> NamesAsync(CancellationToken cancel);
}

public sealed class FileStore(string root) : IFileStore, IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(4, 4);

    public async Task SaveAsync(string name, Stream content, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var file = new FileStream(Path.Combine(root, name), FileMode.Create, FileAccess.Write, FileShare.None, 81920, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
                await content.CopyToAsync(file, cancel).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async IAsyncEnumerable<string> NamesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var path in Directory.EnumerateFiles(root))
        {
            cancel.ThrowIfCancellationRequested();
            yield return Path.GetFileName(path);
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync()
    {
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Middleware that answers from memory or hands on.</summary>
public sealed class MaintenanceMiddleware(RequestDelegate next)
{
    private static readonly HashSet<string> s_open = new(["/health", "/ready"], StringComparer.Ordinal);

    private volatile bool _closed;

    public Task InvokeAsync(HttpContext context)
    {
        if (!_closed || s_open.Contains(context.Request.Path.Value ?? ""))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("closed", context.RequestAborted);
    }

    public bool Close(params string[] reasons)
    {
        _closed = reasons.Select(reason => reason.Trim()).Any(reason => reason.Length > 0);
        return _closed;
    }
}
