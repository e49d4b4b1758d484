using Microsoft.AspNetCore.Mvc;
using SlowShop.Web.Packing;

namespace SlowShop.Web.Controllers;

/// <summary>How an order is packed.</summary>
[ApiController]
[Route("api/packing")]
public class PackingController(IPacker packer, ILabelPrinter printer) : ControllerBase
{
    [HttpGet("parcels")]
    public async Task<IActionResult> Parcels([FromQuery] int[] grams, int limit = 2000)
    {
        if (grams.Any(weight => weight < 1 || weight > limit))
            return BadRequest();

        return Ok(await packer.PackAsync(grams, limit));
    }

    [HttpGet("compare")]
    public async Task<IActionResult> Compare([FromQuery] int[] grams)
    {
        var (narrow, wide) = await packer.CompareAsync(grams);
        return Ok(new { narrow, wide });
    }

    [HttpGet("volume")]
    public async Task<IActionResult> Volume([FromQuery] int[] sides)
    {
        // The sides come in any order.
        var volume = await Task.Run(() => // expect: PERF109
        {
            var product = 1L;
            foreach (var side in sides)
                product *= side;

            return product;
        });
        return Ok(new { volume });
    }

    [HttpGet("labels")]
    public IActionResult Labels(string country, [FromQuery] int[] parcels)
    {
        var labels = new List<string>();
        foreach (var parcel in parcels)
            labels.Add(printer.Print(parcel, country));

        return Ok(labels);
    }

    [HttpGet("printer")]
    public IActionResult Printer() => Ok(new { printer.IsBusy });
}
