using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>A <c>HashSet</c> is made once before the loop, and the loop tests that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ContainsInLoopFix() : RuleFix(ContainsInLoopAnalyzer.Rule, "Make a HashSet once before the loop")
{
    private protected override Plan? Plan(Finding finding) => null;
}
