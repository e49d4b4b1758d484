namespace SlowShop.Smoke;

/// <summary>Fixed inputs for every endpoint, named by method and route pattern, in the order in which they are sent.</summary>
public static class Samples
{
    /// <summary>Questions come before changes, so that an answer depends on the seed alone where it can.</summary>
    public static IReadOnlyList<KeyValuePair<string, Sample[]>> All { get; } =
    [
        Of("GET /api/products", "/api/products", "/api/products?page=2&pageSize=3", "/api/products?pageSize=100000"),
        Of("GET /api/products/{id:int}", "/api/products/7", "/api/products/999"),
        Of("GET /api/products/{id:int}/link", "/api/products/8/link", "/api/products/999/link"),
        Of("GET /api/products/find", "/api/products/find", "/api/products/find?categoryId=2&maximumPrice=2500&tag=sale"),
        Of("GET /api/orders", "/api/orders", "/api/orders?status=Open&from=2026-03-01&customer=A"),
        Of("GET /api/orders/{id:int}", "/api/orders/12", "/api/orders/999"),
        Of("GET /api/orders/latest", "/api/orders/latest?count=4", "/api/orders/latest?count=1000"),
        Of("GET /api/orders/recent", "/api/orders/recent?count=6"),
        Of("GET /api/orders/overdue", "/api/orders/overdue?before=2026-02-01", "/api/orders/overdue?before=2026-06-01&status=Shipped"),
        Of("GET /api/customers", "/api/customers"),
        Of("GET /api/customers/samples", "/api/customers/samples"),
        Of("GET /api/customers/in/{country}", "/api/customers/in/FR", "/api/customers/in/XX"),
        Of("GET /api/customers/{id:int}/summary", "/api/customers/2/summary", "/api/customers/3/summary", "/api/customers/999/summary"),
        Of("GET /api/customers/{id:int}/orders.csv", "/api/customers/3/orders.csv", "/api/customers/999/orders.csv"),
        Of("GET /api/customers/{id:int}/orders/names", "/api/customers/5/orders/names", "/api/customers/999/orders/names"),
        Of("GET /api/customers/{id:int}/offers", "/api/customers/6/offers?chosen=2&chosen=26&chosen=17&chosen=28", "/api/customers/1/offers"),
        Of("GET /api/stock/{productId:int}", "/api/stock/9", "/api/stock/999"),
        Of("GET /api/reports/revenue/{year:int}", "/api/reports/revenue/2026", "/api/reports/revenue/2020"),
        Of("GET /api/reports/top-products", "/api/reports/top-products"),
        Of("GET /api/reports/low-stock", "/api/reports/low-stock", "/api/reports/low-stock?below=-5"),
        Of("GET /api/reports/stock-value", "/api/reports/stock-value"),
        Of("GET /api/packing/parcels", "/api/packing/parcels?grams=900&grams=1500&grams=400&grams=700", "/api/packing/parcels?grams=9000"),
        Of("GET /api/packing/compare", "/api/packing/compare?grams=900&grams=500&grams=400&grams=700"),
        Of("GET /api/packing/volume", "/api/packing/volume?sides=30&sides=20&sides=12"),
        Of("GET /api/packing/labels", "/api/packing/labels?country=AT&parcels=7&parcels=12", "/api/packing/labels?country=AT"),
        Of("GET /api/packing/printer", "/api/packing/printer"),
        Of("GET /api/shipping/quote", "/api/shipping/quote?country=AT&grams=900", "/api/shipping/quote?country=XX&grams=900"),
        Of("GET /api/shipping/return-label", "/api/shipping/return-label?country=BE"),
        Of("GET /api/shipping/rate", "/api/shipping/rate?country=FR&grams=1200", "/api/shipping/rate?country=XX&grams=1"),
        Of("GET /api/shipping/express", "/api/shipping/express?country=PT&grams=300", "/api/shipping/express?country=XX&grams=1"),
        Of("GET /api/shipping/surcharge", "/api/shipping/surcharge?country=AT&grams=800", "/api/shipping/surcharge?country=XX&grams=800"),
        Of("GET /api/shipping/cheapest", "/api/shipping/cheapest?countries=PT&countries=BE&countries=FR&grams=400", "/api/shipping/cheapest?countries=XX&grams=1"),
        Of("GET /api/shipping/total", "/api/shipping/total?countries=PT&countries=XX&countries=FR&grams=400"),
        Of("GET /api/shipping/insurance", "/api/shipping/insurance?country=AT&grams=700"),
        Of("GET /api/shipping/track/{parcel}", "/api/shipping/track/P-77", "/api/shipping/track/lost"),
        Of("GET /catalogue/reviews", "/catalogue/reviews"),
        Of("GET /catalogue/cheapest", "/catalogue/cheapest?pageSize=5"),
        Of("GET /catalogue/open-orders", "/catalogue/open-orders"),
        Of("GET /catalogue/categories/{id:int}", "/catalogue/categories/2", "/catalogue/categories/99"),
        Of("GET /catalogue/categories/{id:int}/ratings", "/catalogue/categories/3/ratings"),
        Of("GET /catalogue/categories/{id:int}/brands", "/catalogue/categories/1/brands"),
        Of("GET /catalogue/counts", "/catalogue/counts"),
        Of("GET /catalogue/countries", "/catalogue/countries"),
        Of("GET /catalogue/export", "/catalogue/export"),
        Of("GET /catalogue/tags", "/catalogue/tags"),
        Of("GET /catalogue/compare", "/catalogue/compare?ids=3&ids=1&ids=44", "/catalogue/compare"),
        Of("GET /search", "/search?text=red+%20kettle!", "/search?text=KE-101", "/search?text=nothing"),
        Of("GET /search/price", "/search/price?text=10%20-%2025", "/search/price?text=cheap"),
        Of("GET /search/clean", "/search/clean?text=%20a%20%20%20lamp%20"),
        Of("GET /search/popular", "/search/popular?words=lamp&words=mug&words=fork&mine=mug&mine=lamp", "/search/popular"),
        Of("GET /exchange/{currency}", "/exchange/USD?cents=1000", "/exchange/XXX?cents=1"),
        Of("GET /exchange/{currency}/prices", "/exchange/CHF/prices"),
        Of("GET /exchange/pause", "/exchange/pause"),
        Of("GET /diagnostics/clock", "/diagnostics/clock"),
        Of("GET /diagnostics/partner", "/diagnostics/partner"),
        Of("GET /diagnostics/tables", "/diagnostics/tables"),
        Of("GET /stub/carrier/rates/{country}", "/stub/carrier/rates/FR?grams=100"),
        Of("GET /stub/carrier/parcels/{parcel}", "/stub/carrier/parcels/P-77?attempt=1"),
        Of("GET /stub/bank/rates", "/stub/bank/rates"),
        Of("PUT /api/products/{id:int}/price", ("/api/products/7/price", 1234), ("/api/products/999/price", 1)),
        Of("POST /api/stock/{productId:int}/reserve", ("/api/stock/9/reserve", 2), ("/api/stock/9/reserve", 1000)),
        Of("POST /api/orders",
            ("/api/orders", new { number = "2026-9001", customerId = 2, lines = new[] { new { productId = 7, quantity = 2 }, new { productId = 9, quantity = 1 } } }),
            ("/api/orders", new { number = "2026-9002", customerId = 2, lines = new[] { new { productId = 999, quantity = 2 } } })),
        Of("POST /api/orders/{id:int}/confirm", "/api/orders/81/confirm", "/api/orders/999/confirm"),
        Of("POST /api/dispatch/orders/{id:int}", "/api/dispatch/orders/14", "/api/dispatch/orders/999"),
        Of("POST /api/dispatch/notices", "/api/dispatch/notices?country=AT&grams=900", "/api/dispatch/notices?country=XX&grams=900"),
        Of("DELETE /api/customers/{id:int}", "/api/customers/4", "/api/customers/999"),
        // What was written is really there.
        Of("GET /api/products/{id:int}", "/api/products/7"),
        Of("GET /api/stock/{productId:int}", "/api/stock/9"),
        Of("GET /api/orders", "/api/orders?status=Confirmed&from=2026-12-01"),
        Of("GET /api/customers/{id:int}/summary", "/api/customers/2/summary"),
    ];

    private static KeyValuePair<string, Sample[]> Of(string endpoint, params string[] paths) =>
        new(endpoint, Array.ConvertAll(paths, path => new Sample(path)));

    private static KeyValuePair<string, Sample[]> Of(string endpoint, params (string Path, object Body)[] samples) =>
        new(endpoint, Array.ConvertAll(samples, sample => new Sample(sample.Path, sample.Body)));
}
