using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>A call that waits for a database.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Instead">What to await, as the message names it.</param>
/// <param name="Twin">The async method that binds in its place; null where none does.</param>
/// <param name="IsProven">Whether it certainly runs on the provider that the twin belongs to.</param>
internal sealed record SyncDatabaseCall(IMethodSymbol Method, string Instead, AsyncTwin? Twin, bool IsProven)
{
    private static readonly ImmutableHashSet<string> s_materializing = ImmutableHashSet.Create("ToList", "ToArray", "ToDictionary", "ToHashSet");

    /// <summary>What the call is to a database; null where it asks none, or nothing better can be suggested.</summary>
    public static SyncDatabaseCall? Of(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, AsyncTwins twins, bool proves, CancellationToken cancel)
    {
        var home = Calls.HomeOf(method);
        if (types.Is(home, "System.Linq.Queryable") || (types.Is(home, "System.Linq.Enumerable") && s_materializing.Contains(method.Name)))
            return OfOperator(call, method, model, types, twins, proves, cancel);

        if (DatabaseClients.Of(types).Ask(method))
        {
            if (twins.Of(call, method) is { } twin)
                return new SyncDatabaseCall(method, twin.Name, twin, true);

            return IsWidelyUsed(method, types) && twins.HasAnother(call, method) ? new SyncDatabaseCall(method, method.Name + AsyncTwins.Suffix, null, true) : null;
        }

        return AdoInterfaces.AbstractClassOf(method, types) is { } abstractClass && !AdoInterfaces.IsImplementedAround(call, method, model, cancel)
            ? new SyncDatabaseCall(method, $"{abstractClass}.{method.Name}{AsyncTwins.Suffix}", null, true)
            : null;
    }

    private static SyncDatabaseCall? OfOperator(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, AsyncTwins twins, bool proves, CancellationToken cancel)
    {
        if (TwinCalls.SourceOf(call, method) is not { } source || !QuerySources.IsQuery(model.GetTypeInfo(source, cancel).Type, types)
            || ExpressionTrees.Contain(call, model, types, cancel) || !QuerySources.Binds(source, model, cancel))
        {
            return null;
        }

        var provider = new QuerySources(model, types, proves, cancel).Of(source);
        if (provider == QueryProvider.Memory)
            return null;

        var isProven = provider != QueryProvider.Unknown;
        var homes = QueryProviders.HomesOf(isProven ? provider : QueryProviders.Usual(types));
        return twins.In(homes, call, method) is { } twin ? new SyncDatabaseCall(method, twin.Name, twin, isProven) : null;
    }

    /// <summary>ADO.NET, EF and Dapper: their twins are known to do the same, even where their arguments or results differ.</summary>
    private static bool IsWidelyUsed(IMethodSymbol method, KnownTypes types)
    {
        var home = Calls.HomeOf(method);
        return QueryProviders.OfLibrary(home) is QueryProvider.EfCore or QueryProvider.Ef6 || types.Is(home, "Dapper.SqlMapper")
            || types.IsOrInherits(home, "System.Data.Common.DbCommand") || types.IsOrInherits(home, "System.Data.Common.DbConnection");
    }
}
