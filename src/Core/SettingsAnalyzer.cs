using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace PerfAnalyzers.Core;

/// <summary>PERF001: a setting that no rule reads, or a value that its rule cannot use.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SettingsAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF001",
        Family = Family.Settings,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.None,
        Title = "A setting of PerfAnalyzers is not understood",
        Message = "{0}",
        Why = """
            A misspelt setting is silently ignored by the compiler: the team believes that a rule is tuned and it is
            not. The message names the setting and what it may be.
            """,
        SeenIn = "A rule behaves as if its setting were not there.",
        Bad = """
            [*.cs]
            perf_analyzers.max_rowz = 500
            """,
        Good = """
            [*.cs]
            perf_analyzers.max_rows = 500
            """,
    };

    /// <summary>The settings that each rule reads, by rule id.</summary>
    private static readonly Lazy<ImmutableDictionary<string, ImmutableArray<Option>>> s_byRule = new(() => typeof(RuleAnalyzer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RuleAnalyzer)) && !type.IsAbstract)
        .Select(type => ((RuleAnalyzer)Activator.CreateInstance(type)).Declaration)
        .ToImmutableDictionary(rule => rule.Id, rule => rule.Options.AddRange(CommonOptions.All), StringComparer.OrdinalIgnoreCase));

    private protected override void Watch(RuleContext rule) => rule.OnEnd((trees, report) =>
    {
        var provider = rule.Options.AnalyzerConfigOptionsProvider;
        var seenOptions = new HashSet<AnalyzerConfigOptions>();
        var seenLines = new HashSet<(string Key, string Value)>();
        Check(provider.GlobalOptions);
        foreach (var tree in trees)
            Check(provider.GetOptions(tree));

        void Check(AnalyzerConfigOptions options)
        {
            if (!seenOptions.Add(options))
                return;

            foreach (var key in KeysOf(options))
            {
                if (key.StartsWith(Option.Prefix, StringComparison.OrdinalIgnoreCase) && options.TryGetValue(key, out var value)
                    && seenLines.Add((key, value)) && Complaint(key, value) is { } complaint)
                {
                    report(Diagnostic.Create(Rule.Descriptor, Location.None, complaint, ""));
                }
            }
        }
    });

    /// <summary>What is wrong with a line of settings, and what to do; null where nothing is.</summary>
    internal static string? Complaint(string key, string value)
    {
        var name = key.Substring(Option.Prefix.Length);
        var dot = name.IndexOf('.');
        var options = s_byRule.Value.Values.SelectMany(all => all).Distinct();
        if (dot >= 0)
        {
            var id = name.Substring(0, dot);
            name = name.Substring(dot + 1);
            if (!s_byRule.Value.TryGetValue(id, out var own))
                return $"'{key}': there is no rule {id.ToUpperInvariant()}; rules.md lists them";

            options = own;
        }

        var known = options.Select(option => option.Name).Distinct().OrderBy(option => option, StringComparer.Ordinal).ToList();
        if (options.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } match)
            return $"'{key}' is not a setting of {(dot >= 0 ? "this rule" : "PerfAnalyzers")}; known are {string.Join(", ", known)}";

        return match.Accepts(value) ? null : $"'{key} = {value}': the value must be {match.Allowed}; {match.DefaultText} is used";
    }

    /// <summary>The keys of a file's settings; a host that cannot list them has none to check.</summary>
    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            return [];
        }
    }
}
