using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;

namespace SlowShop.Web.Controllers;

/// <summary>Who makes what. Nobody tells the database when a visitor has left.</summary>
[ApiController]
[Route("api/brands")]
public class BrandsController(ShopContext db) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<List<string>>> List()
    {
        return await db.Brands.OrderBy(b => b.Name).Take(50).Select(b => b.Name).ToListAsync(); // expect: PERF112
    }

    /// <summary>The range of a brand, with what it costs on average.</summary>
    /// <param name="id">The brand.</param>
    [HttpGet("{id:int}/range")]
    public async Task<IActionResult> Range(int id)
    {
        var brand = await db.Brands.FindAsync(id); // expect: PERF112
        if (brand == null)
        {
            return NotFound();
        }

        var skus = await SkusAsync(id, limit: 5); // expect: PERF112
        return Ok(new
        {
            brand.Name,
            Skus = skus,
            Average = (int)await db.Products
                .Where(p => p.BrandId == id)
                .AverageAsync(p => p.UnitPrice), // expect: PERF112
        });
    }

    [HttpPut("{id:int}/name")]
    public async Task<IActionResult> Rename(int id, [FromBody] string name, CancellationToken cancellationToken)
    {
        var brand = await db.Brands.FindAsync([id], cancellationToken);
        if (brand == null)
        {
            return NotFound();
        }

        // Fine: who renames a brand wants it renamed, and says so.
        brand.Name = name;
        await db.SaveChangesAsync(CancellationToken.None);
        return Ok(brand.Name);
    }

    private async Task<List<string>> SkusAsync(int brand, int limit = 10, CancellationToken cancellationToken = default)
    {
        return await db.Products.Where(p => p.BrandId == brand).OrderBy(p => p.Sku).Take(limit).Select(p => p.Sku).ToListAsync(cancellationToken);
    }
}
