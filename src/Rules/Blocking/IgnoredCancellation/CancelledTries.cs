using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What handlers around a call would make of its cancellation.</summary>
internal static class CancelledTries
{
    /// <summary>
    /// Whether cancelling the call would do harm: it cleans up itself, a handler would take the cancellation for a failure and
    /// write that down or go round again, or a semaphore would be released that was never entered.
    /// </summary>
    public static bool AreHarmed(InvocationExpressionSyntax call, IMethodSymbol method, SyntaxNode entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        for (SyntaxNode child = call, parent = call.Parent!; child != entry; child = parent, parent = parent.Parent!)
        {
            if (parent is CatchClauseSyntax or FinallyClauseSyntax)
                return true;

            if (parent is not TryStatementSyntax attempt || child != attempt.Block)
                continue;

            if (method is { Name: "WaitAsync", ContainingType.Name: "SemaphoreSlim" } && attempt.Finally?.Block.ToString().Contains(".Release(") == true)
                return true;

            if (HandlerOf(attempt, model, cancel) is { } handler && (WritesIn(handler, model, types, cancel) || (!Leaves(handler) && IsTriedAgain(attempt, entry))))
                return true;
        }

        return false;
    }

    /// <summary>The clause that takes a cancellation as any other failure; null where one takes it for what it is, or none takes it.</summary>
    private static CatchClauseSyntax? HandlerOf(TryStatementSyntax attempt, SemanticModel model, CancellationToken cancel)
    {
        foreach (var clause in attempt.Catches)
        {
            var name = clause.Declaration is { } declaration ? model.GetTypeInfo(declaration.Type, cancel).Type?.Name : "Exception";
            if (name is "OperationCanceledException" or "TaskCanceledException")
                return null;

            if (name is "Exception" or "SystemException" && clause.Filter?.ToString().Contains("Cancel") != true)
                return clause;
        }

        return null;
    }

    private static bool WritesIn(CatchClauseSyntax handler, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        foreach (var node in handler.Block.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && Writes.Is(call, model, types, cancel))
                return true;
        }

        return false;
    }

    private static bool Leaves(CatchClauseSyntax handler) =>
        handler.Block.Statements.Count > 0 && handler.Block.Statements[handler.Block.Statements.Count - 1] is ThrowStatementSyntax or ReturnStatementSyntax or BreakStatementSyntax;

    /// <summary>Whether a loop goes on after the handler without a look at the token: each round would fail at once.</summary>
    private static bool IsTriedAgain(TryStatementSyntax attempt, SyntaxNode entry)
    {
        for (SyntaxNode? parent = attempt.Parent; parent is not null && parent != entry; parent = parent.Parent)
        {
            var looksAtToken = parent switch
            {
                WhileStatementSyntax loop => MentionsToken(loop.Condition),
                DoStatementSyntax loop => MentionsToken(loop.Condition),
                ForStatementSyntax loop => loop.Condition is { } condition && MentionsToken(condition),
                CommonForEachStatementSyntax loop => loop.AwaitKeyword.RawKind != 0 && MentionsToken(loop.Expression),
                _ => true,
            };

            if (!looksAtToken)
                return true;
        }

        return false;
    }

    private static bool MentionsToken(ExpressionSyntax expression)
    {
        var text = expression.ToString();
        return text.Contains("IsCancellationRequested") || text.IndexOf("token", System.StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("stop", System.StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
