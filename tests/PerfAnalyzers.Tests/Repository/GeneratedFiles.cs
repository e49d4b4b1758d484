using Microsoft.CodeAnalysis;
using PerfAnalyzers.Core;

namespace PerfAnalyzers.Tests.Repository;

/// <summary>Every file that only repeats what the rules declare: its path, and what it must say.</summary>
internal static class GeneratedFiles
{
    public static IEnumerable<(string Path, string Content)> All()
    {
        yield return ("rules.md", Index());
        foreach (var rule in Repo.Rules)
            yield return ($"docs/rules/{rule.Id}.md", RulePage.Of(rule));

        yield return ("src/Package/presets/audit.globalconfig", Preset("Every rule that is on is a warning, also those that are suggestions by default.", "warning"));
        yield return ("src/Package/presets/strict.globalconfig", Preset("Every rule that is on is an error.", "error"));
        yield return ("src/Package/presets/all.globalconfig", Preset("As audit, and the rules that are off by default.", "warning", withRulesThatAreOff: true));
        yield return ("src/Package/presets/off.globalconfig", Preset("Every rule is silent.", "none"));
    }

    public static string SeverityOf(Rule rule) => rule.Severity switch
    {
        _ when !rule.OnByDefault => "off",
        DiagnosticSeverity.Info => "suggestion",
        var severity => severity.ToString().ToLowerInvariant(),
    };

    public static string FixOf(Rule rule) => rule.Fix switch
    {
        FixKind.None => "none",
        FixKind.Safe => "yes",
        _ => "yes (review)",
    };

    private static string Index() =>
        """
        # Rules

        Generated from the rules' declarations; `UPDATE=1 dotnet test` rewrites it.
        A fix marked *(review)* changes something observable: it is applied to one place at a time, or by Fix All where
        `perf_analyzers.fix_all_review = true`.

        """ + string.Concat(
            from rule in Repo.Rules
            group rule by rule.Family into family
            select $"\n## {family.Key}\n\nCategory `PerfAnalyzers.{family.Key}`\n\n| Id | What it finds | Severity | Fix |\n| :-- | :-- | :-- | :-- |\n"
                + string.Concat(family.Select(rule => $"| [{rule.Id}](docs/rules/{rule.Id}.md) | {rule.Title} | {SeverityOf(rule)} | {FixOf(rule)} |\n")));

    /// <summary>Category lines only: a line for an id would beat the category line that a user writes.</summary>
    private static string Preset(string meaning, string severity, bool withRulesThatAreOff = false) =>
        $"# {meaning}\n# Generated; the low level lets every line of the user's own settings win.\nis_global = true\nglobal_level = -10\n\n"
        + string.Concat(Enum.GetValues<Family>().Where(family => family != Family.Settings)
            .Select(family => $"dotnet_analyzer_diagnostic.category-PerfAnalyzers.{family}.severity = {severity}\n"))
        + string.Concat(Repo.Rules.Where(rule => withRulesThatAreOff && !rule.OnByDefault)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {severity}\n"));
}
