using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Whether code in a loop runs at most once because the loop is left after it on every path.</summary>
internal static class LoopExits
{
    /// <summary>
    /// Whether every path from <paramref name="node"/> leaves <paramref name="loop"/> by <c>return</c>, <c>throw</c> or
    /// <c>break</c> before the next iteration. An exception thrown on the way is no path: a retry loop leaves on success.
    /// False when in doubt.
    /// </summary>
    public static bool AlwaysLeaves(SyntaxNode node, Loop loop)
    {
        if (loop.Body is not { } body || !body.FullSpan.Contains(node.FullSpan) || IsInFunctionWithin(node, body))
            return false;

        for (SyntaxNode child = node; child is not null; child = child.Parent!)
        {
            if (child is StatementSyntax statement)
            {
                // An inner loop has exits of its own.
                if (Loop.IsLoop(statement))
                    return false;

                if (Decides(statement, node, loop) is { } leaves)
                    return leaves;
            }

            if (child == body)
                return false;
        }

        return false;
    }

    /// <summary>What the rest of <paramref name="statement"/> and the statements after it in its list do; null where they go on to what follows the list.</summary>
    private static bool? Decides(StatementSyntax statement, SyntaxNode node, Loop loop)
    {
        // Where the node is the statement's own expression, what the statement then does is still to come.
        if (node.FirstAncestorOrSelf<StatementSyntax>() == statement)
        {
            if (Leaves(statement, loop))
                return true;

            if (Continues(statement, loop))
                return false;
        }

        if (RestOf(statement.Parent) is not { } rest)
            return null;

        for (var next = rest.IndexOf(statement) + 1; next < rest.Count; next++)
        {
            if (Leaves(rest[next], loop))
                return true;

            // The end of a switch section: what follows the switch decides.
            if (rest[next] is BreakStatementSyntax)
                return null;

            if (Continues(rest[next], loop))
                return false;
        }

        return null;
    }

    /// <summary>Whether the statement itself always leaves the loop.</summary>
    public static bool Leaves(StatementSyntax statement, Loop loop) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
        BreakStatementSyntax => TargetOf(statement) == loop.Syntax,
        BlockSyntax block => AnyLeaves(block.Statements, loop),
        IfStatementSyntax { Else: { } other } branch => Leaves(branch.Statement, loop) && Leaves(other.Statement, loop),
        UsingStatementSyntax used => Leaves(used.Statement, loop),
        LockStatementSyntax locked => Leaves(locked.Statement, loop),
        CheckedStatementSyntax checkedBlock => Leaves(checkedBlock.Block, loop),
        TryStatementSyntax attempt => Leaves(attempt.Block, loop) && AllLeave(attempt.Catches, loop),
        SwitchStatementSyntax choice => AllLeave(choice.Sections, loop),
        _ => false,
    };

    private static bool AnyLeaves(SyntaxList<StatementSyntax> statements, Loop loop)
    {
        foreach (var statement in statements)
        {
            if (Leaves(statement, loop))
                return true;

            if (Continues(statement, loop))
                return false;
        }

        return false;
    }

    private static bool AllLeave(SyntaxList<CatchClauseSyntax> catches, Loop loop)
    {
        foreach (var handler in catches)
        {
            if (!Leaves(handler.Block, loop))
                return false;
        }

        return true;
    }

    private static bool AllLeave(SyntaxList<SwitchSectionSyntax> sections, Loop loop)
    {
        var isComplete = false;
        foreach (var section in sections)
        {
            if (!AnyLeaves(section.Statements, loop))
                return false;

            foreach (var label in section.Labels)
                isComplete |= label is DefaultSwitchLabelSyntax;
        }

        return isComplete;
    }

    /// <summary>Whether the statement goes on to the next iteration, or jumps, somewhere in it; a <c>break</c> out of a switch around it counts.</summary>
    private static bool Continues(SyntaxNode statement, Loop loop)
    {
        foreach (var descendant in statement.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax))
        {
            switch (descendant)
            {
                case GotoStatementSyntax:
                case ContinueStatementSyntax when TargetOf(descendant) == loop.Syntax:
                case BreakStatementSyntax when TargetOf(descendant) is SwitchStatementSyntax choice && !statement.Span.Contains(choice.Span):
                    return true;
            }
        }

        return false;
    }

    private static bool IsInFunctionWithin(SyntaxNode node, StatementSyntax body)
    {
        for (var parent = node.Parent; parent is not null && parent != body; parent = parent.Parent)
        {
            if (parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return true;
        }

        return false;
    }

    private static SyntaxList<StatementSyntax>? RestOf(SyntaxNode? parent) => parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => null,
    };

    /// <summary>The loop or switch that a <c>break</c> or <c>continue</c> belongs to.</summary>
    private static SyntaxNode? TargetOf(SyntaxNode jump)
    {
        for (var parent = jump.Parent; parent is not null; parent = parent.Parent)
        {
            if (Loop.IsLoop(parent) || (parent is SwitchStatementSyntax && jump is BreakStatementSyntax))
                return parent;

            if (parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)
                return null;
        }

        return null;
    }
}
