using Microsoft.AspNetCore.Mvc;
using SlowShop.Core.Stock;

namespace SlowShop.Web.Controllers;

/// <summary>The warehouse. Its service is synchronous down to the database, two interfaces away.</summary>
[ApiController]
[Route("api/stock")]
public class StockController : ControllerBase
{
    private readonly IStockService _stock;

    public StockController(IStockService stock)
    {
        _stock = stock;
    }

    [HttpGet("{productId:int}")]
    public ActionResult<StockReport> Get(int productId)
    {
        var report = _stock.GetReport(productId);
        return report == null ? NotFound() : report;
    }

    [HttpPost("{productId:int}/reserve")]
    public IActionResult Reserve(int productId, [FromBody] int pieces)
    {
        return _stock.Reserve(productId, pieces) ? Ok(_stock.GetReport(productId)) : Conflict();
    }
}
