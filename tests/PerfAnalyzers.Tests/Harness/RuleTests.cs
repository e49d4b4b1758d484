using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Tests;

/// <summary>
/// What the tests of one rule can say. Source is C# with the expected squiggles marked <c>[|like this|]</c>.
/// The documented example of the rule is a test of every derived class.
/// </summary>
public abstract class RuleTests<TAnalyzer, TFix> where TAnalyzer : RuleAnalyzer, new() where TFix : RuleFix, new()
{
    /// <summary>What every test of the class needs: references, settings, further sources.</summary>
    protected virtual void Configure(CSharpCodeFixTest<TAnalyzer, TFix> test)
    {
    }

    [Fact]
    public Task Fixes_the_documented_example()
    {
        var rule = new TAnalyzer().Declaration;
        if ((int)LanguageVersionFacts.MapSpecifiedToEffectiveVersion(LanguageVersion.Latest) < rule.GoodLanguage)
            return Flags(rule.Bad);

        return rule.Fix == FixKind.Review ? Fixes(rule.Bad, rule.Good, AllowReviewInFixAll) : Fixes(rule.Bad, rule.Good);
    }

    /// <summary>The marked code and nothing else is reported.</summary>
    protected Task Flags(string source, Action<CSharpCodeFixTest<TAnalyzer, TFix>>? more = null) => Run(more, test => test.TestCode = source);

    /// <summary>Nothing is reported.</summary>
    protected Task IsQuietOn(string source, Action<CSharpCodeFixTest<TAnalyzer, TFix>>? more = null) => Run(more, test => test.TestCode = source);

    /// <summary>
    /// The marked code and nothing else is reported; the lightbulb, used until nothing is left, and Fix All both turn
    /// it into <paramref name="fixedSource"/>, where what is still marked has no fix.
    /// </summary>
    protected Task Fixes(string source, string fixedSource, Action<CSharpCodeFixTest<TAnalyzer, TFix>>? more = null) => Run(more, test =>
    {
        test.TestCode = source;
        test.FixedCode = fixedSource;
    });

    /// <summary>As <see cref="Fixes"/>, and both programs' <c>Program.Run()</c> give the same text.</summary>
    protected async Task FixesAndRunsTheSame(string source, string fixedSource, Action<CSharpCodeFixTest<TAnalyzer, TFix>>? more = null)
    {
        await Fixes(source, fixedSource, more);
        Assert.Equal(await Running.OutputOfAsync(source), await Running.OutputOfAsync(fixedSource));
    }

    /// <summary>The marked code is reported, and no fix is offered for any of it.</summary>
    protected Task ReportsWithoutFix(string source, Action<CSharpCodeFixTest<TAnalyzer, TFix>>? more = null) => Fixes(source, source, more);

    /// <summary>Lets fixes marked "(review)" take part in Fix All.</summary>
    protected static void AllowReviewInFixAll(CSharpCodeFixTest<TAnalyzer, TFix> test) => Set(test, "perf_analyzers.fix_all_review = true");

    /// <summary>Adds lines to the .editorconfig of all C# files.</summary>
    protected static void Set(CSharpCodeFixTest<TAnalyzer, TFix> test, params string[] lines) =>
        test.TestState.AnalyzerConfigFiles.Add(($"/{(test.TestState.AnalyzerConfigFiles.Count == 0 ? "" : "0/")}.editorconfig", $"root = false\n[*.cs]\n{string.Join("\n", lines)}\n"));

    private Task Run(Action<CSharpCodeFixTest<TAnalyzer, TFix>>? more, Action<CSharpCodeFixTest<TAnalyzer, TFix>> sources)
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix>();
        sources(test);
        Configure(test);
        more?.Invoke(test);
        return test.RunAsync();
    }
}
