using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
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

        if (WaitedTask.HasCommentAfter(task, wait.Whole) || IsAfterStatements(wait.Whole))
            return null;

        var unwraps = StartedWorkFix.CanStandAlone(task, finding);
        return GoAsync.Plan(finding, wait.Whole, (current, edits) =>
        {
            var awaited = WaitedTask.In((ExpressionSyntax)current, wait.Kind);
            if (unwraps)
                awaited = StartedWorkFix.Work(awaited);
            else if (WaitedTask.AsTaskReceiver(awaited) is { } receiver && limit.Token is null && limit.Timeout is null)
                awaited = receiver;

            return Awaits.Of(limit.Applied(awaited, edits, wait.Whole), wait.Whole, edits.Model);
        });
    }

    /// <summary>
    /// Whether the wait is the second step of <c>items.Select(async item =&gt; { … }).Select(t =&gt; t.Result)</c>: with the
    /// statements in its head, no reader would want the loop that awaits.
    /// </summary>
    private static bool IsAfterStatements(ExpressionSyntax wait) => Functions.Enclosing(wait) is LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax chain } } }
        && chain.Expression.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax { Block: not null });
}
