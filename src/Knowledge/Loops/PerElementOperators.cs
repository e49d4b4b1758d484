using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Methods that call a delegate once per element of an in-memory sequence.</summary>
internal static class PerElementOperators
{
    public static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        // System.Linq.Enumerable
        "Where", "Select", "SelectMany", "Any", "All", "Count", "LongCount", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault",
        "ToDictionary", "ToLookup", "GroupBy", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Sum", "Min", "Max", "MinBy", "MaxBy", "Average",
        "TakeWhile", "SkipWhile", "DistinctBy", "ExceptBy", "IntersectBy", "UnionBy", "Join", "GroupJoin", "LeftJoin", "RightJoin", "Zip", "Aggregate", "AggregateBy", "CountBy", "ToHashSet",
        // List<T>, Array, ImmutableList<T>, HashSet<T>
        "ForEach", "RemoveAll", "Exists", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "TrueForAll", "ConvertAll", "RemoveWhere",
        // Parallel
        "For", "ForAsync", "ForEachAsync", "ForAll");

    /// <summary>Whether the call runs the delegate given as <paramref name="argument"/> once per element.</summary>
    public static bool Runs(IMethodSymbol method, ArgumentSyntax argument, InvocationExpressionSyntax call, KnownTypes types)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        var type = definition.ContainingType?.OriginalDefinition;
        if (type is null)
            return false;

        if (types.Is(type, "System.Linq.Enumerable") || types.Is(type, "System.Linq.ParallelEnumerable") || types.Is(type, "System.Linq.AsyncEnumerable"))
            return !IsResultSelector(definition, argument, call);

        return types.Is(type, "System.Collections.Generic.List`1") || types.Is(type, "System.Array")
            || types.Is(type, "System.Collections.Generic.HashSet`1") || types.Is(type, "System.Collections.Generic.SortedSet`1")
            || types.Is(type, "System.Collections.Immutable.ImmutableList`1") || types.Is(type, "System.Collections.Immutable.ImmutableArray`1")
            || types.Is(type, "System.Threading.Tasks.Parallel");
    }

    /// <summary>The sequence whose elements the delegate sees: the receiver, or the first argument of a static call.</summary>
    public static ExpressionSyntax? SourceOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (method.ReducedFrom is not null || !method.IsStatic)
            return Calls.ReceiverOf(call);

        return call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null;
    }

    /// <summary><c>Aggregate</c>'s last selector runs once, on the result.</summary>
    private static bool IsResultSelector(IMethodSymbol definition, ArgumentSyntax argument, InvocationExpressionSyntax call) =>
        definition is { Name: "Aggregate", Parameters.Length: 4 } && call.ArgumentList.Arguments.IndexOf(argument) == call.ArgumentList.Arguments.Count - 1;
}
