using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SlowShop.Core.Shipping;

/// <summary>Asks the carrier over HTTP.</summary>
public class CarrierClient : ICarrierClient
{
    private readonly HttpClient _http;

    public CarrierClient(HttpClient http)
    {
        _http = http;
    }

    public ShippingRate? GetRate(string country, int grams)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"stub/carrier/rates/{country}?grams={grams}");
        using var response = _http.Send(request); // expect: PERF103
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        using var body = response.Content.ReadAsStream();
        return JsonSerializer.Deserialize<ShippingRate>(body, JsonSerializerOptions.Web);
    }

    public async Task<ShippingRate?> GetExpressRateAsync(string country, int grams, CancellationToken cancellationToken = default)
    {
        // Fine: nothing waits on a thread.
        using var response = await _http.GetAsync($"stub/carrier/rates/{country}?grams={grams * 2}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ShippingRate>(cancellationToken);
    }
}
