using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Tests.Repository;

/// <summary>What is true of the repository as a whole. A new rule is checked by all of it without being registered anywhere.</summary>
public sealed class RepositoryTests
{
    [Fact]
    public void Generated_files_are_up_to_date()
    {
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            foreach (var (path, content) in GeneratedFiles.All())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Repo.Root, path))!);
                File.WriteAllText(Path.Combine(Repo.Root, path), content);
            }
        }

        var stale = GeneratedFiles.All().Where(file => Repo.Read(file.Path) != file.Content).Select(file => file.Path);
        Assert.True(!stale.Any(), $"Run `UPDATE=1 dotnet test`. Stale: {string.Join(", ", stale)}");
    }

    [Fact]
    public void Every_page_and_preset_belongs_to_a_rule() => Assert.Equal(
        GeneratedFiles.All().Select(file => file.Path).Where(path => path.Contains('/')).Order(StringComparer.Ordinal),
        new[] { "docs/rules", "src/Package/presets" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repo.Root, folder)).Select(path => $"{folder}/{Path.GetFileName(path)}")).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_has_its_folder_with_an_analyzer_and_a_fix_and_its_tests()
    {
        foreach (var analyzer in Repo.Analyzers.Where(analyzer => analyzer.Declaration.Family != Family.Settings))
        {
            var name = analyzer.GetType().Name.Replace("Analyzer", "", StringComparison.Ordinal);
            var rule = analyzer.Declaration;
            Assert.True(File.Exists(Path.Combine(Repo.Root, $"src/Rules/{rule.Family}/{name}/{name}Analyzer.cs")), $"{rule.Id}: {name}Analyzer.cs is not in src/Rules/{rule.Family}/{name}");
            Assert.True(File.Exists(Path.Combine(Repo.Root, $"src/Rules/{rule.Family}/{name}/{name}Fix.cs")), $"{rule.Id} has no {name}Fix.cs");
            Assert.True(Directory.EnumerateFiles(Path.Combine(Repo.Root, $"tests/PerfAnalyzers.Tests/Rules/{rule.Family}"), $"{name}*Tests.cs").Any(), $"{rule.Id} has no tests");
            Assert.Matches($"^PERF{(int)rule.Family}[0-9]{{2}}$", rule.Id);
            Assert.Contains(Repo.Fixes, fix => fix.FixableDiagnosticIds.Contains(rule.Id));
        }
    }

    [Fact]
    public void Ids_are_unique_and_in_the_changelog()
    {
        var changelog = Repo.Read("src/Package/CHANGELOG.md");
        Assert.Equal(Repo.Rules.Count, Repo.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(
            Repo.Rules.Select(rule => rule.Id),
            Regex.Matches(changelog, @"PERF\d{3}").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_of_one_name_mean_one_thing() => Assert.All(
        Repo.Rules.SelectMany(rule => rule.Options).Concat(CommonOptions.All).GroupBy(option => option.Name),
        same => Assert.Single(same.Select(option => (option.DefaultText, option.Meaning)).Distinct()));

    [Fact]
    public void Every_setting_is_in_the_configuration_page()
    {
        var page = Repo.Read("docs/configuration.md");
        Assert.All(Repo.Rules.SelectMany(rule => rule.Options).Concat(CommonOptions.All), option => Assert.Contains($"`{option.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Syntax_that_the_oldest_compiler_does_not_know_has_the_right_numbers()
    {
        foreach (var constant in typeof(NewSyntax).GetFields())
        {
            // An older host has no such kind; there the number is met by nothing.
            if (Enum.TryParse<SyntaxKind>(constant.Name, out var kind))
                Assert.Equal((int)kind, (int)constant.GetRawConstantValue()!);
        }
    }

    [Fact]
    public void Texts_of_rules_are_written_for_readers() => Assert.All(Repo.Rules, rule =>
    {
        Assert.False(rule.Title.EndsWith('.') || rule.Message.EndsWith('.'), $"{rule.Id}: no full stop in title and message");
        Assert.False(rule.Title.Contains('\n') || rule.Message.Contains('\n'), $"{rule.Id}: title and message are one line");
        Assert.InRange(rule.Why.Length, 80, 1200);
        Assert.InRange(rule.SeenIn.Length, 20, 400);
    });
}
