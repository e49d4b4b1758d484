using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Shop.Data;

namespace Shop.Catalogue;

public sealed record ProductRow(int Id, string Sku, string Name, decimal Price);

public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

public static class ProductEndpoints
{
    private const int MaxPageSize = 100;

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/products");
        group.MapGet("/", ListAsync);
        group.MapGet("/{id:int}", async (int id, ShopContext db, CancellationToken cancel) =>
            await db.Products.AsNoTracking().Where(p => p.Id == id).Select(p => new ProductRow(p.Id, p.Sku, p.Name, p.Price)).FirstOrDefaultAsync(cancel) is { } row
                ? Results.Ok(row)
                : Results.NotFound());
        group.MapGet("/categories", CategoriesAsync);
        group.MapPost("/by-sku", BySkuAsync);
    }

    private static async Task<Page<ProductRow>> ListAsync(
        ShopContext db, string? search, decimal? from, int[]? categories, int page = 0, int size = 20, CancellationToken cancel = default)
    {
        var query = db.Products.AsNoTracking();
        if (!string.IsNullOrEmpty(search))
            query = query.Where(p => p.Name.StartsWith(search));

        if (from is { } least)
            query = query.Where(p => p.Price >= least);

        if (categories is { Length: > 0 })
            query = query.Where(p => categories.Contains(p.CategoryId)); // SQL's IN, not a loop

        var total = await query.CountAsync(cancel);
        var rows = await query.OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Skip(page * size).Take(Math.Clamp(size, 1, MaxPageSize))
            .Select(p => new ProductRow(p.Id, p.Sku, p.Name, p.Price))
            .ToListAsync(cancel);
        return new Page<ProductRow>(rows, total);
    }

    private static async Task<Dictionary<int, string>> CategoriesAsync(ShopContext db, IMemoryCache cache, CancellationToken cancel)
    {
        var found = await cache.GetOrCreateAsync("categories", async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5);
            return await db.Categories.AsNoTracking().OrderBy(c => c.Id).Take(500).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        });
        return found ?? [];
    }

    private static async Task<List<string>> BySkuAsync(string[] skus, ShopContext db, CancellationToken cancel)
    {
        var wanted = skus.Take(MaxPageSize).ToHashSet(StringComparer.Ordinal);
        var known = await db.Products.Where(p => wanted.Contains(p.Sku)).Select(p => p.Sku).Take(MaxPageSize).ToListAsync(cancel);
        wanted.ExceptWith(known);
        return [.. wanted];
    }
}
