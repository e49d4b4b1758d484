using System.Threading.Channels;

namespace SlowShop.Web.Dispatch;

/// <summary>Notices on their way to the carrier, in the order in which they came.</summary>
public sealed class NoticeQueue
{
    private readonly Channel<ParcelNotice> _notices = Channel.CreateBounded<ParcelNotice>(100);

    public ValueTask AddAsync(ParcelNotice notice, CancellationToken cancellationToken) => _notices.Writer.WriteAsync(notice, cancellationToken);

    public IAsyncEnumerable<ParcelNotice> TakeAllAsync(CancellationToken cancellationToken) => _notices.Reader.ReadAllAsync(cancellationToken);
}
