using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Whether control gets from one place to another without passing a place that ends the search.</summary>
/// <param name="graph">The function.</param>
/// <param name="stops">Nodes at which a path ends.</param>
/// <param name="few">The loops that are not gone round: they run a few times only.</param>
internal sealed class FlowSearch(ControlFlowGraph graph, HashSet<SyntaxNode> stops, FewRounds few)
{
    /// <summary>Whether a path leads from behind <paramref name="from"/> to <paramref name="to"/>.</summary>
    public bool Leads(SyntaxNode from, SyntaxNode to) => Find(from) is var (block, index) && Walk(block, index + 1, to);

    public bool LeadsToExit(SyntaxNode from) => Find(from) is var (block, index) && Walk(block, index + 1, null);

    public bool LeadsFromEntry(SyntaxNode to) => Walk(graph.Blocks[0], 0, to);

    private (BasicBlock Block, int Index)? Find(SyntaxNode node)
    {
        foreach (var block in graph.Blocks)
        {
            var index = 0;
            foreach (var operation in RecentFlow.OperationsOf(block))
            {
                if (operation.Syntax.Span.Contains(node.Span) || node.Span.Contains(operation.Syntax.Span))
                {
                    foreach (var descendant in operation.DescendantsAndSelf())
                    {
                        if (descendant.Syntax == node)
                            return (block, index);
                    }
                }

                index++;
            }
        }

        return null;
    }

    /// <param name="goal">The node to reach; null for the end of the function.</param>
    private bool Walk(BasicBlock start, int from, SyntaxNode? goal)
    {
        var seen = new HashSet<(int, int)>();
        var open = new Stack<(BasicBlock Block, int From, int Rounds)>();
        open.Push((start, from, 0));
        while (open.Count > 0)
        {
            var (block, index, rounds) = open.Pop();
            if (block.Kind == BasicBlockKind.Exit && goal is null)
                return true;

            // A loop that runs a few times only is left before the goal inside it counts again.
            rounds = few.WithoutLeft(rounds, block);
            switch (Pass(block, index, goal))
            {
                case true when rounds == 0:
                    return true;
                case true or false:
                    continue;
            }

            foreach (var next in Successors(block))
            {
                var then = rounds | few.Round(graph, block, next);
                if (seen.Add((next.Ordinal, then)))
                    open.Push((next, 0, then));
            }
        }

        return false;
    }

    /// <summary>True where the goal is met, false where the path ends, null where it goes on.</summary>
    private bool? Pass(BasicBlock block, int from, SyntaxNode? goal)
    {
        var index = 0;
        foreach (var operation in RecentFlow.OperationsOf(block))
        {
            if (index++ < from)
                continue;

            foreach (var descendant in operation.DescendantsAndSelf())
            {
                if (descendant.Syntax == goal)
                    return true;

                if (stops.Contains(descendant.Syntax))
                    return false;
            }
        }

        return null;
    }

    private IEnumerable<BasicBlock> Successors(BasicBlock block)
    {
        foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
        {
            if (branch?.Destination is { } destination && !StopsInFinally(branch))
                yield return destination;

            if (branch is { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling })
            {
                foreach (var next in AfterFinally(block))
                    yield return next;
            }
        }

        // An exception can leave any part of a `try`.
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } around })
                continue;

            foreach (var handler in around.NestedRegions)
            {
                if (handler != region)
                    yield return graph.Blocks[handler.FirstBlockOrdinal];
            }
        }
    }

    /// <summary>Where control goes on behind the <c>finally</c> that ends with <paramref name="block"/>.</summary>
    private IEnumerable<BasicBlock> AfterFinally(BasicBlock block)
    {
        foreach (var other in graph.Blocks)
        {
            foreach (var branch in new[] { other.FallThroughSuccessor, other.ConditionalSuccessor })
            {
                if (branch?.Destination is not { } destination)
                    continue;

                foreach (var region in branch.FinallyRegions)
                {
                    if (region.FirstBlockOrdinal <= block.Ordinal && block.Ordinal <= region.LastBlockOrdinal && other.Ordinal < block.Ordinal)
                        yield return destination;
                }
            }
        }
    }

    private bool StopsInFinally(ControlFlowBranch branch)
    {
        foreach (var region in branch.FinallyRegions)
        {
            for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
            {
                if (Pass(graph.Blocks[ordinal], 0, null) == false)
                    return true;
            }
        }

        return false;
    }
}
