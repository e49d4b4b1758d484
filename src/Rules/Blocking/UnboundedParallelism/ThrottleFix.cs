using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Fixing.Hoist;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// Lets every operation of a <c>Task.WhenAll</c> wait for a place. All still run, the results keep their order, and the first
/// exception is the same, which <c>Parallel.ForEachAsync</c> would not keep: it leaves out what has not begun when one fails.
/// </summary>
internal static class ThrottleFix
{
    public static Plan? Plan(Finding finding, InvocationExpressionSyntax whenAll)
    {
        if (finding.Types["System.Threading.SemaphoreSlim"] is not { } type || ((CSharpParseOptions)finding.Node.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8
            || StartedTasks.Of(whenAll, finding.Model, finding.Types, finding.Cancel) is not { } started
            || SelectOf(started) is not { } select || StartOf(whenAll, select) is not { } first
            || ThrottledWorkFix.Of(started.Work, select, finding) is not { } work)
        {
            return null;
        }

        return new Plan(async (edits, cancel) =>
        {
            var document = await edits.OfAsync(finding.Document, cancel).ConfigureAwait(false);
            var name = document.UniqueName("throttle", whenAll);
            var places = finding.Read(CommonOptions.ConcurrentOperations);
            var local = SyntaxFactory.ParseStatement($"using var {name} = new {document.NameOf(type, whenAll.SpanStart)}({places});");
            document.Replace(started.Work, current => work.Write((ExpressionSyntax)current, name));
            edits.Stage<HoistStage>().Add(finding.Document, new HoistPlace(first, first, ImmutableArray<StatementSyntax>.Empty), local);
        })
        {
            Title = "Limit how many operations run at once",
            IsReview = true,
            Key = whenAll,
        };
    }

    /// <summary>The call of <c>Select</c> that starts the tasks; loops and queries have no function that could wait.</summary>
    private static InvocationExpressionSyntax? SelectOf(StartedTasks started) =>
        started.Work.Parent is ArgumentSyntax { NameColon: null, Parent.Parent: InvocationExpressionSyntax select } && Calls.NameOf(select)?.Identifier.ValueText == "Select" ? select : null;

    /// <summary>
    /// The statement before which the places are made: the one that awaits all tasks, or that right before it, which starts
    /// them. So everything is done before the places are disposed.
    /// </summary>
    private static StatementSyntax? StartOf(InvocationExpressionSyntax whenAll, InvocationExpressionSyntax select)
    {
        ExpressionSyntax waited = whenAll;
        if (TaskCalls.NextCall(waited) is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } } configured)
            waited = configured;

        if (waited.Parent is not AwaitExpressionSyntax || waited.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } waits
            || waits is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax)
            || Functions.Enclosing(whenAll) is not { } function || block.FirstAncestorOrSelf<SyntaxNode>(node => node == function) is null)
        {
            return null;
        }

        if (waits.Span.Contains(select.Span))
            return Functions.Enclosing(select) == function ? waits : null;

        var before = block.Statements.IndexOf(waits) - 1;
        return before >= 0 && block.Statements[before] is LocalDeclarationStatementSyntax starts && starts.Span.Contains(select.Span) && Functions.Enclosing(select) == function ? starts : null;
    }
}
