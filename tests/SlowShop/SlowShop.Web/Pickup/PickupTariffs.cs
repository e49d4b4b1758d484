using System.Net;
using SlowShop.Core.Shipping;

namespace SlowShop.Web.Pickup;

/// <summary>Asks the carrier once for every country.</summary>
public class PickupTariffs : IPickupTariffs
{
    private const int Grams = 1000;

    private readonly object _gate = new object();
    private readonly Dictionary<string, ShippingRate?> _known = new Dictionary<string, ShippingRate?>();
    private readonly IHttpClientFactory _clients;

    public PickupTariffs(IHttpClientFactory clients)
    {
        _clients = clients;
    }

    public int? PriceOf(string country)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(country, out var rate))
            {
                rate = Ask(country); // expect: PERF111
                _known.Add(country, rate);
            }

            return rate?.Price;
        }
    }

    private ShippingRate? Ask(string country)
    {
        var client = _clients.CreateClient("carrier");
        using var response = client.GetAsync($"stub/carrier/rates/{country}?grams={Grams}").Result; // expect: PERF102
        return response.StatusCode == HttpStatusCode.NotFound ? null : response.Content.ReadFromJsonAsync<ShippingRate>().Result; // expect: PERF102
    }
}
