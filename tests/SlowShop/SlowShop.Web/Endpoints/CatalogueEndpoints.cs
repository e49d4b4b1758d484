using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Catalogue;
using SlowShop.Core.Customers;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;

namespace SlowShop.Web.Endpoints;

/// <summary>The catalogue as minimal endpoints.</summary>
internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        var catalogue = app.MapGroup("/catalogue");

        catalogue.MapGet("/reviews", async (ShopContext db, CancellationToken cancellationToken) =>
            await db.Reviews.Select(r => new { r.Id, r.Rating, r.Text }).ToListAsync(cancellationToken)); // expect: PERF303

        catalogue.MapGet("/cheapest", async (ShopContext db, int pageSize, CancellationToken cancellationToken) =>
        {
            var products = db.Products.OrderBy(p => p.UnitPrice).ThenBy(p => p.Id).Select(p => new { p.Sku, p.UnitPrice });
            var page = products.Take(pageSize); // expect: PERF303
            return await page.ToListAsync(cancellationToken);
        });

        catalogue.MapGet("/open-orders", (ShopContext db) =>
            new { count = db.Orders.Count(o => o.Status == OrderStatus.Open) }); // expect: PERF104

        catalogue.MapGet("/categories/{id:int}", (int id, ShopContext db) =>
        {
            var category = db.Categories.SingleOrDefault(c => c.Id == id); // expect: PERF104
            return category == null ? Results.NotFound() : Results.Ok(new { category.Id, category.Name });
        });

        catalogue.MapGet("/categories/{id:int}/ratings", (int id, ICustomerService customers, CancellationToken cancellationToken) =>
            customers.RatingsAsync(id, cancellationToken));

        catalogue.MapGet("/categories/{id:int}/brands", (int id, ICustomerService customers, CancellationToken cancellationToken) =>
            customers.BrandsAsync(id, cancellationToken));

        catalogue.MapGet("/counts", (ICatalogueRepository products, CancellationToken cancellationToken) =>
            products.CountByCategoryAsync(cancellationToken));

        catalogue.MapGet("/export", (ICatalogueRepository products, CancellationToken cancellationToken) =>
            products.ExportAsync(cancellationToken));

        catalogue.MapGet("/countries", CountriesAsync);

        catalogue.MapGet("/tags", async (ICatalogueRepository products, CancellationToken cancellationToken) =>
        {
            var all = await products.GetAllAsync(cancellationToken);
            return new { tags = TagCloud.Distinct(all), sale = TagCloud.OnSale(all) };
        });

        catalogue.MapGet("/compare", async (int[] ids, ICatalogueRepository products, CancellationToken cancellationToken) =>
        {
            var table = "sku";
            foreach (var product in await products.GetManyAsync(ids, cancellationToken))
            {
                table = table + "|" + product.Sku; // expect: PERF501
            }

            return new { table };
        });
    }

    private static async Task<IResult> CountriesAsync(ShopContext db, CancellationToken cancellationToken)
    {
        // Fine: a lookup table is short by nature.
        return Results.Ok(await db.Countries.OrderBy(c => c.Code).Select(c => new { c.Code, c.Name }).ToListAsync(cancellationToken));
    }
}
