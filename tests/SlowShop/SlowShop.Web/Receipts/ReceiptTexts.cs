namespace SlowShop.Web.Receipts;

/// <summary>Texts from files that the shop's owner edits while the shop is open.</summary>
public class ReceiptTexts : IReceiptTexts
{
    // Fine: read once, when the first receipt is made.
    private static readonly Lazy<string> s_footer = new(() => File.ReadAllText(PathOf("footer.txt")).Trim());

    public string For(int number, string customer)
    {
        var text = File.ReadAllText(PathOf("receipt.txt")); // expect: PERF105
        return text.Replace("{number}", $"{number:D6}").Replace("{customer}", customer) + s_footer.Value;
    }

    public IReadOnlyList<string> Terms(int most)
    {
        var terms = new List<string>();
        using var file = new FileStream(PathOf("terms.txt"), FileMode.Open, FileAccess.Read);
        using var reader = new StreamReader(file);
        string? line;
        while (terms.Count < most && (line = reader.ReadLine()) != null) // expect: PERF105
        {
            if (line.Length > 0)
                terms.Add(line);
        }

        return terms;
    }

    public async Task<string> RawTermsAsync(CancellationToken cancellationToken)
    {
        using var file = File.OpenRead(PathOf("terms.txt")); // expect: PERF105
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, cancellationToken);
        copy.Position = 0;

        // Fine: the text is in memory.
        using var reader = new StreamReader(copy);
        return reader.ReadToEnd();
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Receipts", name);
}
