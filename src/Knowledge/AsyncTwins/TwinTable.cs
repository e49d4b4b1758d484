using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>What no rule about names can find: twins in another class, and twins that are no improvement.</summary>
internal static class TwinTable
{
    /// <summary>Async methods that exist beside a method of the same name and do something else or nothing better, by declaring type.</summary>
    private static readonly ImmutableDictionary<string, ImmutableHashSet<string>> s_never = ImmutableDictionary.CreateRange(
    [
        // Only value generators that ask the database are async there; the documentation says to use Add.
        Pair("Microsoft.EntityFrameworkCore.DbContext", "AddAsync", "AddRangeAsync"),
        Pair("Microsoft.EntityFrameworkCore.DbSet`1", "AddAsync", "AddRangeAsync"),
        Pair("Microsoft.EntityFrameworkCore.IDbContextFactory`1", "CreateDbContextAsync"),
        Pair("Microsoft.EntityFrameworkCore.Internal.PooledDbContextFactory`1", "CreateDbContextAsync"),
        // Find only builds the query; FindAsync runs it.
        Pair("MongoDB.Driver.IMongoCollection`1", "FindAsync"),
        Pair("MongoDB.Driver.IMongoCollectionExtensions", "FindAsync"),
        // The row is in memory already.
        Pair("System.Data.Common.DbDataReader", "IsDBNullAsync", "GetFieldValueAsync", "GetColumnSchemaAsync"),
        // NHibernate's Load gives a proxy and asks nothing.
        Pair("NHibernate.ISession", "LoadAsync", "EvictAsync"),
        // Validators run in memory unless they have async rules, which throw when validated synchronously.
        Pair("FluentValidation.IValidator", "ValidateAsync"),
        Pair("FluentValidation.IValidator`1", "ValidateAsync"),
        Pair("FluentValidation.AbstractValidator`1", "ValidateAsync"),
        Pair("FluentValidation.DefaultValidatorExtensions", "ValidateAsync", "ValidateAndThrowAsync"),
    ]);

    /// <summary>Types without I/O, whose async methods run to their end before they return.</summary>
    private static readonly ImmutableArray<string> s_inMemory = ImmutableArray.Create(
        "System.IO.MemoryStream", "System.IO.UnmanagedMemoryStream", "System.IO.StringReader", "System.IO.StringWriter", "System.Data.DataTableReader");

    /// <summary>Whether the twin is one that no rule may suggest.</summary>
    public static bool IsNever(IMethodSymbol twin)
    {
        for (var method = (twin.ReducedFrom ?? twin).OriginalDefinition; method is not null; method = method.OverriddenMethod?.OriginalDefinition)
        {
            if (method.ContainingType is { } type && s_never.TryGetValue(MetadataNames.Of(type), out var names) && names.Contains(method.Name))
                return true;
        }

        return false;
    }

    /// <summary>Whether async methods of this receiver run synchronously.</summary>
    public static bool RunsSynchronously(ITypeSymbol? receiver, IMethodSymbol twin, KnownTypes types)
    {
        // A copy out of memory waits for what it is written to.
        if (receiver is null || twin.Name == "CopyToAsync")
            return false;

        foreach (var type in s_inMemory)
        {
            if (types.IsOrInherits(receiver, type))
                return true;
        }

        return SqliteSources.IsOfSqlite(receiver) || RunsTheBaseOfAdoNet(receiver, twin);
    }

    /// <summary>
    /// The async methods of System.Data.Common call the synchronous ones unless a provider overrides them. A receiver
    /// of the abstract type itself can be any provider; one of a provider's type that inherits the base is known.
    /// </summary>
    private static bool RunsTheBaseOfAdoNet(ITypeSymbol receiver, IMethodSymbol twin)
    {
        if (!IsAdoNet(twin.ContainingType) || IsAdoNet(receiver) || receiver is not INamedTypeSymbol)
            return false;

        for (var current = receiver; current is not null && !IsAdoNet(current); current = current.BaseType)
        {
            foreach (var name in CoreNames(twin.Name))
            {
                foreach (var member in current.GetMembers(name))
                {
                    if (member is IMethodSymbol { IsOverride: true })
                        return false;
                }
            }

            // A type of this compilation that is derived from a provider's says nothing about the provider.
            if (current.BaseType is null)
                return false;
        }

        return true;
    }

    /// <summary>The method itself, and the protected one that a provider overrides instead.</summary>
    private static ImmutableArray<string> CoreNames(string twin) => twin switch
    {
        "ExecuteReaderAsync" => ImmutableArray.Create("ExecuteReaderAsync", "ExecuteDbDataReaderAsync"),
        "BeginTransactionAsync" => ImmutableArray.Create("BeginTransactionAsync", "BeginDbTransactionAsync"),
        _ => ImmutableArray.Create(twin),
    };

    /// <summary>Whether the type is one of System.Data.Common, which any provider may stand behind.</summary>
    public static bool IsAdoNet(ITypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "Common", ContainingNamespace: { Name: "Data", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };

    private static System.Collections.Generic.KeyValuePair<string, ImmutableHashSet<string>> Pair(string type, params string[] twins) =>
        new(type, ImmutableHashSet.Create(twins));
}
