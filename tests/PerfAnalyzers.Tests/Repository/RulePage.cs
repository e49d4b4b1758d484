using PerfAnalyzers.Core;

namespace PerfAnalyzers.Tests.Repository;

/// <summary>The page of one rule, written from its declaration.</summary>
internal static class RulePage
{
    public static string Of(Rule rule) => string.Join("\n\n", Sections(rule).Where(section => section != "")).ReplaceLineEndings("\n") + "\n";

    private static IEnumerable<string> Sections(Rule rule)
    {
        var language = rule.Fix == FixKind.None ? "ini" : "csharp";
        yield return $"# {rule.Id}: {rule.Title}";
        yield return $"""
            | Category | Severity | Code fix |
            | :-- | :-- | :-- |
            | PerfAnalyzers.{rule.Family} | {GeneratedFiles.SeverityOf(rule)} | {GeneratedFiles.FixOf(rule)} |
            """;
        yield return rule.Why;
        yield return $"**Seen in production as:** {rule.SeenIn}";
        yield return $"## Before\n\n```{language}\n{MarkReportedLines(rule)}\n```";
        yield return $"## After\n\n```{language}\n{rule.Good}\n```";
        yield return rule.Unless == "" ? "" : $"## When to leave it\n\n{rule.Unless}";
        yield return rule.Options.IsEmpty ? "" : "## Settings\n\n| In .editorconfig | Default | Meaning |\n| :-- | :-- | :-- |\n"
            + string.Join("\n", rule.Options.Select(option => $"| `perf_analyzers.{option.Name}` | {(option.DefaultText == "" ? "(none)" : $"`{option.DefaultText}`")} | {option.Meaning} |"));
        yield return rule.Fix == FixKind.None ? "" : $"""
            ## Change its severity

            ```ini
            # .editorconfig
            [*.cs]
            dotnet_diagnostic.{rule.Id}.severity = error   # or warning, suggestion, none
            ```
            """;
    }

    /// <summary>The bad example as a reader wants it: no markup, a comment on each line that has a squiggle.</summary>
    private static string MarkReportedLines(Rule rule) => string.Join('\n',
        rule.Bad.Split('\n').Select(line => line.Contains("[|", StringComparison.Ordinal)
            ? $"{line.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)} // {rule.Id}"
            : line));
}
