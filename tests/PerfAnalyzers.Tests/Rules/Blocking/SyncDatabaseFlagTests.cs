using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncDatabaseFlagTests : SyncDatabaseTests
{
    [Fact]
    public Task Flags_ef_operators_that_run_the_query() => Flags(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task M(int id)
            {
                var all = shop.Orders.[|ToList|]();
                var array = shop.Orders.Where(o => o.IsOpen).[|ToArray|]();
                var byId = shop.Orders.[|ToDictionary|](o => o.Id);
                var set = shop.Orders.Select(o => o.Id).[|ToHashSet|]();
                var first = shop.Orders.[|First|](o => o.Id == id);
                var maybe = shop.Orders.[|FirstOrDefault|]();
                var single = shop.Orders.[|Single|](o => o.Id == id);
                var one = shop.Orders.[|SingleOrDefault|](o => o.Id == id);
                var last = shop.Orders.OrderBy(o => o.Id).[|Last|]();
                var nth = shop.Orders.OrderBy(o => o.Id).[|ElementAt|](3);
                var any = shop.Orders.[|Any|]() && shop.Orders.[|All|](o => o.IsOpen);
                var count = shop.Orders.[|Count|]() + shop.Orders.[|LongCount|](o => o.IsOpen);
                var sum = shop.Orders.[|Sum|](o => o.Total) + shop.Orders.[|Max|](o => o.Total) - shop.Orders.[|Average|](o => o.Total);
                var has = shop.Orders.Select(o => o.Id).[|Contains|](id);
                shop.Orders.Where(o => o.IsOpen).[|Load|]();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Flags_what_else_ef_sends_to_the_database() => Flags(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task M(int id, Order order)
            {
                var found = shop.Orders.[|Find|](id);
                var other = shop.[|Find|]<Customer>(id);
                shop.Entry(order).Collection(o => o.Lines).[|Load|]();
                shop.Entry(order).Reference(o => o.Customer).[|Load|]();
                shop.Entry(order).[|Reload|]();
                shop.Orders.Where(o => o.IsOpen).[|ExecuteDelete|]();
                shop.Orders.Where(o => o.IsOpen).[|ExecuteUpdate|](s => s.SetProperty(o => o.IsOpen, false));
                shop.Database.[|ExecuteSqlRaw|]("delete from Orders where Id = {0}", id);
                shop.Database.[|ExecuteSql|]($"delete from Orders where Id = {id}");
                using var transaction = shop.Database.[|BeginTransaction|]();
                shop.[|SaveChanges|]();
                transaction.[|Commit|]();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Flags_foreach_over_a_query_at_the_query() => Flags(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<decimal> M()
            {
                decimal total = 0;
                foreach (var order in [|shop.Orders.Where(o => o.IsOpen)|])
                    total += order.Total;

                foreach (var (id, name) in [|from c in shop.Customers select new System.ValueTuple<int, string>(c.Id, c.Name)|])
                    total += id + name.Length;

                await Task.Yield();
                return total;
            }
        }
        """);

    [Fact]
    public Task Flags_ado_net_and_what_derives_from_it() => Flags(
        """
        using System.Data;
        using System.Data.Common;
        using System.Threading.Tasks;
        using Npgsql;

        class Store
        {
            async Task M(DbConnection connection, NpgsqlConnection postgres)
            {
                connection.[|Open|]();
                using var transaction = connection.[|BeginTransaction|]();
                using var command = connection.CreateCommand();
                command.[|Prepare|]();
                command.[|ExecuteNonQuery|]();
                var scalar = command.[|ExecuteScalar|]();
                using var reader = command.[|ExecuteReader|](CommandBehavior.SequentialAccess);
                while (reader.[|Read|]() || reader.[|NextResult|]()) { }
                transaction.[|Commit|]();

                postgres.[|Open|]();
                using var query = new NpgsqlCommand("select 1", postgres);
                using var rows = query.[|ExecuteReader|]();
                rows.[|Read|]();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Flags_the_interfaces_of_ado_net_and_names_the_class_that_has_the_method() => Flags(
        """
        using System.Data;
        using System.Threading.Tasks;

        class Store
        {
            async Task<object?> M(IDbConnection connection)
            {
                connection.[|Open|]();
                using var command = connection.CreateCommand();
                await Task.Yield();
                return command.{|#0:ExecuteScalar|}();
            }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult(SyncDatabaseAnalyzer.Rule.Descriptor).WithLocation(0)
            .WithMessage("'ExecuteScalar' holds the thread of 'Store.M' until the database answers; await DbCommand.ExecuteScalarAsync")));

    [Fact]
    public Task Flags_dapper_on_either_kind_of_connection() => Flags(
        """
        using System.Data;
        using System.Data.Common;
        using System.Linq;
        using System.Threading.Tasks;
        using Dapper;

        class Store(IDbConnection connection, DbConnection other)
        {
            async Task M(int id)
            {
                var orders = connection.[|Query|]<Order>("select * from Orders where Id = @id", new { id }).ToList();
                var order = other.[|QuerySingleOrDefault|]<Order>("select 1");
                var count = other.[|ExecuteScalar|]<int>("select count(*) from Orders");
                connection.[|Execute|]("delete from Orders where Id = @id", new { id });
                using var many = connection.[|QueryMultiple|]("select 1; select 2");
                var first = many.[|Read|]<int>().First();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Flags_a_call_whose_twin_takes_other_arguments() => ReportsWithoutFix(
        """
        using System.Collections.Generic;
        using System.Data.Common;
        using System.Threading.Tasks;
        using Dapper;

        class Store(DbConnection connection)
        {
            async Task<IEnumerable<Order>> M()
            {
                await Task.Yield();
                return connection.[|Query|]<Order>("select * from Orders", buffered: false);
            }
        }
        """);

    [Fact]
    public Task Flags_a_query_put_together_in_steps() => Flags(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            private IQueryable<Order> Open => shop.Orders.AsNoTracking().Where(o => o.IsOpen);

            async Task<List<Order>> M(int? customer, bool byTotal)
            {
                IQueryable<Order> query = shop.Orders.Include(o => o.Lines);
                if (customer is not null)
                    query = query.Where(o => o.CustomerId == customer);

                query = byTotal ? query.OrderBy(o => o.Total) : query.OrderBy(o => o.Id);
                await Task.Yield();
                return Open.[|Any|]() ? query.Skip(10).Take(10).[|ToList|]() : (from o in shop.Orders where o.IsOpen select o).[|ToList|]();
            }
        }
        """);

    [Fact]
    public Task Flags_a_query_whose_source_is_out_of_sight_and_offers_no_fix() => ReportsWithoutFix(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        interface IRepository { IQueryable<Order> Table { get; } }

        class Orders(IRepository repository)
        {
            async Task<List<Order>> M()
            {
                await Task.Yield();
                return repository.Table.Where(o => o.IsOpen).[|ToList|]();
            }
        }
        """);

    [Fact]
    public Task Flags_sync_code_of_a_server() => Flags(
        """
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        public class OrdersController(Shop shop) : ControllerBase
        {
            [HttpGet("orders/{id}")]
            public ActionResult<Order> Get(int id)
            {
                var order = shop.Orders.[|FirstOrDefault|](o => o.Id == id);
                return order is null ? NotFound() : order;
            }
        }

        public class OrderRepository(Shop shop)
        {
            public List<Order> All() => shop.Orders.[|ToList|]();
            public int Count => shop.Orders.[|Count|]();
        }
        """);

    [Fact]
    public Task Flags_endpoint_lambdas_and_local_functions() => Flags(
        """
        using System.Linq;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.EntityFrameworkCore;

        static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/orders", (Shop shop) => shop.Orders.OrderBy(o => o.Id).[|ToList|]());
                app.MapPost("/orders", Create);

                static int Create(Shop shop, Order order)
                {
                    shop.Orders.Add(order);
                    return shop.[|SaveChanges|]();
                }
            }
        }
        """);

    [Fact]
    public Task Flags_console_code_where_the_scope_is_all_and_only_async_code_otherwise() => Flags(
        """
        using System.Data.Common;
        using System.Threading.Tasks;

        class Store
        {
            void Sync(DbConnection connection) => connection.Open();
            async Task Async(DbConnection connection) { connection.[|Open|](); await Task.Yield(); }
        }
        """, Plain);

    [Fact]
    public Task Flags_plain_libraries_where_the_scope_is_all() => Flags(
        """
        using System.Data.Common;

        class Store
        {
            void Sync(DbConnection connection) => connection.[|Open|]();
        }
        """, test => { Plain(test); Set(test, "perf_analyzers.PERF104.scope = all"); });

    [Fact]
    public Task Flags_a_call_behind_a_question_mark_and_offers_no_fix() => ReportsWithoutFix(
        """
        using System.Threading.Tasks;

        class Orders(Shop? shop)
        {
            async Task M() { shop?.[|SaveChanges|](); await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Flags_a_transaction_whose_async_result_is_less_specific() => ReportsWithoutFix(
        """
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;

        abstract class MyTransaction : DbTransaction { }
        abstract class MyConnection : DbConnection
        {
            public new MyTransaction BeginTransaction() => (MyTransaction)base.BeginTransaction();
            protected override ValueTask<DbTransaction> BeginDbTransactionAsync(System.Data.IsolationLevel level, CancellationToken cancel) => default;
        }
        class Store
        {
            async Task<MyTransaction> M(MyConnection connection) { await Task.Yield(); return connection.[|BeginTransaction|](); }
        }
        """);

    [Fact]
    public Task Flags_nothing_beside_the_call_in_code_that_is_being_typed() => Flags(
        """
        using System.Linq;
        using System.Threading.Tasks;

        class Orders(Shop shop)
        {
            async Task M()
            {
                var x = shop.Orders.[|ToList|]();
                shop.Missing.ToList();
                shop.Orders.FirstOrDefault(1, 2, 3);
                missing.Where(o => o.).First();
                foreach (var o in shop.) { }
                await
            }
        }
        """, test => test.AllowCompilerErrors = true);

    private static void Plain(CSharpCodeFixTest<SyncDatabaseAnalyzer, SyncDatabaseFix> test)
    {
        test.ReferenceAssemblies = ReferenceAssemblies.Net;
        test.TestState.Sources.RemoveAll(source => source.Path == "/0/Model.cs");
    }
}
