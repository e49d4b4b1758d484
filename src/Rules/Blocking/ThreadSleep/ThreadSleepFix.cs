using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>Thread.Sleep(x)</c> becomes <c>await Task.Delay(x)</c>, with the cancellation token in scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ThreadSleepFix() : RuleFix(ThreadSleepAnalyzer.Rule, "Await Task.Delay")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node is not InvocationExpressionSyntax call)
            return null;

        return Calls.NameOf(call)?.Identifier.ValueText switch
        {
            "Sleep" => GoAsync.Plan(finding, call, (current, edits) => DelayEdit.Of(finding, edits, call, ((InvocationExpressionSyntax)current).ArgumentList)),
            "Wait" => Waited(finding, call),
            "SpinUntil" => SpinUntilFix.Plan(finding, call),
            _ => null,
        };
    }

    /// <summary>
    /// <c>Task.Delay(x).Wait()</c>. A delay that is cancelled throws the exception itself instead of an
    /// <c>AggregateException</c> around it, which a handler of the same function could tell.
    /// </summary>
    private static Plan? Waited(Finding finding, InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.Count > 0 || call is not { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 or 2 } delay } }
            || (delay.ArgumentList.Arguments.Count == 2 && HasHandler(call)))
        {
            return null;
        }

        return GoAsync.Plan(finding, call, (current, edits) => DelayEdit.Of(finding, edits, call,
            ((InvocationExpressionSyntax)((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression).Expression).ArgumentList));
    }

    private static bool HasHandler(SyntaxNode place)
    {
        foreach (var ancestor in place.Ancestors())
        {
            if (ancestor is TryStatementSyntax { Catches.Count: > 0 } attempt && attempt.Block.Span.Contains(place.Span))
                return true;

            if (ancestor is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                break;
        }

        return false;
    }
}
