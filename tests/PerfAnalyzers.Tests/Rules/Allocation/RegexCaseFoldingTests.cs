using System.Globalization;
using System.Text.RegularExpressions;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>PERF502's idea of which patterns depend on the culture, held against what .NET does.</summary>
public sealed class RegexCaseFoldingTests
{
    private static readonly string s_text = string.Concat(Enumerable.Range(1, 0x24F).Select(code => (char)code)) + " iI \u0130i \u0131I ii II aA \u212A k title TITLE \\i \\I";

    [Theory]
    [InlineData("i")]
    [InlineData("TITLE")]
    [InlineData("\u0130")]
    [InlineData("\u0131")]
    [InlineData("[a-z]")]
    [InlineData("[^A-Z]")]
    [InlineData("[h-j]")]
    [InlineData(@"[\x00-\x7f]")]
    [InlineData(@"[\u0040-\u005A]")]
    [InlineData(@"\x49")]
    [InlineData(@"\u0069")]
    [InlineData(@"\111")]
    [InlineData(@"[\151]")]
    [InlineData(@"\p{IsBasicLatin}")]
    [InlineData(@"(.)\1")]
    [InlineData(@"(?<a>.)\k<a>")]
    [InlineData("(?<name>i)")]
    [InlineData("[!-~]")]
    [InlineData("a|i")]
    [InlineData(@"\\i")]
    public void Depends_on_the_culture(string pattern)
    {
        Assert.True(DiffersByCulture(pattern, RegexOptions.IgnoreCase));
        Assert.True(CaseFolding.DependsOnCulture(pattern, RegexOptions.IgnoreCase));
        Assert.True(CaseFolding.DependsOnCulture($"(?i:{pattern})", RegexOptions.None));
        Assert.True(CaseFolding.DependsOnCulture($"(?m-s)(?si){pattern}", RegexOptions.Multiline));
        Assert.False(CaseFolding.DependsOnCulture(pattern, RegexOptions.None));
        Assert.False(CaseFolding.DependsOnCulture(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        Assert.False(CaseFolding.DependsOnCulture($"(?m-i:{pattern})", RegexOptions.None));
    }

    [Theory]
    [InlineData("^foo|bar$")]
    [InlineData("[a-h]+[j-z]")]
    [InlineData("[0-9a-f]{32}")]
    [InlineData(@"\w+\s\d\S\W\D\b")]
    [InlineData(@"^(?:\[(\w+)(?:\/(.*?))?\])?(\w+)$")]
    [InlineData(@"\p{L}\p{Lu}\P{Ll}")]
    [InlineData("(?<title>abc)")]
    [InlineData("(?'title'abc)")]
    [InlineData("(?im-s)foo")]
    [InlineData("(?#ignored text)abc")]
    [InlineData(@"[\w.-]+@[\d-]+")]
    [InlineData(@"\x41\u0042\cI")]
    [InlineData("[]a]")]
    [InlineData("[^]a-h]")]
    [InlineData("[K-Z]k")]
    [InlineData("(?<=a)b(?<!c)(?=d)(?!e)(?>f)")]
    [InlineData(@"[+\-/]\.")]
    public void Is_the_same_in_all_cultures(string pattern)
    {
        Assert.False(DiffersByCulture(pattern, RegexOptions.IgnoreCase));
        Assert.False(CaseFolding.DependsOnCulture(pattern, RegexOptions.IgnoreCase));
    }

    private static bool DiffersByCulture(string pattern, RegexOptions options) =>
        new[] { "", "en-US", "tr-TR" }.Select(culture => MatchesIn(culture, pattern, options)).Distinct().Count() > 1;

    private static string MatchesIn(string culture, string pattern, RegexOptions options)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            return string.Join(",", Regex.Matches(s_text, pattern, options).Select(match => $"{match.Index}:{match.Length}"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
