using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>Makes one query of those that different paths compose.</summary>
internal static class QueryMerge
{
    /// <summary>The steps that both start with, then a fork. A path without a value does not count; different roots are an unknown one.</summary>
    public static Query? Of(Query? left, Query? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
            return left ?? right;

        if (left.Root != right.Root || !SymbolEqualityComparer.Default.Equals(left.EntityType, right.EntityType))
            return Query.Unknown;

        var root = left.RootNode == right.RootNode ? left : left with
        {
            RootNode = null,
            RootSymbol = SymbolEqualityComparer.Default.Equals(left.RootSymbol, right.RootSymbol) ? left.RootSymbol : null,
        };

        var common = 0;
        while (left.RootNode == right.RootNode && common < left.Steps.Length && common < right.Steps.Length && left.Steps[common] == right.Steps[common])
            common++;

        var (leftRest, rightRest) = (left.Steps.RemoveRange(0, common), right.Steps.RemoveRange(0, common));
        return leftRest.IsEmpty && rightRest.IsEmpty
            ? root
            : root with { Steps = left.Steps.RemoveRange(common, leftRest.Length).Add(new QueryFork(ImmutableArray.Create(leftRest, rightRest))) };
    }
}
