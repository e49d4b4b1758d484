using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Methods that call a function once per element of an in-memory sequence.</summary>
internal static class PerElementOperators
{
    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create(
        // System.Linq.Enumerable and its kin
        "Where", "Select", "SelectMany", "Any", "All", "Count", "LongCount", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault",
        "ToDictionary", "ToLookup", "GroupBy", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Sum", "Min", "Max", "MinBy", "MaxBy", "Average",
        "TakeWhile", "SkipWhile", "DistinctBy", "ExceptBy", "IntersectBy", "UnionBy", "Join", "GroupJoin", "LeftJoin", "RightJoin", "Zip", "Aggregate", "AggregateBy", "CountBy",
        "AnyAsync", "AllAsync", "CountAsync", "FirstAsync", "FirstOrDefaultAsync", "LastAsync", "LastOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync", "ToDictionaryAsync", "AggregateAsync",
        "ToImmutableDictionary", "ToImmutableSortedDictionary", "ToFrozenDictionary",
        // List<T>, Array, ImmutableList<T>, HashSet<T>
        "ForEach", "RemoveAll", "Exists", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "TrueForAll", "ConvertAll", "RemoveWhere", "Sort",
        // Parallel
        "For", "ForAsync", "ForEachAsync", "ForAll");

    private static readonly string[] s_types =
    [
        "System.Linq.Enumerable", "System.Linq.ParallelEnumerable", "System.Linq.AsyncEnumerable", "System.Linq.ImmutableArrayExtensions",
        "System.Collections.Generic.List`1", "System.Array", "System.Collections.Generic.HashSet`1", "System.Collections.Generic.SortedSet`1",
        "System.Collections.Immutable.ImmutableList`1", "System.Collections.Immutable.ImmutableArray`1", "System.Collections.Immutable.ImmutableList`1+Builder",
        "System.Collections.Immutable.ImmutableArray`1+Builder", "System.Collections.Immutable.ImmutableDictionary", "System.Collections.Immutable.ImmutableSortedDictionary",
        "System.Collections.Frozen.FrozenDictionary", "System.Threading.Tasks.Parallel",
    ];

    /// <summary>Whether a method with this name can be one; asked before anything is bound.</summary>
    public static bool MayBe(string name) => s_names.Contains(name);

    /// <summary>Whether the call runs the function given as <paramref name="argument"/> once per element.</summary>
    public static bool Runs(IMethodSymbol method, ArgumentSyntax argument, InvocationExpressionSyntax call, KnownTypes types)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.ContainingType?.OriginalDefinition is not { } type || RunsOnce(definition, argument, call))
            return false;

        foreach (var name in s_types)
        {
            if (types.Is(type, name))
                return true;
        }

        // A project's own ForEach over a sequence does what its name says.
        return definition is { IsExtensionMethod: true, Name: "ForEach" or "ForEachAsync", Parameters.Length: >= 2 }
            && types.IsOrInherits(definition.Parameters[0].Type, "System.Collections.IEnumerable");
    }

    /// <summary>The sequence whose elements the function sees: the receiver, or the first argument of a static call.</summary>
    public static ExpressionSyntax? SourceOf(InvocationExpressionSyntax call, IMethodSymbol method, KnownTypes types)
    {
        if (method.ReducedFrom is not null || !method.IsStatic)
            return Calls.ReceiverOf(call);

        // Parallel.For counts from one number to another.
        return call.ArgumentList.Arguments.Count == 0 || (method.Name is "For" or "ForAsync" && types.Is(method.ContainingType, "System.Threading.Tasks.Parallel"))
            ? null
            : call.ArgumentList.Arguments[0].Expression;
    }

    /// <summary><c>Aggregate</c>'s last selector runs once, on the result; the local initialisers of <c>Parallel</c> run once per worker.</summary>
    private static bool RunsOnce(IMethodSymbol definition, ArgumentSyntax argument, InvocationExpressionSyntax call)
    {
        var index = call.ArgumentList.Arguments.IndexOf(argument);
        if (definition is { Name: "Aggregate", Parameters.Length: 4 })
            return argument.NameColon is { } named ? named.Name.Identifier.ValueText == "resultSelector" : index == call.ArgumentList.Arguments.Count - 1;

        var name = argument.NameColon?.Name.Identifier.ValueText
            ?? (index >= 0 && index < definition.Parameters.Length && !definition.IsExtensionMethod ? definition.Parameters[index].Name : null);
        return name is "localInit" or "localFinally";
    }
}
