namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncDatabaseQuietTests : SyncDatabaseTests
{
    [Fact]
    public Task Is_quiet_on_what_only_marks_entities() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop, IDbContextFactory<Shop> factory)
        {
            async Task M(Order order, List<Order> orders)
            {
                shop.Orders.Add(order);
                shop.Add(order);
                shop.Orders.AddRange(orders);
                shop.AddRange(orders);
                shop.Attach(order);
                shop.Orders.Update(order);
                shop.Orders.Remove(order);
                using var other = factory.CreateDbContext();
                var local = shop.Orders.Local.ToList().Count + shop.ChangeTracker.Entries().Count();
                await shop.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_queries_over_memory() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        class Orders
        {
            private readonly List<Order> _orders = new();

            async Task<List<Order>> M(Order[] given, bool open)
            {
                var query = _orders.AsQueryable();
                if (open)
                    query = query.Where(o => o.IsOpen);

                IQueryable<Order> none = Enumerable.Empty<Order>().AsQueryable();
                foreach (var order in given.AsQueryable().OrderBy(o => o.Id))
                    _orders.Add(order);

                IQueryable<Order> wrapped = new EnumerableQuery<Order>(given);
                await Task.Yield();
                return query.Any() && none.Count() == 0 && wrapped.Any() ? query.ToList() : given.AsQueryable().ToList();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_collections_and_rows_in_memory() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<int> M()
            {
                var orders = await shop.Orders.ToListAsync();
                var open = orders.Where(o => o.IsOpen).ToList();
                var first = open.FirstOrDefault(o => o.Lines.Any());
                return open.Count() + orders.Sum(o => o.Lines.Count) + (first?.Lines.First().Id ?? 0) + orders.Find(o => o.IsOpen)!.Id;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_inside_expression_trees_and_query_clauses() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            private static readonly Func<Shop, int, Order> s_byId = EF.CompileQuery((Shop s, int id) => s.Orders.First(o => o.Id == id));

            async Task M()
            {
                var a = await shop.Orders.Where(o => shop.Customers.Any(c => c.Id == o.CustomerId)).ToListAsync();
                var b = await (from o in shop.Orders
                               let customer = shop.Customers.First(c => c.Id == o.CustomerId)
                               where shop.Customers.Count() > 3
                               select new { customer.Name, Lines = o.Lines.ToList(), All = shop.Customers.ToList() }).ToListAsync();
                Expression<Func<int>> count = () => shop.Orders.Count();
                var name = nameof(Enumerable.ToList);
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_the_sync_arm_of_code_that_has_both() => IsQuietOn(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<int> M(bool async)
            {
                var first = async ? await shop.Orders.FirstAsync() : shop.Orders.First();
                if (async)
                    await shop.SaveChangesAsync();
                else
                    shop.SaveChanges();

                if (!async)
                    shop.Orders.Load();
                else
                {
                    await shop.Orders.LoadAsync();
                }

                if (async)
                {
                    return await shop.Orders.CountAsync();
                }

                return shop.Orders.Count();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_overrides_that_the_library_calls_synchronously() => IsQuietOn(
        """
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Diagnostics;

        public class Audited : Shop
        {
            public override int SaveChanges()
            {
                Set<Order>().Find(1);
                return base.SaveChanges();
            }

            public override Task<int> SaveChangesAsync(CancellationToken cancel = default) => base.SaveChangesAsync(cancel);
        }

        public class Log(Shop log) : SaveChangesInterceptor
        {
            public override InterceptionResult<int> SavingChanges(DbContextEventData data, InterceptionResult<int> result)
            {
                log.SaveChanges();
                return result;
            }
        }

        public abstract class Wrapped(DbCommand inner) : DbCommand
        {
            public override int ExecuteNonQuery() => inner.ExecuteNonQuery();
            public override object? ExecuteScalar() => inner.ExecuteScalar();
            protected override DbDataReader ExecuteDbDataReader(System.Data.CommandBehavior behavior) => inner.ExecuteReader(behavior);
        }
        """);

    [Fact]
    public Task Is_quiet_where_the_own_override_hands_on_through_a_helper() => IsQuietOn(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public class Hooked : Shop
        {
            public override int SaveChanges(bool accept) => Core(accept);
            public override Task<int> SaveChangesAsync(bool accept, CancellationToken cancel = default) => base.SaveChangesAsync(accept, cancel);
            private int Core(bool accept) => base.SaveChanges(accept);
        }
        """);

    [Fact]
    public Task Is_quiet_on_a_loop_over_a_query_without_an_element_type() => IsQuietOn(
        """
        using System.Linq;
        using System.Threading.Tasks;

        class Orders
        {
            async Task<int> M(IQueryable source)
            {
                var n = 0;
                foreach (var item in source)
                    n++;

                await Task.Yield();
                return n;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_wrappers_of_the_interfaces() => IsQuietOn(
        """
        using System.Data;

        public abstract class Wrapped(IDbConnection inner) : IDbConnection
        {
            public void Open() => inner.Open();
            public IDbTransaction BeginTransaction() => inner.BeginTransaction();
            public abstract IDbTransaction BeginTransaction(IsolationLevel level);
            public abstract void ChangeDatabase(string name);
            public abstract void Close();
            public abstract IDbCommand CreateCommand();
            public abstract void Dispose();
            [System.Diagnostics.CodeAnalysis.AllowNull] public abstract string ConnectionString { get; set; }
            public abstract int ConnectionTimeout { get; }
            public abstract string Database { get; }
            public abstract ConnectionState State { get; }
        }
        """);

    [Fact]
    public Task Is_quiet_on_providers_whose_async_methods_run_synchronously() => IsQuietOn(
        """
        using System.Data;
        using System.Data.Common;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;

        abstract class OldCommand : DbCommand
        {
            public override int ExecuteNonQuery() => 1;
        }

        class Store
        {
            async Task M(SqliteConnection connection, DataTable table, OldCommand old)
            {
                connection.Open();
                using var transaction = connection.BeginTransaction();
                using var command = connection.CreateCommand();
                using (var reader = command.ExecuteReader())
                    while (reader.Read()) { }

                command.ExecuteNonQuery();
                transaction.Commit();
                connection.Query<int>("select 1");
                using var rows = table.CreateDataReader();
                while (rows.Read()) { }
                old.ExecuteNonQuery();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_columns_of_a_row_that_was_read_and_on_closing() => IsQuietOn(
        """
        using System.Data.Common;
        using System.Threading.Tasks;

        class Store
        {
            async Task M(DbDataReader reader, DbConnection connection)
            {
                while (await reader.ReadAsync())
                {
                    if (!reader.IsDBNull(0))
                        reader.GetFieldValue<int>(0);
                }

                reader.Close();
                connection.Close();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_where_the_twin_would_call_itself() => IsQuietOn(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public class Store : DbContext
        {
            public override Task<int> SaveChangesAsync(CancellationToken cancel = default) => Task.FromResult(SaveChanges());
        }
        """);

    [Fact]
    public Task Is_quiet_on_what_the_user_excludes() => IsQuietOn(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task M()
            {
                shop.SaveChanges();
                shop.Orders.ToList();
                shop.Orders.Find(1);
                shop.Database.BeginTransaction();
                await Task.Yield();
            }
        }
        """, test =>
        {
            Set(test, "perf_analyzers.excluded_symbols = Microsoft.EntityFrameworkCore.DbContext.SaveChangesAsync, Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions");
            test.TestState.AdditionalFiles.Add(("/PerfAnalyzers.ExcludedSymbols.Ours.txt",
                """
                # keys are cached
                Microsoft.EntityFrameworkCore.DbSet`1.FindAsync
                Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade.BeginTransactionAsync # too
                """));
            test.TestState.AdditionalFiles.Add(("/Other.txt", "Nothing.At.All"));
        });

    [Fact]
    public Task Is_quiet_in_code_of_a_plain_library_and_on_strict_scope() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Linq;

        class Orders(Shop shop)
        {
            List<Order> M() => shop.Orders.ToList();
        }
        """, test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task Is_quiet_in_test_projects() => IsQuietOn(
        """
        using System.Linq;
        using System.Threading.Tasks;

        class Orders(Shop shop)
        {
            async Task M() { shop.Orders.ToList(); await Task.Yield(); }
        }
        """, test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.IsTestProject = true\n")));

    [Fact]
    public Task Is_quiet_on_methods_of_the_same_name_that_ask_no_database() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;

        class Reader
        {
            public bool Read() => false;
            public Task<bool> ReadAsync() => Task.FromResult(false);
            public void Open() { }
            public Task OpenAsync() => Task.CompletedTask;
            public int Execute(string text) => 0;
            public Task<int> ExecuteAsync(string text) => Task.FromResult(0);
        }

        class Store(Reader reader)
        {
            async Task M()
            {
                reader.Open();
                while (reader.Read())
                    reader.Execute("x");

                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_async_calls_and_on_building_a_query() => IsQuietOn(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<int> M()
            {
                var query = shop.Orders.Where(o => o.IsOpen).OrderBy(o => o.Id).Skip(1).Take(2).Select(o => o.Id).Distinct();
                var sql = query.ToQueryString();
                await foreach (var id in query.AsAsyncEnumerable()) { }
                return await query.SumAsync() + sql.Length;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_chains_whose_source_does_not_bind() => IsQuietOn(
        """
        using System;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        static class Queries
        {
            public static IQueryable<T> Where<T>(this DbSet<T> set, Expression<Func<T, bool>> predicate) where T : class => Queryable.Where(set, predicate);
        }

        class Wallet(MissingExplorer explorer)
        {
            async Task<int> M(int depth)
            {
                var utxos = await explorer.GetUtxosAsync();
                var open = utxos.GetUnspent().Where(u => u.Confirmations == 0 && u.Depth > depth).ToArray();
                var rest = (await explorer.GetUtxosAsync()).Where(u => u.Depth > depth);
                foreach (var one in rest.Where(u => u.Confirmations == 1))
                    depth++;

                return open.Length + rest.Select(i => i).Count();
            }
        }
        """, test => test.AllowCompilerErrors = true);

    [Fact]
    public Task Is_quiet_on_sqlite_behind_the_abstract_types() => IsQuietOn(
        """
        using System.Data;
        using System.Data.Common;
        using System.Threading.Tasks;
        using Microsoft.Data.Sqlite;

        class Log
        {
            async Task M(string text)
            {
                using (var connection = SqliteFactory.Instance.CreateConnection())
                {
                    connection!.ConnectionString = text;
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.ExecuteNonQuery();
                }

                DbConnection other = new SqliteConnection(text);
                other.Open();
                await Task.Yield();
            }
        }
        """);
}
