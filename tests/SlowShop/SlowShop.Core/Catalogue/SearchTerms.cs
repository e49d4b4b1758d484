using System.Text.RegularExpressions;

namespace SlowShop.Core.Catalogue;

/// <summary>Turns what a visitor typed into words to search for.</summary>
public partial class SearchTerms
{
    // Fine: one instance stores it, and its pattern is the caller's.
    private readonly Regex _separator;

    public SearchTerms(string separatorPattern)
    {
        _separator = new Regex(separatorPattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>The words of <paramref name="text"/>, in lower case and without punctuation.</summary>
    public IReadOnlyList<string> Split(string text)
    {
        return _separator.Split(Spaces().Replace(text, " ").Trim())
            .Select(word => Regex.Replace(word, "[^\\p{L}\\p{N}-]", "").ToLowerInvariant()) // expect: PERF502
            .Where(word => word.Length > 0)
            .ToList();
    }

    /// <summary>Whether the text is an article number such as KE-107.</summary>
    public static bool IsSku(string text)
    {
        var sku = new Regex("^[A-Z]{2}-[0-9]{3,5}$", RegexOptions.CultureInvariant); // expect: PERF502
        return sku.IsMatch(text);
    }

    /// <summary>Marks each place where the visitor's own pattern matches.</summary>
    public static string Highlight(string text, string pattern)
    {
        // Fine: the pattern is an argument, escaped.
        return new Regex(Regex.Escape(pattern), RegexOptions.CultureInvariant).Replace(text, "<b>$0</b>");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
