using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace SlowShop.Web.Hosting;

/// <summary>Where the carrier and the bank answer: what <c>Partners:BaseAddress</c> says, else this server itself.</summary>
public class PartnerAddress(IConfiguration configuration, IServer server)
{
    public Uri Value => configuration["Partners:BaseAddress"] is { Length: > 0 } configured ? new Uri(configured) : OwnAddress();

    private Uri OwnAddress()
    {
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var bound = BindingAddress.Parse(address);
        return new UriBuilder(bound.Scheme, bound.Host is "*" or "+" or "[::]" or "0.0.0.0" ? "localhost" : bound.Host, bound.Port).Uri;
    }
}
