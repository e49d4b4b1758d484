using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Whether code in a loop runs at most once because the loop is left after it on every path.</summary>
internal static class LoopExits
{
    /// <summary>
    /// Whether every path from <paramref name="node"/> leaves <paramref name="loop"/> by <c>return</c>, <c>throw</c>,
    /// <c>break</c> or <c>goto</c> outward before the next iteration. False when in doubt.
    /// </summary>
    public static bool AlwaysLeaves(SyntaxNode node, Loop loop)
    {
        if (loop.Body is not { } body || !body.FullSpan.Contains(node.FullSpan))
            return false;

        for (SyntaxNode child = node, parent = node.Parent!; child != body && parent is not null; child = parent, parent = parent.Parent!)
        {
            // A loop, a try or a function in between has exits of its own.
            if (child is not StatementSyntax statement)
            {
                if (child is AnonymousFunctionExpressionSyntax)
                    return false;

                continue;
            }

            if (statement is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or TryStatementSyntax or LocalFunctionStatementSyntax)
            {
                return false;
            }

            if (statement is IfStatementSyntax && node != statement && ContinuesFrom(statement, loop))
                return false;

            if (Leaves(statement, loop))
                return true;

            var rest = parent switch
            {
                BlockSyntax block => block.Statements,
                SwitchSectionSyntax section => section.Statements,
                _ => default,
            };

            for (var next = rest.IndexOf(statement) + 1; next < rest.Count; next++)
            {
                if (Leaves(rest[next], loop))
                    return true;

                if (ContinuesFrom(rest[next], loop))
                    return false;
            }

            if (parent is SwitchSectionSyntax)
                return false;
        }

        return false;
    }

    /// <summary>Whether the statement itself always leaves the loop.</summary>
    public static bool Leaves(StatementSyntax statement, Loop loop) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
        BreakStatementSyntax => TargetOf(statement) == loop.Syntax,
        BlockSyntax block => LastLeaves(block, loop),
        IfStatementSyntax { Else: { } other } branch => Leaves(branch.Statement, loop) && Leaves(other.Statement, loop),
        _ => false,
    };

    private static bool LastLeaves(BlockSyntax block, Loop loop)
    {
        foreach (var statement in block.Statements)
        {
            if (Leaves(statement, loop))
                return true;

            if (ContinuesFrom(statement, loop))
                return false;
        }

        return false;
    }

    /// <summary>Whether a <c>continue</c> of the loop, or a jump, stands in the statement.</summary>
    private static bool ContinuesFrom(SyntaxNode statement, Loop loop)
    {
        foreach (var descendant in statement.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax))
        {
            if (descendant is GotoStatementSyntax || (descendant is ContinueStatementSyntax && TargetOf(descendant) == loop.Syntax))
                return true;
        }

        return false;
    }

    /// <summary>The loop or switch that a <c>break</c> or <c>continue</c> belongs to.</summary>
    private static SyntaxNode? TargetOf(SyntaxNode jump)
    {
        for (var parent = jump.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                case SwitchStatementSyntax when jump is BreakStatementSyntax:
                    return parent;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}
