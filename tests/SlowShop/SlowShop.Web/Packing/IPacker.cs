namespace SlowShop.Web.Packing;

/// <summary>Puts articles into as few parcels as it can.</summary>
public interface IPacker
{
    Task<IReadOnlyList<Parcel>> PackAsync(IReadOnlyList<int> grams, int limit);

    Task<(int Narrow, int Wide)> CompareAsync(IReadOnlyList<int> grams);
}
