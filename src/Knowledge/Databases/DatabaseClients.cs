using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>The methods of database clients that ask a database and have an async method beside them, as far as one compilation references them.</summary>
internal sealed class DatabaseClients
{
    private static readonly ConditionalWeakTable<KnownTypes, DatabaseClients> s_cache = new();

    /// <summary>Types whose methods come in pairs, one of them async.</summary>
    private static readonly ImmutableArray<string> s_types = ImmutableArray.Create(
        "System.Data.Common.DbCommand", "System.Data.Common.DbConnection", "System.Data.Common.DbDataReader", "System.Data.Common.DbTransaction",
        "System.Data.Common.DbBatch", "System.Data.Common.DbDataSource",
        "Microsoft.EntityFrameworkCore.DbContext", "Microsoft.EntityFrameworkCore.DbSet`1", "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions",
        "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade",
        "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", "Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction",
        "Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry", "Microsoft.EntityFrameworkCore.ChangeTracking.NavigationEntry",
        "Microsoft.EntityFrameworkCore.ChangeTracking.CollectionEntry", "Microsoft.EntityFrameworkCore.ChangeTracking.ReferenceEntry",
        "System.Data.Entity.DbContext", "System.Data.Entity.DbSet", "System.Data.Entity.DbSet`1", "System.Data.Entity.Database", "System.Data.Entity.QueryableExtensions",
        "System.Data.Entity.Infrastructure.DbEntityEntry", "System.Data.Entity.Infrastructure.DbEntityEntry`1",
        "System.Data.Entity.Infrastructure.DbCollectionEntry`2", "System.Data.Entity.Infrastructure.DbReferenceEntry`2",
        "Dapper.SqlMapper", "Dapper.SqlMapper+GridReader", "Dapper.Contrib.Extensions.SqlMapperExtensions",
        "MongoDB.Driver.IMongoCollection`1", "MongoDB.Driver.IMongoCollectionExtensions", "MongoDB.Driver.IMongoDatabase", "MongoDB.Driver.IMongoDatabaseExtensions",
        "MongoDB.Driver.IMongoClient", "MongoDB.Driver.IClientSession", "MongoDB.Driver.IClientSessionHandle", "MongoDB.Driver.IMongoIndexManager`1",
        "MongoDB.Driver.IAsyncCursor`1", "MongoDB.Driver.IAsyncCursorExtensions", "MongoDB.Driver.IAsyncCursorSource`1", "MongoDB.Driver.IAsyncCursorSourceExtensions",
        "MongoDB.Driver.IFindFluent`2", "MongoDB.Driver.IFindFluentExtensions", "MongoDB.Driver.IAggregateFluent`1", "MongoDB.Driver.IAggregateFluentExtensions",
        "Microsoft.Azure.Cosmos.CosmosClient", "Microsoft.Azure.Cosmos.Database", "Microsoft.Azure.Cosmos.Container", "Azure.Data.Tables.TableClient",
        "Cassandra.ISession", "Cassandra.Session", "Cassandra.Mapping.IMapper", "Cassandra.Mapping.ICqlQueryAsyncClient", "Cassandra.Data.Linq.CqlQueryBase`1",
        "Cassandra.Data.Linq.CqlQuery`1", "Cassandra.Data.Linq.CqlScalar`1", "Cassandra.Data.Linq.CqlCommand", "Cassandra.Data.Linq.CqlQuerySingleElement`1",
        "LinqToDB.LinqExtensions", "LinqToDB.DataExtensions", "LinqToDB.Data.DataConnection", "LinqToDB.Data.DataConnectionExtensions", "LinqToDB.Data.DataContextExtensions",
        "LinqToDB.Data.CommandInfo", "LinqToDB.Data.DataConnectionTransaction",
        "NHibernate.ISession", "NHibernate.IStatelessSession", "NHibernate.IQuery", "NHibernate.ICriteria", "NHibernate.IQueryOver`1", "NHibernate.IQueryOver`2",
        "NHibernate.ITransaction", "NHibernate.ISQLQuery", "NHibernate.Linq.DmlExtensionMethods");

    /// <summary>Methods that ask nothing, only close, or belong to start-up.</summary>
    private static readonly ImmutableHashSet<string> s_notAsking = ImmutableHashSet.Create(
        "Add", "AddRange", "Attach", "AttachRange", "Close", "CloseConnection", "Dispose", "UseTransaction", "IsDBNull", "GetFieldValue", "GetSchema", "GetColumnSchema",
        "EnsureCreated", "EnsureDeleted", "Migrate", "GetPendingMigrations", "GetAppliedMigrations", "CreateDbContext", "Evict", "Cancel");

    private readonly Dictionary<INamedTypeSymbol, HashSet<string>> _pairs = new(SymbolEqualityComparer.Default);

    private DatabaseClients(KnownTypes types)
    {
        var names = ImmutableHashSet.CreateBuilder<string>();
        foreach (var name in s_types)
        {
            if (types[name] is not { } type)
                continue;

            var pairs = PairsOf(type);
            _pairs.Add(type, pairs);
            names.UnionWith(pairs);
        }

        Names = names.ToImmutable();
    }

    /// <summary>The names of all these methods.</summary>
    public ImmutableHashSet<string> Names { get; }

    public static DatabaseClients Of(KnownTypes types) => s_cache.GetValue(types, static t => new DatabaseClients(t));

    /// <summary>Whether the method is one of these, or overrides or hides one in a provider's own type.</summary>
    public bool Ask(IMethodSymbol method)
    {
        var home = Calls.HomeOf(method);
        for (var type = home; type is not null; type = type.BaseType)
        {
            if (_pairs.TryGetValue(type.OriginalDefinition, out var pairs) && pairs.Contains(method.Name))
                return true;
        }

        foreach (var contract in home.AllInterfaces)
        {
            if (_pairs.TryGetValue(contract.OriginalDefinition, out var pairs) && pairs.Contains(method.Name))
                return true;
        }

        return false;
    }

    private static HashSet<string> PairsOf(INamedTypeSymbol type)
    {
        var all = new HashSet<string>();
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
                all.Add(member.Name);
        }

        var pairs = new HashSet<string>();
        foreach (var name in all)
        {
            if (all.Contains(name + AsyncTwins.Suffix) && !s_notAsking.Contains(name))
                pairs.Add(name);
        }

        return pairs;
    }
}
