using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>The entities that a query gives as they are in the database.</summary>
internal static class EntityQueries
{
    /// <summary>The origin of a query's rows or row; null for projections, for what is not from a database, and for what is not understood.</summary>
    public static EntityOrigin? OriginOf(ExpressionSyntax expression, EntityFlow flow)
    {
        var query = Query.From(expression, flow.Model, flow.Types, flow.Cancel);
        if (query.Root is not (QueryRoot.Set or QueryRoot.RawSql) || query.EntityType is not INamedTypeSymbol { TypeKind: TypeKind.Class } entity || query.HasUnknown)
            return null;

        foreach (var step in query.Operators)
        {
            if (!KeepsEntities(step))
                return null;
        }

        return DepthOf(flow.Model.GetTypeInfo(expression, flow.Cancel).Type, flow.Types) is { } depth
            ? new EntityOrigin(new EntitySource(query, null, expression), entity, ImmutableArray<Navigation>.Empty, depth, ImmutableArray<Loop>.Empty)
            : null;
    }

    /// <summary>Whether the rows after the operator are rows before it.</summary>
    private static bool KeepsEntities(QueryOperator step) => step.Kind switch
    {
        OperatorKind.Neutral or OperatorKind.Filter or OperatorKind.TypeFilter or OperatorKind.Order or OperatorKind.Limit or OperatorKind.Skip
            or OperatorKind.Include or OperatorKind.Distinct or OperatorKind.Row => true,
        OperatorKind.Sequence => step.Name is not ("ToDictionary" or "ToDictionaryAsync" or "ToLookup" or "ToLookupAsync"),
        _ => false,
    };

    /// <summary>0 for an entity, 1 for a sequence of entities, null for anything else; a task is looked through.</summary>
    private static int? DepthOf(ITypeSymbol? type, KnownTypes types)
    {
        if (Functions.IsTask(type, types))
            type = type is INamedTypeSymbol { TypeArguments.Length: 1 } task ? task.TypeArguments[0] : null;

        if (type is null or { SpecialType: SpecialType.System_String })
            return null;

        return types.IsOrInherits(type, "System.Collections.Generic.IEnumerable`1") || types.IsOrInherits(type, "System.Collections.Generic.IAsyncEnumerable`1") ? 1
            : type.TypeKind == TypeKind.Class ? 0 : null;
    }
}
