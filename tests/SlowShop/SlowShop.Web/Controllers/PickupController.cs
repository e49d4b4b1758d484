using Microsoft.AspNetCore.Mvc;
using SlowShop.Core.Data;
using SlowShop.Web.Pickup;

namespace SlowShop.Web.Controllers;

/// <summary>Parcels that the carrier fetches.</summary>
[ApiController]
[Route("api/pickup")]
public class PickupController : ControllerBase
{
    private static readonly object s_numbers = new();

    private readonly IPickupTariffs _tariffs;
    private readonly PickupSlots _slots;

    public PickupController(IPickupTariffs tariffs, PickupSlots slots)
    {
        _tariffs = tariffs;
        _slots = slots;
    }

    [HttpGet("price")]
    public IActionResult Price(string country)
    {
        return _tariffs.PriceOf(country) is { } price ? Ok(new { country, price }) : NotFound();
    }

    [HttpGet("slot")]
    public IActionResult Slot(int after)
    {
        return Ok(new { hour = _slots.After(after) });
    }

    [HttpGet("number/{customerId:int}")]
    public IActionResult Number(int customerId, [FromServices] ShopContext db)
    {
        // Two customers must not get the same number.
        lock (s_numbers)
        {
            var number = db.Orders.Count(order => order.CustomerId == customerId) + 1; // expect: PERF104, PERF111
            return Ok(new { number = $"{customerId}-{number}" });
        }
    }
}
