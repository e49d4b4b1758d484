using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Neighbouring statements of one block that only append to a text, a loop among them: what one builder covers.</summary>
internal sealed class AppendRegion
{
    private readonly GrowingText _text;

    private AppendRegion(GrowingText text, SyntaxList<StatementSyntax> list, int first, int last)
    {
        _text = text;
        List = list;
        FirstIndex = first;
        LastIndex = last;
    }

    public SyntaxList<StatementSyntax> List { get; }

    public int FirstIndex { get; }

    public int LastIndex { get; }

    public StatementSyntax First => List[FirstIndex];

    public StatementSyntax Last => List[LastIndex];

    /// <summary>The outermost loop around all of it.</summary>
    public SyntaxNode? OuterLoop => First.Ancestors().TakeWhile(ancestor => ancestor != _text.Scope)
        .LastOrDefault(ancestor => Loop.IsLoop(ancestor));

    public static AppendRegion? Of(GrowingText text, SyntaxNode append)
    {
        if (LoopFor(text, append) is not { Parent: BlockSyntax { Statements: var list } } loop)
            return null;

        var index = list.IndexOf(loop);
        var region = new AppendRegion(text, list, Extend(text, list, index, -1), Extend(text, list, index, 1));
        return region.JumpsOut() ? null : region;
    }

    public bool Contains(SyntaxNode node) => node.SpanStart >= First.SpanStart && node.Span.End <= Last.Span.End;

    /// <summary>The outermost loop around the append in which everything done with the text can be done with a builder.</summary>
    private static StatementSyntax? LoopFor(GrowingText text, SyntaxNode append)
    {
        StatementSyntax? found = null;
        foreach (var ancestor in append.Ancestors().TakeWhile(ancestor => ancestor != text.Scope))
        {
            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return null;

            if (!Loop.IsLoop(ancestor))
                continue;

            if (!text.Uses.All(use => !ancestor.Span.Contains(use.Reference.Span) || use.IsConvertible) || ancestor.Span.Contains(text.Declaration.Span))
                break;

            found = (StatementSyntax)ancestor;
        }

        return found;
    }

    /// <summary>How far the neighbours of the loop only append too, so that one builder serves them all.</summary>
    private static int Extend(GrowingText text, SyntaxList<StatementSyntax> list, int from, int step)
    {
        var reached = from;
        for (var index = from + step; index >= 0 && index < list.Count; index += step)
        {
            var statement = list[index];
            var uses = text.Uses.Where(use => statement.Span.Contains(use.Reference.Span)).ToList();
            if (JumpsAway(statement) || uses.Any(use => !use.IsConvertible) || statement.Span.Contains(text.Declaration.Span)
                || (uses.Count > 0 && uses.All(use => use.IsReset)))
            {
                break;
            }

            if (uses.Any(use => use.Use == TextUse.Append))
                reached = index;
            else if (uses.Count > 0)
                break;
        }

        return reached;
    }

    /// <summary>Whether control can leave the statements other than by their end, a <c>return</c> or an exception.</summary>
    private bool JumpsOut()
    {
        for (var index = FirstIndex; index <= LastIndex; index++)
        {
            if (JumpsAway(List[index]))
                return true;
        }

        return false;
    }

    /// <summary>Whether a jump in the statement can end outside of it.</summary>
    public static bool JumpsAway(StatementSyntax statement) => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node switch
    {
        GotoStatementSyntax or LabeledStatementSyntax => true,
        BreakStatementSyntax or ContinueStatementSyntax => !node.Ancestors().TakeWhile(ancestor => ancestor != statement.Parent).Any(ancestor =>
            Loop.IsLoop(ancestor) || (node is BreakStatementSyntax && ancestor is SwitchStatementSyntax)),
        _ => false,
    });
}
