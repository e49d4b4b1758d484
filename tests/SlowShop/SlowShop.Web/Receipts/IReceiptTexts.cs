namespace SlowShop.Web.Receipts;

/// <summary>The texts on a receipt.</summary>
public interface IReceiptTexts
{
    string For(int number, string customer);

    IReadOnlyList<string> Terms(int most);

    Task<string> RawTermsAsync(CancellationToken cancellationToken);
}
