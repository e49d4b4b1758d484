namespace SlowShop.Web.Hosting;

/// <summary>Signs requests to partners.</summary>
public class PartnerKeyHandler : DelegatingHandler
{
    public const string Header = "X-Partner-Key";

    public const string Key = "slowshop";

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Fine: a handler has to serve synchronous callers too.
        request.Headers.Add(Header, Key);
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add(Header, Key);
        return base.SendAsync(request, cancellationToken);
    }
}
