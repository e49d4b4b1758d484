using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Tests.Repository;

namespace PerfAnalyzers.Tests.Robustness;

/// <summary>Every C# source that a test of this project contains as a string, every documented example, and the files of SlowShop.</summary>
internal static class SourceCorpus
{
    public static IReadOnlyList<(string Name, string Text)> All { get; } = [.. FromTests().Concat(FromRules()).Concat(FromSlowShop())];

    private static IEnumerable<(string, string)> FromTests()
    {
        foreach (var path in Repo.Sources("tests/PerfAnalyzers.Tests"))
        {
            var name = Path.GetFileName(path);
            foreach (var literal in CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>())
            {
                if (literal.Token.ValueText is { Length: > 40 } text && text.Contains('{', StringComparison.Ordinal) && TryUnmark(text) is { } source)
                    yield return ($"{name}({literal.GetLocation().GetLineSpan().StartLinePosition.Line + 1})", source);
            }
        }
    }

    private static IEnumerable<(string, string)> FromRules() =>
        Repo.Rules.Where(rule => rule.Family != Core.Family.Settings).Select(rule => (rule.Id, Markup.Parse(rule.Bad).Text));

    private static IEnumerable<(string, string)> FromSlowShop() => Directory.Exists(Path.Combine(Repo.Root, "tests/SlowShop"))
        ? Repo.Sources("tests/SlowShop").Select(path => (Path.GetFileName(path), File.ReadAllText(path)))
        : [];

    private static string? TryUnmark(string text)
    {
        try
        {
            return Markup.Parse(text).Text;
        }
        catch (ArgumentException)
        {
            return null; // a string that only looks like a source
        }
    }
}
