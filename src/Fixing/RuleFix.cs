using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using PerfAnalyzers.Core;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// The code fix of one rule. A derived class only plans: it turns a finding into a plan, or into null where no change
/// is proven safe. One plan serves the lightbulb and Fix All alike, and without a plan no lightbulb is shown.
/// </summary>
public abstract class RuleFix : CodeFixProvider
{
    private readonly Rule _rule;
    private readonly string _title;

    private protected RuleFix(Rule rule, string title)
    {
        _rule = rule;
        _title = title;
        FixableDiagnosticIds = ImmutableArray.Create(rule.Id);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new RuleFixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FindingAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } finding)
                continue;

            // The first action is the one that `dotnet format` takes: it has the rule's one equivalence key.
            if (Plan(finding) is { } plan)
                Register(context, diagnostic, plan, _rule.Id);

            if (Alternative(finding) is { } alternative)
                Register(context, diagnostic, alternative, _rule.Id + ".alternative");
        }
    }

    /// <summary>The change that mends the finding, or null where none is proven. Looks only at the finding's document and compilation.</summary>
    private protected abstract Plan? Plan(Finding finding);

    /// <summary>A second change to offer beside the first; it takes no part in Fix All.</summary>
    private protected virtual Plan? Alternative(Finding finding) => null;

    /// <summary>The solution with all of <paramref name="diagnostics"/> mended that can be, in one edit.</summary>
    internal async Task<Solution> FixAllAsync(Solution solution, IEnumerable<(Document Document, Diagnostic Diagnostic)> diagnostics, CancellationToken cancel)
    {
        var edits = new EditModel(solution);
        var done = new HashSet<object>();
        foreach (var (document, diagnostic) in diagnostics)
        {
            if (await FindingAsync(document, diagnostic, cancel).ConfigureAwait(false) is { } finding && Plan(finding) is { } plan
                && (!IsReview(plan) || finding.Read(CommonOptions.FixAllReview))
                && (plan.Key is null || done.Add(plan.Key)))
            {
                await plan.Apply(edits, cancel).ConfigureAwait(false);
            }
        }

        return await edits.CompleteAsync(cancel).ConfigureAwait(false);
    }

    internal string Title => _rule.Fix == FixKind.Review ? $"{_title} (review)" : _title;

    private bool IsReview(Plan plan) => plan.IsReview ?? _rule.Fix == FixKind.Review;

    private void Register(CodeFixContext context, Diagnostic diagnostic, Plan plan, string key)
    {
        var solution = context.Document.Project.Solution;
        var title = plan.Title ?? _title;
        context.RegisterCodeFix(CodeAction.Create(IsReview(plan) ? $"{title} (review)" : title, async cancel =>
        {
            var edits = new EditModel(solution);
            await plan.Apply(edits, cancel).ConfigureAwait(false);
            return await edits.CompleteAsync(cancel).ConfigureAwait(false);
        }, key), diagnostic);
    }

    private async Task<Finding?> FindingAsync(Document document, Diagnostic diagnostic, CancellationToken cancel)
    {
        var root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancel).ConfigureAwait(false);
        if (root is null || model is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan))
            return null;

        return new Finding(_rule, diagnostic, document, root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model, cancel);
    }
}
