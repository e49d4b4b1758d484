namespace SlowShop.Web.Dispatch;

/// <summary>Tells the carrier that a parcel waits; the answer is the carrier's, "unknown" when it does not know the country.</summary>
public sealed class ParcelNotice(string country, int grams)
{
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Country => country;

    public int Grams => grams;

    public Task<string> Answer => _answer.Task;

    public void Complete(string answer) => _answer.SetResult(answer);

    public void Fail(Exception error) => _answer.SetException(error);
}
