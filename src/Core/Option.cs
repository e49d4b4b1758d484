using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Diagnostics;

namespace PerfAnalyzers.Core;

/// <summary>
/// A setting in .editorconfig: <c>perf_analyzers.&lt;name&gt;</c> for every rule that reads it,
/// <c>perf_analyzers.PERF303.&lt;name&gt;</c> for one rule, which wins over the first.
/// </summary>
internal abstract class Option(string name, string defaultText, string meaning)
{
    public const string Prefix = "perf_analyzers.";

    public string Name { get; } = name;

    public string DefaultText { get; } = defaultText;

    /// <summary>What it sets, and in which unit. One sentence for the docs.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>What a value may be, for the docs and for the message about a bad one.</summary>
    public abstract string Allowed { get; }

    public abstract bool Accepts(string text);

    /// <summary>The text that the user wrote for <paramref name="ruleId"/>, or null where none is set or it is not acceptable.</summary>
    protected string? Text(AnalyzerConfigOptions options, string ruleId) =>
        (options.TryGetValue($"{Prefix}{ruleId}.{Name}", out var text) && Accepts(text))
        || (options.TryGetValue(Prefix + Name, out text) && Accepts(text)) ? text.Trim() : null;
}

/// <summary>A setting of type <typeparamref name="T"/>.</summary>
internal abstract class Option<T>(string name, string defaultText, string meaning) : Option(name, defaultText, meaning)
{
    /// <summary>The value for <paramref name="ruleId"/>; the default where none is set or the text is not acceptable (PERF001 says so).</summary>
    public T In(AnalyzerConfigOptions options, string ruleId) => Parse(Text(options, ruleId) ?? DefaultText);

    protected abstract T Parse(string text);
}

/// <summary>A whole number of at least <paramref name="least"/>.</summary>
internal sealed class NumberOption(string name, int standard, string meaning, int least = 0)
    : Option<int>(name, standard.ToString(CultureInfo.InvariantCulture), meaning)
{
    public override string Allowed => $"a whole number of at least {least}";

    public override bool Accepts(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least;

    protected override int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class FlagOption(string name, bool standard, string meaning) : Option<bool>(name, standard ? "true" : "false", meaning)
{
    public override string Allowed => "true or false";

    public override bool Accepts(string text) => bool.TryParse(text.Trim(), out _);

    protected override bool Parse(string text) => bool.Parse(text);
}

/// <summary>Names separated by <c>,</c>; where a <c>;</c> does not begin a comment, as it does in .editorconfig, it separates too.</summary>
internal sealed class ListOption(string name, string standard, string meaning) : Option<ImmutableArray<string>>(name, standard, meaning)
{
    public override string Allowed => "names separated by ,";

    public override bool Accepts(string text) => true;

    protected override ImmutableArray<string> Parse(string text) =>
        text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim()).Where(name => name != "").ToImmutableArray();
}

/// <summary>One of the names of an enum, compared ignoring case; words are written <c>like_this</c>.</summary>
internal sealed class ChoiceOption<T>(string name, T standard, string meaning) : Option<T>(name, Spell(standard), meaning)
    where T : struct, Enum
{
    public override string Allowed => string.Join(" | ", Enum.GetValues(typeof(T)).Cast<T>().Select(Spell));

    public override bool Accepts(string text) => Enum.GetValues(typeof(T)).Cast<T>().Any(value => Is(value, text));

    protected override T Parse(string text) => Enum.GetValues(typeof(T)).Cast<T>().First(value => Is(value, text));

    private static bool Is(T value, string text) => string.Equals(Spell(value), text.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary><c>AnyWithoutTake</c> → <c>any_without_take</c>.</summary>
    private static string Spell(T value) =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
