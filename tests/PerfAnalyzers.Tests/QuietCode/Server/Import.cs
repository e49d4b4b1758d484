using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Data;

namespace Shop.Import;

public sealed record Incoming(string Sku, string Name, decimal Price);

/// <summary>Takes what came in, a batch at a time, with two statements for each batch.</summary>
public sealed class ImportWorker(Channel<Incoming> incoming, IServiceScopeFactory scopes) : BackgroundService
{
    private const int BatchSize = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Incoming>(BatchSize);
        while (await incoming.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < BatchSize && incoming.Reader.TryRead(out var item))
                batch.Add(item);

            await SaveAsync(batch, stoppingToken);
            batch.Clear();
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
        }
    }

    private async Task SaveAsync(List<Incoming> batch, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var skus = batch.Select(item => item.Sku).ToList();
        var known = await db.Products.Where(p => skus.Contains(p.Sku)).ToDictionaryAsync(p => p.Sku, cancel);
        foreach (var item in batch)
        {
            if (!known.TryGetValue(item.Sku, out var product))
            {
                known.Add(item.Sku, product = new Product { Sku = item.Sku });
                db.Products.Add(product);
            }

            product.Name = item.Name;
            product.Price = item.Price;
        }

        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>A device that can only be asked: it has a thread of its own, which serves nobody else.</summary>
public sealed class ScaleReader : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stopped;
    private long _grams;

    public ScaleReader()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public long Grams => Interlocked.Read(ref _grams);

    public void Dispose() => _stopped = true;

    private void Run()
    {
        while (!_stopped)
        {
            Interlocked.Exchange(ref _grams, Environment.TickCount64 % 1000);
            Thread.Sleep(50);
        }
    }
}
