using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace PerfAnalyzers.Tests.Repository;

/// <summary>Every line of the slow shop that is marked <c>// expect: PERFnnn</c> is reported by that rule, and no other line is by any.</summary>
public sealed partial class SlowShopTests
{
    [GeneratedRegex(@"// expect: (?<ids>PERF\d{3}(, PERF\d{3})*)")]
    private static partial Regex Marker { get; }

    [Fact]
    public async Task Its_findings_stand_at_the_marked_lines()
    {
        var (core, web) = ShopCompilation.Projects();
        var found = new List<string>();
        foreach (var project in new[] { core, web })
        {
            found.AddRange((await project.WithAnalyzers([.. Repo.Analyzers]).GetAnalyzerDiagnosticsAsync()).Select(d => $"{d.Location.GetLineSpan().Path}({d.Location.GetLineSpan().StartLinePosition.Line + 1}): {d.Id}"));
            Assert.NotEmpty(found);
        }

        var expected = core.SyntaxTrees.Concat(web.SyntaxTrees).SelectMany(Marks).ToList();
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Marks(SyntaxTree tree) =>
        from line in tree.GetText().Lines
        from id in Marker.Match(line.ToString()).Groups["ids"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        select $"{tree.FilePath}({line.LineNumber + 1}): {id}";
}
