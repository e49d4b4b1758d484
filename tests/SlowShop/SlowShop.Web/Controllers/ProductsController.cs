using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using SlowShop.Core.Catalogue;
using SlowShop.Core.Data;

namespace SlowShop.Web.Controllers;

/// <summary>Single products and pages of them.</summary>
[ApiController]
[Route("api/products")]
public class ProductsController : ControllerBase
{
    private readonly ShopContext _db;

    private readonly ICatalogueRepository _catalogue;

    public ProductsController(ShopContext db, ICatalogueRepository catalogue)
    {
        _db = db;
        _catalogue = catalogue;
    }

    [HttpGet("{id:int}")]
    public ActionResult<ProductCard> Get(int id)
    {
        var product = _db.Products.FirstOrDefault(p => p.Id == id); // expect: PERF104
        if (product == null)
        {
            return NotFound();
        }

        return new ProductCard(product.Sku, product.Name, product.Brand.Name, product.UnitPrice);
    }

    [HttpGet]
    public async Task<IEnumerable<ProductCard>> List(int page = 0, int pageSize = 10, CancellationToken cancellationToken = default)
    {
        var products = await _catalogue.GetPageAsync(page, pageSize, cancellationToken);
        return products.Select(p => new ProductCard(p.Sku, p.Name, p.Brand.Name, p.UnitPrice));
    }

    [HttpGet("find")]
    public async Task<IEnumerable<string>> Find([FromQuery] ProductFilter filter, CancellationToken cancellationToken)
    {
        var products = await _catalogue.FindAsync(filter, cancellationToken);
        return products.Select(p => p.Sku);
    }

    [HttpGet("{id:int}/link")]
    public async Task<ActionResult<string>> Link(int id, CancellationToken cancellationToken)
    {
        var product = await _db.Products.FindAsync([id], cancellationToken);
        return product == null ? NotFound() : $"/shop/{Slug(product.Name)}-{product.Id}";
    }

    [HttpPut("{id:int}/price")]
    public async Task<ActionResult<ProductCard>> ChangePrice(int id, [FromBody] int unitPrice, CancellationToken cancellationToken)
    {
        var product = await _db.Products.FindAsync([id], cancellationToken);
        if (product == null)
        {
            return NotFound();
        }

        product.UnitPrice = unitPrice;
        _db.SaveChanges(); // expect: PERF104

        // Price tags in the shop follow within a moment.
        Thread.Sleep(10); // expect: PERF101
        return new ProductCard(product.Sku, product.Name, product.Brand.Name, product.UnitPrice);
    }

    private static string Slug(string name)
    {
        return Regex.Replace(name.ToLowerInvariant(), "[^a-z0-9]+", "-").Trim('-'); // expect: PERF502
    }
}
