using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>task.Result</c> becomes <c>await task</c>, and its kin likewise.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class SyncWaitFix() : RuleFix(SyncWaitAnalyzer.Rule, "Await the task")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node is not SimpleNameSyntax name || TaskWait.Of(name, finding.Model, finding.Types, finding.Cancel) is not { } wait
            || (wait.Kind != WaitKind.GetResult && AggregateHandlers.Cover(wait.Whole)) || WaitLimitFix.Of(wait, finding) is not { } limit)
        {
            return null;
        }

        if (wait.Task is not { } task)
            return WaitSeveralFix.Plan(finding, wait, limit);

        if (HasCommentAfter(task, wait.Whole) || IsAfterStatements(wait.Whole))
            return null;

        var unwraps = StartedWorkFix.CanStandAlone(task, finding);
        return GoAsync.Plan(finding, wait.Whole, (current, edits) =>
        {
            var awaited = TaskIn((ExpressionSyntax)current, wait.Kind);
            if (unwraps)
                awaited = StartedWorkFix.Work(awaited);
            else if (AsTaskReceiver(awaited) is { } receiver && limit.Token is null && limit.Timeout is null)
                awaited = receiver;

            return Awaits.Of(limit.Applied(awaited, edits, wait.Whole), wait.Whole, edits.Model);
        });
    }

    private static ExpressionSyntax TaskIn(ExpressionSyntax wait, WaitKind kind)
    {
        var member = (MemberAccessExpressionSyntax)(wait is InvocationExpressionSyntax call ? call.Expression : wait);
        return kind == WaitKind.GetResult ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)member.Expression).Expression).Expression : member.Expression;
    }

    /// <summary>The value task of <c>valueTask.AsTask()</c>, which only a blocking wait needs.</summary>
    private static ExpressionSyntax? AsTaskReceiver(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsTask" } member } ? member.Expression : null;

    /// <summary>
    /// Whether the wait is the second step of <c>items.Select(async item =&gt; { … }).Select(t =&gt; t.Result)</c>: with the
    /// statements in its head, no reader would want the loop that awaits.
    /// </summary>
    private static bool IsAfterStatements(ExpressionSyntax wait) => Functions.Enclosing(wait) is LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax chain } } }
        && chain.Expression.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax { Block: not null });

    /// <summary>A comment between the task and the end of the wait would have no place.</summary>
    private static bool HasCommentAfter(ExpressionSyntax task, ExpressionSyntax whole) => whole.DescendantTrivia()
        .Any(trivia => trivia.SpanStart >= task.Span.End && trivia.Span.End <= whole.Span.End
            && (trivia.IsDirective || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)));
}
