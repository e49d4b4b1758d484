using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>Whether a task is complete at a place of a function, whichever way control came there.</summary>
internal sealed class TaskFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly TaskProofs _proofs;

    // Whether the task is complete where the block begins. Blocks that nothing is known of yet count as such where it is.
    private readonly bool[] _before;

    public TaskFlow(ControlFlowGraph graph, TaskProofs proofs)
    {
        (_graph, _proofs) = (graph, proofs);
        _before = Enumerable.Repeat(true, graph.Blocks.Length).ToArray();
        _before[0] = false;
        while (Spread())
        {
        }
    }

    /// <summary>Whether the task is complete right before the operation that <paramref name="place"/> is; false where the graph has no such operation.</summary>
    public bool IsCompletedAt(SyntaxNode place)
    {
        foreach (var block in _graph.Blocks)
        {
            var state = _before[block.Ordinal];
            foreach (var operation in RecentFlow.OperationsOf(block))
            {
                if (StopAt(operation, place, ref state))
                    return state;
            }
        }

        return false;
    }

    /// <summary>Follows the parts of an operation in the order in which they run; true where one of them is the place.</summary>
    private bool StopAt(IOperation operation, SyntaxNode? place, ref bool state)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (StopAt(child, place, ref state))
                return true;
        }

        if (operation.Syntax == place)
            return true;

        state = _proofs.After(operation) ?? state;
        return false;
    }

    private bool Spread()
    {
        var changed = false;
        foreach (var block in _graph.Blocks)
        {
            if (!_before[block.Ordinal] || block.Ordinal == 0)
                continue;

            if (block.Predecessors.Any(branch => !Arrives(branch)) || (HandlerThatBegins(block) is { } guarded && !IsCompletedAnywhereIn(guarded)))
            {
                _before[block.Ordinal] = false;
                changed = true;
            }
        }

        return changed;
    }

    private bool Arrives(ControlFlowBranch branch)
    {
        var source = branch.Source;
        if (AtEnd(source))
            return true;

        return source is { BranchValue: { } condition, ConditionKind: not ControlFlowConditionKind.None }
            && _proofs.Follows(condition, branch.IsConditionalSuccessor == (source.ConditionKind == ControlFlowConditionKind.WhenTrue));
    }

    private bool AtEnd(BasicBlock block)
    {
        var state = _before[block.Ordinal];
        foreach (var operation in RecentFlow.OperationsOf(block))
            StopAt(operation, null, ref state);

        return state;
    }

    /// <summary>The guarded region of the <c>catch</c>, filter or <c>finally</c> that begins with the block.</summary>
    private static ControlFlowRegion? HandlerThatBegins(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null && region.FirstBlockOrdinal == block.Ordinal; region = region.EnclosingRegion)
        {
            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler or ControlFlowRegionKind.Finally
                && region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally } around)
            {
                return around.NestedRegions[0];
            }
        }

        return null;
    }

    /// <summary>Whether the task is complete wherever the region can throw, and where it ends.</summary>
    private bool IsCompletedAnywhereIn(ControlFlowRegion region)
    {
        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            var block = _graph.Blocks[ordinal];
            if (!block.IsReachable)
                continue;

            var state = _before[ordinal];
            foreach (var operation in RecentFlow.OperationsOf(block))
            {
                var before = state;
                StopAt(operation, null, ref state);
                if (!before && MayThrow(operation) && !(state && OnlyWaits(operation)))
                    return false;
            }

            if (!state && Leaves(block, region))
                return false;
        }

        return true;
    }

    private static bool Leaves(BasicBlock block, ControlFlowRegion region)
    {
        return IsOutside(block.FallThroughSuccessor) || IsOutside(block.ConditionalSuccessor);

        bool IsOutside(ControlFlowBranch? branch) => branch?.Destination is { } next && (next.Ordinal < region.FirstBlockOrdinal || next.Ordinal > region.LastBlockOrdinal);
    }

    private static bool MayThrow(IOperation operation) => operation.DescendantsAndSelf().Any(part => part is not (ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation
        or ISimpleAssignmentOperation or IExpressionStatementOperation or IDefaultValueOperation or IFlowCaptureOperation or IFlowCaptureReferenceOperation));

    /// <summary>Whether all that the operation does is to wait: when it throws, the wait is over.</summary>
    private static bool OnlyWaits(IOperation operation)
    {
        var code = operation.Syntax is ExpressionStatementSyntax statement ? statement.Expression : operation.Syntax;
        code = code switch
        {
            AssignmentExpressionSyntax assignment => assignment.Right,
            VariableDeclaratorSyntax { Initializer.Value: var value } => value,
            _ => code,
        };
        return code is AwaitExpressionSyntax { Expression: var task } && TaskWait.WithoutConfigure(task) is var waited
            && (waited is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or ThisExpressionSyntax }
                || (waited is InvocationExpressionSyntax call && Calls.NameOf(call)?.Identifier.ValueText.StartsWith("WhenAll", System.StringComparison.Ordinal) == true));
    }
}
