using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>The methods whose effect on a query is known.</summary>
internal static class QueryOperators
{
    private static readonly Dictionary<string, OperatorKind> s_kinds = Kinds(
        (OperatorKind.Neutral, "AsNoTracking AsTracking AsNoTrackingWithIdentityResolution AsSplitQuery AsSingleQuery TagWith TagWithCallSite IgnoreQueryFilters"
            + " IgnoreAutoIncludes AsQueryable Cast DefaultIfEmpty WithCancellation ConfigureAwait AsStreaming TemporalAll TemporalAsOf TemporalFromTo TemporalBetween TemporalContainedIn"),
        (OperatorKind.Filter, "Where"),
        (OperatorKind.TypeFilter, "OfType"),
        (OperatorKind.Order, "OrderBy OrderByDescending ThenBy ThenByDescending Order OrderDescending Reverse"),
        (OperatorKind.Limit, "Take TakeLast"),
        (OperatorKind.Skip, "Skip SkipLast"),
        (OperatorKind.Projection, "Select ProjectTo ProjectToType"),
        (OperatorKind.Flattening, "SelectMany"),
        (OperatorKind.Include, "Include ThenInclude"),
        (OperatorKind.Join, "Join GroupJoin LeftJoin RightJoin"),
        (OperatorKind.Grouping, "GroupBy"),
        (OperatorKind.Distinct, "Distinct DistinctBy"),
        (OperatorKind.Combination, "Concat Union UnionBy Intersect IntersectBy Except ExceptBy"),
        (OperatorKind.Sequence, "ToList ToArray ToDictionary ToHashSet ToLookup AsEnumerable AsAsyncEnumerable ToAsyncEnumerable Load ForEach"),
        (OperatorKind.Row, "First FirstOrDefault Single SingleOrDefault Last LastOrDefault ElementAt ElementAtOrDefault Find MinBy MaxBy"),
        (OperatorKind.Scalar, "Any All Count LongCount Sum Min Max Average Contains Aggregate SequenceEqual"),
        (OperatorKind.Write, "ExecuteDelete ExecuteUpdate"));

    /// <summary>What the method does when it is applied to a query; <see cref="OperatorKind.Unknown"/> for a method of a type that is not known.</summary>
    public static OperatorKind KindOf(IMethodSymbol method, KnownTypes types) => IsKnownHome(method, types) ? KindOf(method.Name) : OperatorKind.Unknown;

    /// <summary>Whether the method is <c>FromSql</c>, <c>FromSqlRaw</c> or <c>FromSqlInterpolated</c> of a set, or <c>SqlQuery…</c> of a database.</summary>
    public static bool IsRawSql(IMethodSymbol method, KnownTypes types) => method.Name switch
    {
        "FromSql" or "FromSqlRaw" or "FromSqlInterpolated" => types.Is(method.ContainingType, "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions"),
        "SqlQuery" or "SqlQueryRaw" => types.Is(method.ContainingType, "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions")
            || types.Is(method.ContainingType, "System.Data.Entity.Database") || types.IsOrInherits(method.ContainingType, "System.Data.Entity.DbSet"),
        _ => false,
    };

    /// <summary>Whether the method is the <c>Query()</c> of an entry's navigation.</summary>
    public static bool IsNavigationQuery(IMethodSymbol method, KnownTypes types) => method.Name == "Query"
        && (types.IsOrInherits(method.ContainingType, "Microsoft.EntityFrameworkCore.ChangeTracking.NavigationEntry")
            || types.Is(method.ContainingType, "System.Data.Entity.Infrastructure.DbCollectionEntry`2")
            || types.Is(method.ContainingType, "System.Data.Entity.Infrastructure.DbReferenceEntry`2"));

    /// <summary>Whether the type is the set of an EF context.</summary>
    public static bool IsSet(ITypeSymbol? type, KnownTypes types) => types.IsOrInherits(type, "Microsoft.EntityFrameworkCore.DbSet`1")
        || types.IsOrInherits(type, "System.Data.Entity.DbSet`1") || types.Is(type, "System.Data.Entity.IDbSet`1");

    /// <summary>Whether EF Core or EF6 is referenced.</summary>
    public static bool AreAvailable(KnownTypes types) =>
        types["Microsoft.EntityFrameworkCore.DbSet`1"] is not null || types["System.Data.Entity.DbSet`1"] is not null;

    private static OperatorKind KindOf(string name)
    {
        if (s_kinds.TryGetValue(name, out var kind))
            return kind;

        const string Async = "Async";
        return name.EndsWith(Async, StringComparison.Ordinal) && s_kinds.TryGetValue(name.Substring(0, name.Length - Async.Length), out kind) && kind >= OperatorKind.Sequence
            ? kind
            : OperatorKind.Unknown;
    }

    private static bool IsKnownHome(IMethodSymbol method, KnownTypes types)
    {
        var home = method.ContainingType;
        return home?.Name switch
        {
            "Queryable" => types.Is(home, "System.Linq.Queryable"),
            "Enumerable" => types.Is(home, "System.Linq.Enumerable"),
            "AsyncEnumerable" => types.Is(home, "System.Linq.AsyncEnumerable"),
            "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" or "SqlServerDbSetExtensions" =>
                home.ContainingNamespace is { Name: "EntityFrameworkCore", ContainingNamespace: { Name: "Microsoft", ContainingNamespace.IsGlobalNamespace: true } },
            "QueryableExtensions" => types.Is(home, "System.Data.Entity.QueryableExtensions"),
            "DynamicQueryableExtensions" => types.Is(home, "System.Linq.Dynamic.Core.DynamicQueryableExtensions"),
            "EntityFrameworkDynamicQueryableExtensions" => home.ContainingNamespace?.ContainingNamespace?.Name == "System" || home.ContainingAssembly.Name.StartsWith("Microsoft.EntityFrameworkCore.DynamicLinq", StringComparison.Ordinal),
            "Extensions" => types.Is(home, "AutoMapper.QueryableExtensions.Extensions") || home.ContainingAssembly.Name == "Mapster",
            "DbSet" or "DbQuery" or "IDbSet" => IsSet(home, types) || types.Is(home, "System.Data.Entity.Infrastructure.DbQuery`1"),
            "List" => method.Name == "ForEach" && types.Is(home, "System.Collections.Generic.List`1"),
            _ => false,
        };
    }

    private static Dictionary<string, OperatorKind> Kinds(params (OperatorKind Kind, string Names)[] groups)
    {
        var kinds = new Dictionary<string, OperatorKind>(StringComparer.Ordinal);
        foreach (var (kind, names) in groups)
        {
            foreach (var name in names.Split(' '))
                kinds.Add(name, kind);
        }

        return kinds;
    }
}
