using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Locks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// A private lock becomes a <c>SemaphoreSlim</c> that is awaited, in all places together, and what was waited for under
/// it is awaited too. A place that cannot await and does no I/O waits for the semaphore synchronously.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class LockAcrossIoFix() : RuleFix(LockAcrossIoAnalyzer.Rule, "Await behind a SemaphoreSlim")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (RegionAround(finding) is not { } region || finding.Types["System.Threading.SemaphoreSlim"] is null || LockFieldFix.Of(region, finding) is not { } field)
            return null;

        var bundle = new AwaitBundle(finding.Document, field.Home, field.Uses.Select(use => use.Freed).ToList(), field.Edit);
        var requests = new List<AwaitRequest>();
        var mendsThis = false;
        foreach (var use in field.Uses)
        {
            var held = HeldCalls.AllIn(use.Region, finding.Model, finding.Types, finding.Cancel).ToList();
            if (IsUnderAnotherLock(use))
                return null;

            var calls = held.SelectMany(call => AwaitedCallsOf(call, finding)).ToList();
            mendsThis |= calls.Count > 0 && use.Region.Anchor == region.Anchor;
            Add(use, canStaySync: held.Count == 0, finding, bundle, requests);
            requests.AddRange(calls.Select(call => new AwaitRequest(call.Document, call.Awaited.Node, finding.Rule.Id, call.Awaited.Change, null)
            {
                Bundle = bundle,
                IsInPlace = use.Node.Span.Contains(call.Awaited.Node.Span) && call.Document == finding.Document,
            }));
        }

        if (!mendsThis || new ReentryFix(field, finding.Model, finding.Cancel).IsPossible())
            return null;

        return GoAsync.PlanTogether(finding, requests) is { } plan ? plan with { Key = (finding.Document.Id, field.Declaration.SpanStart) } : null;
    }

    private static void Add(LockUseFix use, bool canStaySync, Finding finding, AwaitBundle bundle, List<AwaitRequest> requests)
    {
        var token = finding.TokenAt(use.Node);
        requests.Add(new AwaitRequest(finding.Document, use.Node, finding.Rule.Id, (current, edits) => use.Changed(current, edits, awaits: true, token), edits => use.WriteWait(edits, awaits: true, token))
        {
            Bundle = bundle,
            IsInPlace = true,
            Fallback = !canStaySync ? null : edits =>
            {
                use.WriteWait(edits, awaits: false, null);
                edits.Replace(use.Node, current => use.Changed(current, edits, awaits: false, null));
            },
        });
    }

    /// <summary>The awaiting forms of the call: of itself, or of all blocking calls of the function that it leads to.</summary>
    private static IEnumerable<(Document Document, AwaitedCall Awaited)> AwaitedCallsOf(HeldCall held, Finding finding)
    {
        foreach (var blocking in held.Blocking)
        {
            var tree = blocking.Node.SyntaxTree;
            if (finding.Document.Project.Solution.GetDocument(tree) is { } document
                && AwaitedCall.Of(finding with { Document = document, Node = blocking.Node, Model = SemanticModels.Of(tree, finding.Model) }, blocking) is { } awaited)
            {
                yield return (document, awaited);
            }
        }
    }

    private static bool IsUnderAnotherLock(LockUseFix use)
    {
        for (SyntaxNode child = use.Node, parent = use.Node.Parent!; parent is not null and not MemberDeclarationSyntax; child = parent, parent = parent.Parent!)
        {
            if (parent is LockStatementSyntax outer && child == outer.Statement)
                return true;
        }

        return false;
    }

    /// <summary>The innermost region that the finding stands in.</summary>
    private static LockRegion? RegionAround(Finding finding)
    {
        for (SyntaxNode child = finding.Node, parent = finding.Node.Parent!; parent is not null and not MemberDeclarationSyntax; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case LockStatementSyntax statement when child == statement.Statement:
                    return LockRegions.Of(statement);
                case UsingStatementSyntax { Expression: InvocationExpressionSyntax scope } holder when child == holder.Statement && RegionOf(scope, finding) is { } region:
                    return region;
                case BlockSyntax block when block.Statements.TakeWhile(statement => statement != child).OfType<ExpressionStatementSyntax>()
                        .Select(statement => statement.Expression is InvocationExpressionSyntax enter ? RegionOf(enter, finding) : null)
                        .LastOrDefault(region => region is not null && region.Body.Any(body => body.SyntaxTree == finding.Node.SyntaxTree && body.Span.Contains(finding.Node.Span))) is { } entered:
                    return entered;
            }
        }

        return null;
    }

    private static LockRegion? RegionOf(InvocationExpressionSyntax call, Finding finding) =>
        Calls.NameOf(call) is { } name && LockRegions.Taking.Contains(name.Identifier.ValueText) && finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol method
            ? LockRegions.Of(call, method, finding.Model, finding.Types, finding.Cancel)
            : null;
}
