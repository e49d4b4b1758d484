using System.Reflection;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Tests.Repository;

/// <summary>The repository that the tests were built from, and the rules it holds.</summary>
internal static class Repo
{
    public static string Root { get; } = typeof(Repo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<RuleAnalyzer> Analyzers { get; } =
        [.. typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RuleAnalyzer)))
            .Select(type => (RuleAnalyzer)Activator.CreateInstance(type)!)
            .OrderBy(analyzer => analyzer.Declaration.Id, StringComparer.Ordinal)];

    public static IReadOnlyList<RuleFix> Fixes { get; } =
        [.. typeof(RuleFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RuleFix)))
            .Select(type => (RuleFix)Activator.CreateInstance(type)!)];

    public static IReadOnlyList<Rule> Rules { get; } = [.. Analyzers.Select(analyzer => analyzer.Declaration)];

    public static string Read(string path) => File.Exists(Path.Combine(Root, path)) ? File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n") : "";

    /// <summary>The C# files below a folder of the repository.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
