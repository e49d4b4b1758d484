using System.Net;
using SlowShop.Core.Shipping;

namespace SlowShop.Web.Tracking;

public sealed class TrackingClient(HttpClient http) : ITrackingClient
{
    public async Task<string> GetStateAsync(string parcel, CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync($"stub/carrier/parcels/{parcel}?attempt=2", cancellationToken);
        if (response.StatusCode == HttpStatusCode.Accepted)
            return "unknown";

        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<ParcelState>(cancellationToken);
        return answer?.State ?? "unknown";
    }

    public async Task<ShippingRate?> GetRateAsync(string country, CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync($"stub/carrier/rates/{country}?grams=500", cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<ShippingRate>(cancellationToken) : null;
    }

    private sealed record ParcelState(string Parcel, string State);
}
