using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SlowShop.Core.Shipping;
using SlowShop.Web.Hosting;

namespace SlowShop.Web.Controllers;

/// <summary>What a parcel costs and where it is.</summary>
[ApiController]
[Route("api/shipping")]
public class ShippingController : ControllerBase
{
    private readonly ICarrierClient _carrier;

    private readonly IHttpClientFactory _clients;

    private readonly PartnerAddress _partner;

    private readonly IParcelPlanner _planner;

    public ShippingController(ICarrierClient carrier, IParcelPlanner planner, IHttpClientFactory clients, PartnerAddress partner)
    {
        _carrier = carrier;
        _planner = planner;
        _clients = clients;
        _partner = partner;
    }

    [HttpGet("quote")]
    public IActionResult Quote(string country, int grams)
    {
        var client = _clients.CreateClient("carrier");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"stub/carrier/rates/{country}?grams={grams}");
        using var response = client.Send(request); // expect: PERF103
        return response.IsSuccessStatusCode ? Ok(new { country, known = true }) : NotFound(new { country, known = false });
    }

    [HttpGet("return-label")]
    public async Task<IActionResult> ReturnLabel(string country, CancellationToken cancellationToken)
    {
        var client = _clients.CreateClient("carrier");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"stub/carrier/rates/{country}?grams=500");
        using var response = client.Send(request, cancellationToken); // expect: PERF103
        var rate = await response.Content.ReadFromJsonAsync<ShippingRate>(cancellationToken);
        return Ok(new { to = "SlowShop", rate });
    }

    [HttpGet("rate")]
    public ActionResult<ShippingRate> Rate(string country, int grams)
    {
        var rate = _carrier.GetRate(country, grams);
        return rate == null ? NotFound() : rate;
    }

    [HttpGet("express")]
    public async Task<ActionResult<ShippingRate>> Express(string country, int grams, CancellationToken cancellationToken)
    {
        var rate = await _carrier.GetExpressRateAsync(country, grams, cancellationToken);
        return rate == null ? NotFound() : rate;
    }

    [HttpGet("surcharge")]
    public IActionResult Surcharge(string country, int grams)
    {
        return Ok(new { country, surcharge = _planner.ExpressSurcharge(country, grams) });
    }

    [HttpGet("cheapest")]
    public string Cheapest([FromQuery] List<string> countries, int grams)
    {
        return _planner.Cheapest(countries, grams);
    }

    [HttpGet("total")]
    public async Task<IActionResult> Total([FromQuery] List<string> countries, int grams, CancellationToken cancellationToken)
    {
        return Ok(new
        {
            Total = await _planner.TotalAsync(countries, grams, cancellationToken),
            Fee = await _planner.BaseFeeAsync(countries[0], cancellationToken),
        });
    }

    [HttpGet("insurance")]
    public async Task<int> Insurance(string country, int grams, CancellationToken cancellationToken)
    {
        var express = _carrier.GetExpressRateAsync(country, grams, cancellationToken);
        var heavy = _carrier.GetExpressRateAsync(country, grams * 2, cancellationToken);
        var price = (await express)?.Price ?? 0;
        price += heavy.Result?.Price ?? 0; // expect: PERF102
        return price / 100;
    }

    [HttpGet("track/{parcel}")]
    public IActionResult Track(string parcel)
    {
        var state = WaitForState(parcel);
        return state == null ? NotFound() : Ok(JsonSerializer.Deserialize<JsonElement>(state));
    }

    /// <summary>The tracker answers "accepted" until it has found the parcel.</summary>
    private string? WaitForState(string parcel)
    {
        const int Attempts = 3;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var state = ReadState(parcel, attempt);
            if (state != null)
            {
                return state;
            }

            Thread.Sleep(10 * attempt); // expect: PERF101
        }

        return null;
    }

    private string? ReadState(string parcel, int attempt)
    {
        var request = (HttpWebRequest)WebRequest.Create(new Uri(_partner.Value, $"stub/carrier/parcels/{parcel}?attempt={attempt}"));
        request.Headers[PartnerKeyHandler.Header] = PartnerKeyHandler.Key;
        using var response = (HttpWebResponse)request.GetResponse(); // expect: PERF103
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            return null;
        }

        using var reader = new StreamReader(response.GetResponseStream());
        return reader.ReadToEnd();
    }
}
