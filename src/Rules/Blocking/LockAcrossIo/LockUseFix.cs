using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Locks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A place that takes a lock, and how it takes a semaphore in its stead.</summary>
/// <param name="Region">What is run under the lock.</param>
/// <param name="Node">What is replaced: the <c>lock</c> or <c>using</c> statement, or the call of <c>Monitor.Enter</c>.</param>
/// <param name="Exit">The call of <c>Monitor.Exit</c>; null where the language gives the lock back.</param>
internal sealed record LockUseFix(LockRegion Region, SyntaxNode Node, InvocationExpressionSyntax? Exit)
{
    /// <summary>The use that a mention of the lock is part of; null where it is none of the known ones.</summary>
    public static LockUseFix? Of(ExpressionSyntax mention, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        switch (mention.Parent)
        {
            case LockStatementSyntax statement when statement.Expression == mention:
                return new LockUseFix(LockRegions.Of(statement), statement, null);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnterScope", Parent: InvocationExpressionSyntax { Parent: UsingStatementSyntax { Declaration: null } scope } call }:
                return RegionOf(call, model, types, cancel) is { Form: LockForm.UsingScope } region ? new LockUseFix(region, scope, null) : null;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax call } }:
                return OfMonitor(call, model, types, cancel);
            default:
                return null;
        }
    }

    /// <summary>The <c>lock</c> statement or call that has to be gone before code there can await.</summary>
    public SyntaxNode Freed => Node is LockStatementSyntax ? Node : Region.Anchor;

    /// <summary>Writes the statement that takes the semaphore before <see cref="Node"/>, where that is a statement of its own.</summary>
    public void WriteWait(DocumentEdits edits, bool awaits, string? token)
    {
        if (Node is not StatementSyntax statement)
        {
            edits.Replace(Exit!, current => SyntaxFactory.ParseExpression($"{Region.Lock.WithoutTrivia()}.Release()").WithTriviaFrom(current));
            return;
        }

        if (!IsListed(statement))
            return;

        // What stood on one line with its block or its member does no longer.
        if (!StartsItsLine(statement) && statement.Ancestors().FirstOrDefault(StartsItsLine) is { } line)
            edits.Replace(line, current => current.WithAdditionalAnnotations(Formatter.Annotation));

        edits.InsertBefore(statement, WaitStatement(edits, awaits, token).WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed));
    }

    /// <summary>What stands in the place of <paramref name="current"/>, the node as other edits left it.</summary>
    public SyntaxNode Changed(SyntaxNode current, DocumentEdits edits, bool awaits, string? token)
    {
        if (Node is not StatementSyntax original)
            return Wait(edits, awaits, token).WithTriviaFrom(current);

        var (body, close) = current is LockStatementSyntax locked ? (locked.Statement, locked.CloseParenToken) : (((UsingStatementSyntax)current).Statement, ((UsingStatementSyntax)current).CloseParenToken);
        var release = SyntaxFactory.ExpressionStatement(SyntaxFactory.ParseExpression($"{Region.Lock.WithoutTrivia()}.Release()"));
        var block = body as BlockSyntax ?? SyntaxFactory.Block(body.WithoutTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
        var attempt = SyntaxFactory.TryStatement(
            SyntaxFactory.Token(SyntaxKind.TryKeyword).WithTrailingTrivia(close.TrailingTrivia),
            block.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed),
            default,
            SyntaxFactory.FinallyClause(SyntaxFactory.Block(release)).WithAdditionalAnnotations(Formatter.Annotation));
        if (IsListed(original))
        {
            var indentation = current.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
            return attempt.WithLeadingTrivia(indentation).WithTrailingTrivia(current.GetTrailingTrivia());
        }

        return SyntaxFactory.Block(WaitStatement(edits, awaits, token), attempt).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private StatementSyntax WaitStatement(DocumentEdits edits, bool awaits, string? token) =>
        SyntaxFactory.ExpressionStatement(Wait(edits, awaits, token));

    private ExpressionSyntax Wait(DocumentEdits edits, bool awaits, string? token)
    {
        var held = Region.Lock.WithoutTrivia();
        if (!awaits)
            return SyntaxFactory.ParseExpression($"{held}.Wait()");

        var waiting = Awaits.Of(SyntaxFactory.ParseExpression($"{held}.WaitAsync({token})"), Region.Lock, edits.Model);
        return (waiting is ParenthesizedExpressionSyntax inner ? inner.Expression : waiting).WithoutTrivia();
    }

    private static bool StartsItsLine(SyntaxNode node)
    {
        var first = node.GetFirstToken();
        var before = first.GetPreviousToken();
        return before.RawKind == 0 || before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || first.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia);
    }

    private static bool IsListed(StatementSyntax statement) => statement.Parent is BlockSyntax or SwitchSectionSyntax;

    private static LockRegion? RegionOf(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method && LockRegions.Taking.Contains(method.Name) ? LockRegions.Of(call, method, model, types, cancel) : null;

    /// <summary><c>Monitor.Enter(x); try { … } finally { Monitor.Exit(x); }</c>, and nothing between.</summary>
    private static LockUseFix? OfMonitor(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var enter = call;
        if (Calls.NameOf(call)?.Identifier.ValueText == "Exit" && call.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt } } }
            && Before(attempt) is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax taken })
        {
            enter = taken;
        }

        return RegionOf(enter, model, types, cancel) is { Type: "Monitor", Form: LockForm.EnterAndExit } region && enter is { Parent: ExpressionStatementSyntax statement, ArgumentList.Arguments.Count: 1 }
            && Calls.NameOf(enter)?.Identifier.ValueText == "Enter"
            && After(statement) is TryStatementSyntax { Finally.Block.Statements: { Count: 1 } last } && last[0] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } given } exit }
            && Calls.NameOf(exit)?.Identifier.ValueText == "Exit" && LockRegion.TextOf(given[0].Expression) == region.Name
                ? new LockUseFix(region, enter, exit)
                : null;
    }

    private static StatementSyntax? Before(StatementSyntax statement) => statement.Parent is BlockSyntax { Statements: var all } && all.IndexOf(statement) is > 0 and var at ? all[at - 1] : null;

    private static StatementSyntax? After(StatementSyntax statement) => statement.Parent is BlockSyntax { Statements: var all } && all.IndexOf(statement) is var at && at + 1 < all.Count ? all[at + 1] : null;
}
