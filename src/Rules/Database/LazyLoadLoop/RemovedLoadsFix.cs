using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Explicit loads that an include makes needless.</summary>
internal static class RemovedLoads
{
    /// <summary>The statement to remove: one that loads always, not only on a condition, and without which the function stays as async as it is; else null.</summary>
    public static StatementSyntax? StatementOf(InvocationExpressionSyntax load, ImmutableArray<LoadingLoop> loops)
    {
        if (Calls.ReceiverOf(load) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax } }
            || StatementAround(load) is not { Parent: BlockSyntax block } statement || LoopAround(block) is not { } loop || !StaysAsync(load, loops))
        {
            return null;
        }

        // Where nothing but loads would be left the loop goes too, if walking its collection does nothing else.
        return block.Statements.All(other => IsLoad(other, loops)) && !CanGo(loop) ? null : statement;
    }

    /// <summary>The loop that has nothing left to do once the statements are gone, or null.</summary>
    public static StatementSyntax? EmptiedLoop(BlockSyntax block, ImmutableHashSet<StatementSyntax> removed) =>
        block.Statements.All(removed.Contains) && LoopAround(block) is { } loop ? loop : null;

    private static bool CanGo(StatementSyntax loop) => loop is ForEachStatementSyntax { Expression: IdentifierNameSyntax, AwaitKeyword.RawKind: 0 };

    private static StatementSyntax? LoopAround(BlockSyntax block) => block.Parent as StatementSyntax is (CommonForEachStatementSyntax or ForStatementSyntax) and var loop ? loop : null;

    private static StatementSyntax? StatementAround(InvocationExpressionSyntax load)
    {
        ExpressionSyntax expression = load;
        while (expression.Parent is InvocationExpressionSyntax or MemberAccessExpressionSyntax or AwaitExpressionSyntax)
            expression = (ExpressionSyntax)expression.Parent;

        return expression.Parent as ExpressionStatementSyntax;
    }

    private static bool IsLoad(StatementSyntax statement, ImmutableArray<LoadingLoop> loops) =>
        loops.Any(loop => loop.Read.Load is { } load && StatementAround(load) == statement);

    /// <summary>Whether the function awaits something else: an async function without <c>await</c> draws a warning.</summary>
    private static bool StaysAsync(InvocationExpressionSyntax load, ImmutableArray<LoadingLoop> loops)
    {
        if (StatementAround(load) is not ExpressionStatementSyntax { Expression: AwaitExpressionSyntax } || Functions.Enclosing(load) is not { } function)
            return true;

        foreach (var node in function.DescendantNodes(n => n == function || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case AwaitExpressionSyntax { Parent: StatementSyntax statement } when IsLoad(statement, loops):
                    break;
                case AwaitExpressionSyntax:
                case CommonForEachStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword }:
                case UsingStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword }:
                case LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword }:
                    return true;
            }
        }

        return false;
    }
}
