using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Data;
using SlowShop.Web.Tracking;

namespace SlowShop.Web.Endpoints;

/// <summary>Where parcels are, as the carrier says.</summary>
internal static class TrackingEndpoints
{
    public static void MapTracking(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tracking/{parcel}", async (string parcel, string country, ITrackingClient tracking, CancellationToken cancellationToken) =>
        {
            var state = await tracking.GetStateAsync(parcel, cancellationToken);
            var rate = await tracking.GetRateAsync(country, cancellationToken); // expect: PERF107
            return Results.Ok(new { parcel, state, rate?.Price });
        });

        app.MapGet("/tracking/{parcel}/page", PageAsync);

        app.MapGet("/tracking/parcels", async (string[] parcels, ITrackingClient tracking, CancellationToken cancellationToken) =>
        {
            var states = new List<string>();
            foreach (var parcel in parcels)
            {
                states.Add(await tracking.GetStateAsync(parcel, cancellationToken)); // expect: PERF108
            }

            return states;
        });

        app.MapGet("/tracking/dearest", async (string[] countries, ITrackingClient tracking, CancellationToken cancellationToken) =>
        {
            var prices = new SortedDictionary<int, string>();
            foreach (var country in countries.Distinct())
            {
                var rate = await tracking.GetRateAsync(country, cancellationToken); // expect: PERF108
                if (rate is null)
                    continue;

                // Of equal prices, the last one counts.
                prices[rate.Price] = country;
            }

            return prices.Count == 0 ? "none" : prices.Last().Value;
        });

        app.MapGet("/tracking/first", async (string[] parcels, ITrackingClient tracking, CancellationToken cancellationToken) =>
        {
            // Fine: one answer decides whether there is a next question.
            foreach (var parcel in parcels)
            {
                if (await tracking.GetStateAsync(parcel, cancellationToken) != "unknown")
                    return parcel;
            }

            return "none";
        });

        app.MapGet("/tracking/open", async (ShopContext db, CancellationToken cancellationToken) =>
        {
            // Fine: a context answers one question at a time.
            var customers = await db.Customers.CountAsync(cancellationToken);
            var orders = await db.Orders.CountAsync(cancellationToken);
            return new { customers, orders };
        });
    }

    private static async Task<TrackingPage> PageAsync(string parcel, string country, ITrackingClient tracking, CancellationToken cancellationToken)
    {
        return new TrackingPage
        {
            Parcel = parcel,
            State = await tracking.GetStateAsync(parcel, cancellationToken),
            ReturnRate = await tracking.GetRateAsync(country, cancellationToken), // expect: PERF107
        };
    }
}
