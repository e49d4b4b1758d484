using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What calls of the clients that libraries bring do: reads over clients for many callers, and everything else of them.</summary>
internal static class LibraryReads
{
    private static readonly ImmutableHashSet<string> s_mongoBuilders = ImmutableHashSet.Create(
        "Find", "Sort", "SortBy", "SortByDescending", "ThenBy", "ThenByDescending", "Limit", "Skip", "Project", "AsQueryable", "GetCollection", "GetDatabase", "Aggregate", "Match", "Group", "Unwind", "Lookup",
        "Eq", "Ne", "In", "Nin", "Gt", "Gte", "Lt", "Lte", "And", "Or", "Not", "Regex", "Exists", "ElemMatch", "Ascending", "Descending", "Include", "Exclude", "Combine", "Where", "Text", "AnyEq", "AnyIn", "Size", "As");

    private static readonly ImmutableHashSet<string> s_mongoTerminals = ImmutableHashSet.Create(
        "ToListAsync", "FirstOrDefaultAsync", "FirstAsync", "SingleOrDefaultAsync", "SingleAsync", "AnyAsync", "CountAsync", "LongCountAsync", "CountDocumentsAsync", "EstimatedDocumentCountAsync",
        "FindAsync", "DistinctAsync", "AggregateAsync", "SumAsync", "MaxAsync", "MinAsync", "AverageAsync", "MoveNextAsync", "ToCursorAsync", "ForEachAsync");

    /// <summary>What the call does, where its method is a client's; null where no client is known by it.</summary>
    public static IoEffect? EffectOf(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var home = Calls.HomeOf(method);
        var space = MetadataNames.Of(home.ContainingNamespace);
        var name = method.Name;
        switch (space)
        {
            case "System.Net.Http" when home.Name is "HttpClient" or "HttpMessageInvoker":
                return name switch
                {
                    "GetAsync" or "GetStringAsync" or "GetByteArrayAsync" or "GetStreamAsync" => IoEffect.Read,
                    "SendAsync" => HttpRequests.IsGet(call, model, types, cancel) ? IoEffect.Read : IoEffect.Unknown,
                    "Dispose" => IoEffect.None,
                    _ => IoEffect.Unknown,
                };
            case "System.Net.Http.Json" when home.Name == "HttpClientJsonExtensions":
                return name == "GetFromJsonAsync" ? IoEffect.Read : IoEffect.Unknown;
            case "System.IO" when home.Name == "File":
                // A disk answers so soon that there is nothing to wait for together.
                return name is "ReadAllTextAsync" or "ReadAllBytesAsync" or "ReadAllLinesAsync" or "Exists" ? IoEffect.None : IoEffect.Unknown;
            case "System.Net" when home.Name == "Dns":
                return name is "GetHostEntryAsync" or "GetHostAddressesAsync" ? IoEffect.Read : IoEffect.Unknown;
            case "StackExchange.Redis" when home.Name is "IDatabase" or "IDatabaseAsync" or "IConnectionMultiplexer" or "ConnectionMultiplexer":
                return name is "GetDatabase" ? IoEffect.None : IsRedisRead(name) ? IoEffect.Read : IoEffect.Unknown;
            case "Microsoft.Extensions.Caching.Distributed" when home.Name is "IDistributedCache" or "DistributedCacheExtensions":
                // Filling a cache with what was read is part of the read.
                return name is "GetAsync" or "GetStringAsync" ? IoEffect.Read : name is "SetAsync" or "SetStringAsync" ? IoEffect.None : IoEffect.Unknown;
            case "Microsoft.EntityFrameworkCore":
                return OfEntityFramework(home, name);
            case "Dapper" when home.Name == "SqlMapper":
                return name.StartsWith("Query", StringComparison.Ordinal) && name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal) && SqlTexts.OnlyRead(call, model, cancel) ? IoEffect.Read : IoEffect.Unknown;
            case "Dapper" when home.Name == "GridReader":
                return name.StartsWith("Read", StringComparison.Ordinal) && name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal) ? IoEffect.Read : IoEffect.Unknown;
            case "System.Data.Common" or "System.Data" or "Npgsql" or "Microsoft.Data.SqlClient" or "System.Data.SqlClient" or "MySqlConnector":
                return OfAdo(name);
            case "RestSharp" when home.Name is "RestClient" or "IRestClient" or "RestClientExtensions":
                return name is "GetAsync" or "GetJsonAsync" or "ExecuteGetAsync" ? IoEffect.Read : IoEffect.Unknown;
            case "Grpc.Core":
                return name is "ConfigureAwait" or "GetStatus" ? IoEffect.None : IoEffect.Unknown;
            case "Polly":
                return name.StartsWith("Execute", StringComparison.Ordinal) ? IoEffect.None : IoEffect.Unknown;
        }

        if (space.StartsWith("MongoDB.", StringComparison.Ordinal))
            return s_mongoTerminals.Contains(name) ? IoEffect.Read : s_mongoBuilders.Contains(name) ? IoEffect.None : IoEffect.Unknown;

        return OfVendor(home, space, name, method, types);
    }

    private static IoEffect? OfVendor(INamedTypeSymbol home, string space, string name, IMethodSymbol method, KnownTypes types)
    {
        if (types.IsOrInherits(home, "Grpc.Core.ClientBase"))
            return ReadNames.Is(name) && method.ReturnType.Name == "AsyncUnaryCall" ? IoEffect.Read : IoEffect.Unknown;

        var isClient = home.Name.EndsWith("Client", StringComparison.Ordinal) || home.Name == "Container";
        if (isClient && (space.StartsWith("Azure.", StringComparison.Ordinal) || space.StartsWith("Microsoft.Azure.Cosmos", StringComparison.Ordinal)
            || space.StartsWith("Elastic.Clients", StringComparison.Ordinal) || space.StartsWith("OpenSearch", StringComparison.Ordinal)))
        {
            if (space.StartsWith("Azure.Messaging", StringComparison.Ordinal) || name.StartsWith("DownloadTo", StringComparison.Ordinal) || space.StartsWith("Azure.Storage.Queues", StringComparison.Ordinal))
                return IoEffect.Unknown;

            return !name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal) ? (name.StartsWith("Get", StringComparison.Ordinal) ? IoEffect.None : IoEffect.Unknown) : ReadNames.Is(name) ? IoEffect.Read : IoEffect.Unknown;
        }

        if (space.StartsWith("Stripe", StringComparison.Ordinal) && home.Name.EndsWith("Service", StringComparison.Ordinal))
            return ReadNames.Is(name) && name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal) ? IoEffect.Read : IoEffect.Unknown;

        if (space.StartsWith("Amazon.", StringComparison.Ordinal) && (isClient || home.Name.StartsWith("IAmazon", StringComparison.Ordinal)))
            return ReadNames.Is(name) && name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal) ? IoEffect.Read : IoEffect.Unknown;

        // Refit writes the client from the attribute.
        if (home.TypeKind == TypeKind.Interface)
        {
            foreach (var attribute in method.GetAttributes())
            {
                if (attribute.AttributeClass is { ContainingNamespace: { Name: "Refit", ContainingNamespace.IsGlobalNamespace: true } } verb)
                    return verb.Name is "GetAttribute" or "HeadAttribute" ? IoEffect.Read : verb.Name.EndsWith("HeadersAttribute", StringComparison.Ordinal) ? null : IoEffect.Unknown;
            }
        }

        return null;
    }

    private static IoEffect OfEntityFramework(INamedTypeSymbol home, string name) => home.Name switch
    {
        "IDbContextFactory" or "DbContextFactoryExtensions" => name.StartsWith("Create", StringComparison.Ordinal) ? IoEffect.None : IoEffect.Unknown,
        "EntityFrameworkQueryableExtensions" when name.StartsWith("Execute", StringComparison.Ordinal) => IoEffect.Unknown,
        "EntityFrameworkQueryableExtensions" => name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal) ? IoEffect.Read : IoEffect.None,
        "RelationalQueryableExtensions" => name is "AsSplitQuery" or "AsSingleQuery" ? IoEffect.None : IoEffect.Unknown,
        "DbContext" => name is "Set" or "Dispose" or "DisposeAsync" ? IoEffect.None : name is "FindAsync" ? IoEffect.Read : IoEffect.Unknown,
        "DbSet" => name is "FindAsync" ? IoEffect.Read : name is "AsQueryable" ? IoEffect.None : IoEffect.Unknown,
        _ => IoEffect.Unknown,
    };

    private static IoEffect OfAdo(string name) => name switch
    {
        "OpenConnection" or "CreateCommand" or "CreateConnection" or "Dispose" or "DisposeAsync" or "Close" or "CloseAsync" or "AddWithValue" or "Add" or "CreateParameter" or "Open" => IoEffect.None,
        "OpenAsync" or "OpenConnectionAsync" or "ExecuteReaderAsync" or "ExecuteScalarAsync" or "ReadAsync" or "GetFieldValueAsync" or "IsDBNullAsync" or "NextResultAsync" => IoEffect.Read,
        _ => name.StartsWith("Get", StringComparison.Ordinal) || name == "IsDBNull" ? IoEffect.None : IoEffect.Unknown,
    };

    private static bool IsRedisRead(string name) => name switch
    {
        "StringGetAsync" or "StringGetWithExpiryAsync" or "StringLengthAsync" or "StringGetRangeAsync" or "StringGetBitAsync" or "StringBitCountAsync"
            or "HashGetAsync" or "HashGetAllAsync" or "HashExistsAsync" or "HashKeysAsync" or "HashValuesAsync" or "HashLengthAsync"
            or "KeyExistsAsync" or "KeyTimeToLiveAsync" or "KeyTypeAsync" or "SetMembersAsync" or "SetContainsAsync" or "SetLengthAsync"
            or "ListRangeAsync" or "ListLengthAsync" or "ListGetByIndexAsync" or "SortedSetRangeByRankAsync" or "SortedSetRangeByScoreAsync"
            or "SortedSetRangeByRankWithScoresAsync" or "SortedSetRangeByScoreWithScoresAsync" or "SortedSetScoreAsync" or "SortedSetRankAsync" or "SortedSetLengthAsync"
            or "GeoPositionAsync" or "GeoRadiusAsync" or "GeoSearchAsync" or "StreamRangeAsync" or "StreamLengthAsync" => true,
        _ => false,
    };
}
