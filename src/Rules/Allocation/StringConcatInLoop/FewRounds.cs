using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Tells in a control flow graph when a path goes round a loop that runs a few times only, and when it has left it.</summary>
/// <param name="around">The loops around a place, the innermost first.</param>
/// <param name="few">Those of them that run a few times only.</param>
internal sealed class FewRounds(List<StatementSyntax> around, List<StatementSyntax> few)
{
    /// <summary>The loop of <c>few</c>, as a bit, to whose head the branch goes back; the innermost of <c>around</c> that holds all between.</summary>
    public int Round(ControlFlowGraph graph, BasicBlock block, BasicBlock destination)
    {
        if (destination.Ordinal > block.Ordinal)
            return 0;

        foreach (var loop in around)
        {
            if (IsAllInside(graph, loop, destination.Ordinal, block.Ordinal))
                return few.IndexOf(loop) is var index and >= 0 ? 1 << index : 0;
        }

        return 0;
    }

    /// <summary>The rounds without those of loops that the block lies outside of.</summary>
    public int WithoutLeft(int rounds, BasicBlock block)
    {
        for (var index = 0; rounds != 0 && index < few.Count; index++)
        {
            foreach (var operation in RecentFlow.OperationsOf(block))
            {
                if (!few[index].Span.Contains(operation.Syntax.Span) || StartsLoop(few[index], operation))
                    rounds &= ~(1 << index);
            }
        }

        return rounds;
    }

    private static bool IsAllInside(ControlFlowGraph graph, StatementSyntax loop, int first, int last)
    {
        for (var ordinal = first; ordinal <= last; ordinal++)
        {
            foreach (var operation in RecentFlow.OperationsOf(graph.Blocks[ordinal]))
            {
                if (!loop.Span.Contains(operation.Syntax.Span) || StartsLoop(loop, operation))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the operation runs before the first iteration: then what comes back to it is a loop further out.</summary>
    private static bool StartsLoop(StatementSyntax loop, IOperation operation) => loop switch
    {
        ForStatementSyntax counted => counted.Declaration?.Span.Contains(operation.Syntax.Span) == true
            || (counted.Initializers.Count > 0 && counted.Initializers.FullSpan.Contains(operation.Syntax.Span)),
        CommonForEachStatementSyntax each => each.Expression.Span.Contains(operation.Syntax.Span)
            && operation is IFlowCaptureOperation or { IsImplicit: false },
        _ => false,
    };
}
