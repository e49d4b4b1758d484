using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Types whose objects serve one caller at a time, or whose order of use is seen.</summary>
internal sealed class UnsafeState
{
    private static readonly ConditionalWeakTable<KnownTypes, UnsafeState> s_cache = new();

    private static readonly ImmutableArray<string> s_names = ImmutableArray.Create(
        "Microsoft.EntityFrameworkCore.DbContext", "Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade", "Microsoft.EntityFrameworkCore.ChangeTracking.ChangeTracker",
        "System.Data.Entity.DbContext", "System.Data.Entity.Database", "System.Data.Linq.DataContext",
        "System.Linq.IQueryable", "System.Data.IDbConnection", "System.Data.IDbCommand", "System.Data.IDbTransaction", "System.Data.IDataReader",
        "System.Data.Common.DbConnection", "System.Data.Common.DbCommand", "System.Data.Common.DbTransaction", "System.Data.Common.DbDataReader", "System.Data.Common.DbBatch",
        "LinqToDB.IDataContext", "LinqToDB.Data.DataConnection", "NHibernate.ISession", "NHibernate.IStatelessSession", "Marten.IQuerySession",
        "Raven.Client.Documents.Session.IAsyncDocumentSession", "Raven.Client.Documents.Session.IDocumentSession", "MongoDB.Driver.IClientSession", "Dapper.SqlMapper+GridReader",
        "Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.Http.HttpResponse", "Microsoft.AspNetCore.Http.ISession",
        "Microsoft.AspNetCore.Http.IFormCollection", "System.Web.HttpContext", "System.Web.HttpContextBase",
        "Microsoft.AspNetCore.Identity.UserManager`1", "Microsoft.AspNetCore.Identity.SignInManager`1", "Microsoft.AspNetCore.Identity.RoleManager`1",
        "System.IO.Stream", "System.IO.TextReader", "System.IO.TextWriter", "System.IO.BinaryReader", "System.IO.BinaryWriter",
        "System.IO.Pipelines.PipeReader", "System.IO.Pipelines.PipeWriter", "System.Net.Http.HttpRequestMessage", "System.Net.Http.HttpContent", "System.Net.WebSockets.WebSocket", "System.Net.Sockets.Socket",
        "System.Net.Sockets.TcpClient", "System.IServiceProvider", "System.Threading.SemaphoreSlim", "System.Transactions.TransactionScope",
        // What is mostly in memory gains nothing from waiting together.
        "Microsoft.Extensions.Caching.Memory.IMemoryCache", "Microsoft.Extensions.Caching.Hybrid.HybridCache");

    private readonly KnownTypes _types;
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    private UnsafeState(KnownTypes types) => _types = types;

    public static UnsafeState Of(KnownTypes types) => s_cache.GetValue(types, static t => new UnsafeState(t));

    public bool Is(ITypeSymbol? type)
    {
        if (type is null || type.IsValueType || type.SpecialType != SpecialType.None)
            return false;

        if (!_known.TryGetValue(type, out var isUnsafe))
        {
            isUnsafe = Find(type);
            _known.TryAdd(type, isUnsafe);
        }

        return isUnsafe;
    }

    private bool Find(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Dynamic)
            return true;

        foreach (var name in s_names)
        {
            if (_types.IsOrInherits(type, name))
                return true;
        }

        return false;
    }
}
