using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Fixing.Hoist;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>All calls are started, awaited together, and their results read where they were.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class IndependentAwaitsFix() : RuleFix(IndependentAwaitsAnalyzer.Rule, "Start all calls, then await them together")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { } second
            || AwaitGroup.WithSecond(second, finding.Model, finding.Cancel) is not { } group || group.First.ContainsDirectives
            || group.Slots.Any(slot => slot.Await.FirstAncestorOrSelf<StatementSyntax>() is { ContainsDirectives: true })
            // A variable would not have its value where a later call fails.
            || (SwallowedFailures.Of(second) && group.Slots.Any(slot => slot.Await.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax })))
        {
            return null;
        }

        var started = group.Slots.Select(slot => TaskStarts.Of(slot, finding)).ToList();
        if (started.Contains(null))
            return null;

        return new Plan(async (edits, cancel) =>
        {
            var document = await edits.OfAsync(finding.Document, cancel).ConfigureAwait(false);
            var statements = TaskStarts.Together(group, started!, document, finding);
            if (AwaitSlot.Of(group.First as StatementSyntax) is not null)
            {
                InsertBefore(document, (StatementSyntax)group.First, statements, group);
                return;
            }

            var place = new HoistPlace(group.First, group.First, ImmutableArray<StatementSyntax>.Empty);
            foreach (var statement in statements)
                edits.Stage<HoistStage>().Add(finding.Document, place, statement);
        });
    }

    /// <summary>What stood above each await stands above the start of its call.</summary>
    private static void InsertBefore(DocumentEdits edits, StatementSyntax first, List<StatementSyntax> statements, AwaitGroup group)
    {
        var indentation = first.GetLeadingTrivia().LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } last ? last : SyntaxFactory.ElasticMarker;
        for (var i = 0; i < statements.Count; i++)
        {
            var original = i < group.Slots.Length ? group.Slots[i].Await.FirstAncestorOrSelf<StatementSyntax>() : null;
            var added = original is null
                ? statements[i].WithLeadingTrivia(indentation).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation)
                : statements[i].WithTriviaFrom(original);
            edits.InsertBefore(first, added);
        }

        foreach (var slot in group.Slots)
        {
            edits.Replace(slot.Await.FirstAncestorOrSelf<StatementSyntax>()!, current => current.WithLeadingTrivia(indentation).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation));
        }
    }
}
