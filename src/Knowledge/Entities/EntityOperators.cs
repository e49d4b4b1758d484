using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>What operators on sequences in memory give, told by what they do to the elements.</summary>
internal static class EntityOperators
{
    /// <summary>The origin of the call's value; null where it gives no entities. <paramref name="isKnown"/> says whether the call is such an operator at all.</summary>
    public static EntityOrigin? OriginOf(InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method, EntityFlow flow, out bool isKnown)
    {
        isKnown = false;
        var isExtension = method.IsExtensionMethod || method.ReducedFrom is not null;
        if (!(isExtension ? flow.Types.Is(method.ContainingType, "System.Linq.Enumerable") : flow.Types.Is(method.ContainingType, "System.Collections.Generic.List`1")))
            return null;

        var source = method is { IsStatic: true, ReducedFrom: null } ? First(call) : Calls.ReceiverOf(call);
        if (source is null || QueryOperators.IsSet(flow.Model.GetTypeInfo(source, flow.Cancel).Type, flow.Types)
            || flow.Types.IsOrInherits(flow.Model.GetTypeInfo(source, flow.Cancel).Type, "System.Linq.IQueryable"))
        {
            return null;
        }

        isKnown = true;
        switch (name.Identifier.ValueText)
        {
            case "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending" or "Take" or "TakeLast" or "TakeWhile"
                or "Skip" or "SkipLast" or "SkipWhile" or "Reverse" or "Distinct" or "DistinctBy" or "ToList" or "ToArray" or "ToHashSet" or "AsEnumerable"
                or "OfType" or "Cast" or "DefaultIfEmpty" or "FindAll" or "GetRange" or "AsReadOnly" or "AsQueryable":
                return flow.OriginOf(source);
            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "ElementAt" or "ElementAtOrDefault" or "MaxBy" or "MinBy" or "Find" or "FindLast":
                return flow.OriginOf(source)?.ElementIn(null);
            case "GroupBy" when call.ArgumentList.Arguments.Count == 1:
            case "Chunk":
                return flow.OriginOf(source) is { } grouped ? grouped with { Depth = grouped.Depth + 1 } : null;
            case "Select" when Body(call) is { } body && flow.OriginOf(body) is { } selected:
                return selected with { Depth = selected.Depth + 1, Loops = Outer(selected, call) };
            case "SelectMany" when call.ArgumentList.Arguments.Count == 1 && Body(call) is { } many && flow.OriginOf(many) is { Depth: > 0 } flattened:
                return flattened with { Loops = Outer(flattened, call) };
            default:
                return null;
        }
    }

    private static ExpressionSyntax? First(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null;

    private static ExpressionSyntax? Body(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        return arguments.Count > 0 && arguments[arguments.Count - 1].Expression is LambdaExpressionSyntax lambda ? lambda.ExpressionBody : null;
    }

    /// <summary>The loops around the call: whoever walks the result goes through a loop of their own.</summary>
    private static System.Collections.Immutable.ImmutableArray<Loops.Loop> Outer(EntityOrigin origin, InvocationExpressionSyntax call) =>
        origin.Loops.RemoveAll(loop => call.Span.Contains(loop.Syntax.Span));
}
