using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Catalogue;
using Shop.Data;
using Shop.Import;
using Shop.Orders;
using Shop.Rates;

namespace Shop;

/// <summary>Runs once, before the first request: nothing here holds a thread that somebody waits for.</summary>
public static class Startup
{
    private static readonly string s_banner = File.Exists("banner.txt") ? File.ReadAllText("banner.txt") : "";

    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddMemoryCache();
        builder.Services.AddControllers();
        builder.Services.AddResponseCompression();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Channel.CreateBounded<Incoming>(10_000));
        builder.Services.AddSingleton<Counters>();
        builder.Services.AddScoped<IOrderService, OrderService>();
        builder.Services.AddHostedService<ImportWorker>();
        builder.Services.AddHttpClient<RatesClient>(client =>
        {
            client.BaseAddress = new Uri("https://rates.example/");
            client.Timeout = TimeSpan.FromSeconds(5);
        });

        var app = builder.Build();
        app.UseResponseCompression();
        app.MapControllers();
        app.MapProducts();
        Console.WriteLine(s_banner);
        Seed(app.Services);
        app.Run();
    }

    private static void Seed(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        if (db.Categories.Any())
            return;

        var names = File.ReadAllLines("categories.txt");
        var existing = db.Categories.Select(c => c.Name).ToList();
        foreach (var name in names)
        {
            if (!existing.Contains(name))
                db.Categories.Add(new Category { Name = name });
        }

        db.SaveChanges();
    }
}
