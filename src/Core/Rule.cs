using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Core;

/// <summary>
/// Everything the package says about one rule, declared once, at the top of its analyzer. The descriptor, the docs
/// page, rules.md and the presets are derived from it, and its examples are compiled, analyzed and fixed by the tests.
/// </summary>
internal sealed class Rule
{
    private static readonly string? s_repositoryUrl = typeof(Rule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "RepositoryUrl")?.Value;

    private DiagnosticDescriptor? _descriptor;
    private int? _chainPlaceholder;

    public required string Id { get; init; }

    public required Family Family { get; init; }

    public required DiagnosticSeverity Severity { get; init; }

    public required FixKind Fix { get; init; }

    /// <summary>False for a rule that a team opts in to.</summary>
    public bool OnByDefault { get; init; } = true;

    /// <summary>What is wrong, as a statement of fact. One line, no full stop.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// The sentence under the squiggle: what happens at run time and what to do, naming the code with <c>{0}</c>…
    /// The call chain from an entry is appended to it where there is one.
    /// </summary>
    public required string Message { get; init; }

    /// <summary>What it costs at run time, and why the fix is cheaper. Markdown.</summary>
    public required string Why { get; init; }

    /// <summary>The smallest code that is reported. The reported span is marked <c>[|like this|]</c>.</summary>
    public required string Bad { get; init; }

    /// <summary>Exactly what the code fix makes of <see cref="Bad"/>.</summary>
    public required string Good { get; init; }

    /// <summary>The C# version, times a hundred, that <see cref="Good"/> is written in; an older compiler gets an older form.</summary>
    public int GoodLanguage { get; init; } = 1100;

    /// <summary>When to suppress it instead. Markdown; empty when there is no good reason.</summary>
    public string Unless { get; init; } = "";

    /// <summary>What it costs where: which symptom an operator sees. Markdown, one or two sentences.</summary>
    public required string SeenIn { get; init; }

    /// <summary>The settings that this rule reads, beside those that every rule reads.</summary>
    public ImmutableArray<Option> Options { get; init; } = ImmutableArray<Option>.Empty;

    /// <summary>The index of the placeholder that takes the call chain; it follows those of <see cref="Message"/>.</summary>
    public int ChainPlaceholder => _chainPlaceholder ??= Regex.Matches(Message, @"\{(\d+)").Cast<Match>()
        .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + 1).DefaultIfEmpty(0).Max();

    public DiagnosticDescriptor Descriptor => _descriptor ??= new DiagnosticDescriptor(
        Id, Title, $"{Message}{{{ChainPlaceholder}}}", $"PerfAnalyzers.{Family}", Severity, OnByDefault, Why,
        s_repositoryUrl is null ? null : $"{s_repositoryUrl.TrimEnd('/')}/blob/main/docs/rules/{Id}.md",
        Family == Family.Settings ? ["CompilationEnd"] : []);
}
