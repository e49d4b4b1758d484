using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Catalogue;
using SlowShop.Core.Customers;
using SlowShop.Core.Data;
using SlowShop.Core.Orders;
using SlowShop.Core.Promotions;

namespace SlowShop.Web.Controllers;

/// <summary>Customers, their orders and what to offer them.</summary>
[ApiController]
[Route("api/customers")]
public class CustomersController(
    ShopContext db,
    ICustomerService customers,
    IOrderRepository orders,
    IOrderSummaryService summaries,
    ICatalogueRepository catalogue,
    PromotionEngine promotions) : ControllerBase
{
    [HttpGet]
    public IActionResult List()
    {
        return Ok(db.Customers.Select(c => new { c.Id, c.Name, c.Address.City }).ToList()); // expect: PERF104, PERF303
    }

    [HttpGet("samples")]
    public IEnumerable<CustomerCard> Samples()
    {
        return customers.Samples();
    }

    [HttpGet("in/{country}")]
    public async Task<IActionResult> InCountry(string country, CancellationToken cancellationToken)
    {
        return Ok(new
        {
            Cards = await customers.CardsAsync(country, cancellationToken),
            Labels = await customers.LabelsAsync(country, cancellationToken),
        });
    }

    [HttpGet("{id:int}/summary")]
    public async Task<IActionResult> Summary(int id, CancellationToken cancellationToken)
    {
        return Ok(new
        {
            Totals = await summaries.TotalsAsync(id, cancellationToken),
            Grams = await summaries.WeightInGramsAsync(id, cancellationToken),
            Pick = await summaries.PickListAsync(id, cancellationToken),
            Pack = await summaries.PackingSlipAsync(id, cancellationToken),
        });
    }

    [HttpGet("{id:int}/orders.csv")]
    public async Task<IActionResult> Csv(int id, CancellationToken cancellationToken)
    {
        var list = await orders.OfCustomerAsync(id, cancellationToken);
        return Content(OrderCsv.Headings(["number", "items"]) + "\n" + OrderCsv.Write(list), "text/csv");
    }

    [HttpGet("{id:int}/orders/names")]
    public async Task<IActionResult> Names(int id, CancellationToken cancellationToken)
    {
        var list = await orders.OfCustomerAsync(id, cancellationToken);
        return Ok(new
        {
            Numbers = OrderCsv.Numbers(list),
            Titles = OrderCsv.Titles(list),
            Codes = list.Select(OrderCsv.Shorten),
            Paths = OrderCsv.Paths(list.Select(o => o.Number)),
        });
    }

    [HttpGet("{id:int}/offers")]
    public async Task<IActionResult> Offers(int id, [FromQuery] List<int> chosen, CancellationToken cancellationToken)
    {
        var products = await catalogue.GetActiveAsync(cancellationToken);
        var placed = await orders.OfCustomerAsync(id, cancellationToken);
        return Ok(new
        {
            Reduced = promotions.Reduce(products, chosen),
            Again = promotions.WithSaleItems(placed, chosen).Select(o => o.Number),
            Excluded = promotions.CountExcluded(products, ["KE-101", "LA-107"]),
            Visible = promotions.Without(products, chosen).Count(),
            Chosen = promotions.Chosen(products, chosen),
            Red = promotions.Named(products, "red"),
            Redeemed = promotions.Redeem(placed.SelectMany(o => o.Items).OrderBy(i => i.Id), [.. chosen, .. chosen]),
        });
    }

    [HttpDelete("{id:int}")]
    public async Task<IActionResult> Deactivate(int id, CancellationToken cancellationToken)
    {
        var changed = await db.Customers
            .Where(c => c.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.IsActive, false), cancellationToken);
        return changed == 0 ? NotFound() : NoContent();
    }
}
