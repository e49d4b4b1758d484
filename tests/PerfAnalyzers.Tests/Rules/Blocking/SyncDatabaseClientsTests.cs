using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary>Database clients other than EF and Dapper, against the real libraries.</summary>
public sealed class SyncDatabaseClientsTests : RuleTests<SyncDatabaseAnalyzer, SyncDatabaseFix>
{
    protected override void Configure(CSharpCodeFixTest<SyncDatabaseAnalyzer, SyncDatabaseFix> test) => test.ReferenceAssemblies = ReferenceAssemblies.DatabaseClients;

    [Fact]
    public Task Awaits_mongo_and_leaves_find_which_only_builds() => Fixes(
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using MongoDB.Driver;

        class Orders(IMongoCollection<Order> orders, IMongoClient client)
        {
            async Task M(CancellationToken stop)
            {
                orders.[|InsertOne|](new Order());
                var all = orders.Find(o => o.IsOpen).[|ToList|]();
                var first = orders.Find(o => o.IsOpen).SortBy(o => o.Id).[|FirstOrDefault|]();
                var count = orders.[|CountDocuments|](o => o.IsOpen);
                orders.[|UpdateOne|](o => o.Id == 1, Builders<Order>.Update.Set(o => o.IsOpen, true));
                orders.[|DeleteMany|](o => o.IsOpen);
                using var session = client.[|StartSession|]();
                session.[|CommitTransaction|]();
                await Task.Yield();
            }
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """,
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using MongoDB.Driver;

        class Orders(IMongoCollection<Order> orders, IMongoClient client)
        {
            async Task M(CancellationToken stop)
            {
                await orders.InsertOneAsync(new Order(), cancellationToken: stop);
                var all = await orders.Find(o => o.IsOpen).ToListAsync(stop);
                var first = await orders.Find(o => o.IsOpen).SortBy(o => o.Id).FirstOrDefaultAsync(stop);
                var count = await orders.CountDocumentsAsync(o => o.IsOpen, cancellationToken: stop);
                await orders.UpdateOneAsync(o => o.Id == 1, Builders<Order>.Update.Set(o => o.IsOpen, true), cancellationToken: stop);
                await orders.DeleteManyAsync(o => o.IsOpen, stop);
                using var session = await client.StartSessionAsync(cancellationToken: stop);
                await session.CommitTransactionAsync();
                await Task.Yield();
            }
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """);

    [Fact]
    public Task Awaits_queries_of_mongo_with_its_own_operators() => Fixes(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using MongoDB.Driver;

        class Orders(IMongoCollection<Order> orders)
        {
            async Task<bool> M() => orders.AsQueryable().Where(o => o.IsOpen).[|Any|]();
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """,
        """
        using System.Linq;
        using System.Threading.Tasks;
        using MongoDB.Driver;
        using MongoDB.Driver.Linq;

        class Orders(IMongoCollection<Order> orders)
        {
            async Task<bool> M() => await orders.AsQueryable().Where(o => o.IsOpen).AnyAsync();
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """);

    [Fact]
    public Task Awaits_linq_to_db_with_its_own_operators() => Fixes(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using LinqToDB;
        using LinqToDB.Async;
        using LinqToDB.Data;

        class Orders(DataConnection sql)
        {
            async Task M()
            {
                var open = sql.GetTable<Order>().Where(o => o.IsOpen).[|ToList|]();
                sql.GetTable<Order>().Where(o => o.IsOpen).[|Delete|]();
                sql.[|Insert|](new Order());
                await Task.Yield();
            }
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """,
        """
        using System.Linq;
        using System.Threading.Tasks;
        using LinqToDB;
        using LinqToDB.Async;
        using LinqToDB.Data;

        class Orders(DataConnection sql)
        {
            async Task M()
            {
                var open = await sql.GetTable<Order>().Where(o => o.IsOpen).ToListAsync();
                await sql.GetTable<Order>().Where(o => o.IsOpen).DeleteAsync();
                await sql.InsertAsync(new Order());
                await Task.Yield();
            }
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """);

    [Fact]
    public Task Suggests_nothing_that_would_be_ambiguous_between_two_libraries() => IsQuietOn(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using LinqToDB.Async;
        using MongoDB.Driver;
        using MongoDB.Driver.Linq;

        class Orders(IMongoCollection<Order> orders)
        {
            async Task<bool> M() { await Task.Yield(); return orders.AsQueryable().Where(o => o.IsOpen).Any(); }
        }
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        """);

    [Fact]
    public Task Awaits_sql_client_where_its_own_methods_are_async() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Data.SqlClient;

        class Store
        {
            async Task<int> M(SqlConnection connection, CancellationToken stop)
            {
                connection.[|Open|]();
                using var command = new SqlCommand("select 1", connection);
                using (SqlDataReader reader = command.[|ExecuteReader|]())
                    while (reader.[|Read|]()) { }

                return command.[|ExecuteNonQuery|]();
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Data.SqlClient;

        class Store
        {
            async Task<int> M(SqlConnection connection, CancellationToken stop)
            {
                await connection.OpenAsync(stop);
                using var command = new SqlCommand("select 1", connection);
                using (SqlDataReader reader = await command.ExecuteReaderAsync(stop))
                    while (await reader.ReadAsync(stop)) { }

                return await command.ExecuteNonQueryAsync(stop);
            }
        }
        """);

    [Fact]
    public Task Is_quiet_where_sql_client_inherits_what_runs_synchronously() => IsQuietOn(
        """
        using System.Threading.Tasks;
        using Microsoft.Data.SqlClient;

        class Store
        {
            async Task M(SqlTransaction transaction, SqlCommand command)
            {
                command.Prepare();
                transaction.Commit();
                await Task.Yield();
            }
        }
        """);
}
