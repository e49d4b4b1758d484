using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Appends to a string become appends to a <c>StringBuilder</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class StringConcatInLoopFix() : RuleFix(StringConcatInLoopAnalyzer.Rule, "Use a StringBuilder")
{
    private protected override Plan? Plan(Finding finding) => null;
}
