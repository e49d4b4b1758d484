namespace SlowShop.Web.Packing;

/// <summary>The one printer of the packing table.</summary>
public interface ILabelPrinter
{
    bool IsBusy { get; }

    string Print(int parcel, string country);
}
