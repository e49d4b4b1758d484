using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>
/// Appends to a string become appends to a <c>StringBuilder</c>: one change for all appends to the same variable. A
/// field or property has no fix, since others could see it while the loop runs or after an exception.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class StringConcatInLoopFix() : RuleFix(StringConcatInLoopAnalyzer.Rule, "Use a StringBuilder")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<SimpleNameSyntax>() is { Identifier.ValueText: "Aggregate" } name
            && (name.Parent as InvocationExpressionSyntax ?? name.Parent?.Parent as InvocationExpressionSyntax) is { } call)
        {
            return AggregateRewriting.Plan(finding, call);
        }

        if (finding.Node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { } assignment
            || GrowingText.Of(assignment.Left, finding.Model, finding.Types, finding.Cancel) is not { } text)
        {
            return null;
        }

        if (LocalBecomesBuilder.IsPossible(text, finding.Model, finding.Cancel))
        {
            return Fixing.Plan.Edit(finding, edits => LocalBecomesBuilder.Edit(edits, text, finding.Types)) with { Key = text.Declaration };
        }

        return BuilderBeside.Of(text, assignment, finding.Model, finding.Cancel) is { } beside
            ? Fixing.Plan.Edit(finding, edits => beside.Edit(edits, finding.Types)) with { Key = (text.Declaration, beside.FirstStatement) }
            : null;
    }
}
