namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Type names as code and snapshots write them.</summary>
internal static class ModelNames
{
    /// <summary><c>Shop.Domain.Order</c>, <c>global::Shop.Order</c>, <c>Shop.Outer+Order</c> and <c>Order&lt;int&gt;</c> → <c>Order</c>.</summary>
    public static string Simple(string written)
    {
        var end = written.IndexOf('<');
        if (end < 0)
            end = written.Length;

        if (end > 0 && written[end - 1] == '?')
            end--;

        var start = end == 0 ? 0 : written.LastIndexOfAny(s_separators, end - 1) + 1;
        return written.Substring(start, end - start).Trim();
    }

    private static readonly char[] s_separators = ['.', '+', ':', '/'];
}
