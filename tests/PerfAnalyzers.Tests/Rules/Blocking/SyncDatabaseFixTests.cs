using Microsoft.CodeAnalysis.CSharp;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncDatabaseFixTests : SyncDatabaseTests
{
    [Fact]
    public Task Awaits_forwards_the_token_and_imports_what_the_twin_needs() => Fixes(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        class Orders(Shop shop)
        {
            async Task<List<Order>> M(int id, CancellationToken stop)
            {
                if (!shop.Orders.[|Any|](o => o.Id == id))
                    return [];

                var order = shop.Orders.[|First|](o => o.Id == id);
                return shop.Orders.Where(o => o.CustomerId == order.CustomerId).[|ToList|]();
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<List<Order>> M(int id, CancellationToken stop)
            {
                if (!await shop.Orders.AnyAsync(o => o.Id == id, stop))
                    return [];

                var order = await shop.Orders.FirstAsync(o => o.Id == id, stop);
                return await shop.Orders.Where(o => o.CustomerId == order.CustomerId).ToListAsync(stop);
            }
        }
        """);

    [Fact]
    public Task Keeps_the_lines_and_comments_of_a_chain_and_puts_parentheses_where_the_value_is_used() => Fixes(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<int> M()
            {
                // only the open ones
                var names = shop.Orders
                    .Include(o => o.Customer) // for the name
                    .Where(o => o.IsOpen)
                    /* newest first */
                    .OrderByDescending(o => o.Id)
                    .[|ToList|]() // at once
                    .Select(o => o.Customer!.Name);
                var total = shop.Orders.[|First|](
                    o => o.IsOpen).Total + (decimal)shop.Orders.[|Count|]();
                var text = $"{shop.Customers.[|Count|]()} customers";
                return names.Count() + text.Length + (int)total + shop.Orders.[|ToArray|]()[0].Id + shop.Orders.[|ToList|]().Count;
            }
        }
        """,
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<int> M()
            {
                // only the open ones
                var names = (await shop.Orders
                    .Include(o => o.Customer) // for the name
                    .Where(o => o.IsOpen)
                    /* newest first */
                    .OrderByDescending(o => o.Id)
                    .ToListAsync()) // at once
                    .Select(o => o.Customer!.Name);
                var total = (await shop.Orders.FirstAsync(
                    o => o.IsOpen)).Total + (decimal)await shop.Orders.CountAsync();
                var text = $"{await shop.Customers.CountAsync()} customers";
                return names.Count() + text.Length + (int)total + (await shop.Orders.ToArrayAsync())[0].Id + (await shop.Orders.ToListAsync()).Count;
            }
        }
        """);

    [Fact]
    public Task Hands_the_token_over_in_each_form_that_the_twin_takes_it() => Fixes(
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task M(int id, object[] keys, CancellationToken stop)
            {
                var byKey = shop.Orders.[|Find|](id);
                var byTwo = shop.[|Find|]<Order>(id, id);
                var byArray = shop.Orders.[|Find|](keys);
                shop.Database.[|ExecuteSqlRaw|]("delete from Orders where Id = {0} or CustomerId = {1}", id, 2);
                shop.Database.[|ExecuteSqlRaw|]("delete from Orders");
                shop.Orders.[|ToDictionary|](
                    o => o.Id,
                    o => o.Total
                );
                shop.Orders.[|Load|]();
                EntityFrameworkQueryableExtensions.[|Load|](shop.Customers);
                shop.[|SaveChanges|](acceptAllChangesOnSuccess: true);
            }
        }
        """,
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task M(int id, object[] keys, CancellationToken stop)
            {
                var byKey = await shop.Orders.FindAsync([id], stop);
                var byTwo = await shop.FindAsync<Order>([id, id], stop);
                var byArray = await shop.Orders.FindAsync(keys, stop);
                await shop.Database.ExecuteSqlRawAsync("delete from Orders where Id = {0} or CustomerId = {1}", [id, 2], stop);
                await shop.Database.ExecuteSqlRawAsync("delete from Orders", stop);
                await shop.Orders.ToDictionaryAsync(
                    o => o.Id,
                    o => o.Total,
                    stop
                );
                await shop.Orders.LoadAsync(stop);
                await EntityFrameworkQueryableExtensions.LoadAsync(shop.Customers, stop);
                await shop.SaveChangesAsync(acceptAllChangesOnSuccess: true, stop);
            }
        }
        """);

    [Fact]
    public Task Writes_arrays_as_older_languages_do() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Orders
        {
            async Task<object?> M(Shop shop, int id, CancellationToken stop) => shop.Orders.[|Find|](id);
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Orders
        {
            async Task<object?> M(Shop shop, int id, CancellationToken stop) => await shop.Orders.FindAsync(new object[] { id }, stop);
        }
        """, test => test.LanguageVersion = LanguageVersion.CSharp10);

    [Fact]
    public Task Turns_a_loop_over_a_query_into_an_async_one() => Fixes(
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        class Orders(Shop shop)
        {
            async Task<decimal> M(CancellationToken stop)
            {
                decimal total = 0;

                // all of them
                foreach (var order in [|shop.Orders.Where(o => o.IsOpen)|]) // one by one
                {
                    total += order.Total;
                }

                foreach (var (id, name) in [|from c in shop.Customers select new System.ValueTuple<int, string>(c.Id, c.Name)|])
                    total += id;

                return total;
            }

            async Task<int> N()
            {
                var n = 0;
                foreach (var order in [|shop.Orders|]) n++;
                return n;
            }
        }
        """,
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task<decimal> M(CancellationToken stop)
            {
                decimal total = 0;

                // all of them
                await foreach (var order in shop.Orders.Where(o => o.IsOpen).AsAsyncEnumerable().WithCancellation(stop)) // one by one
                {
                    total += order.Total;
                }

                await foreach (var (id, name) in (from c in shop.Customers select new System.ValueTuple<int, string>(c.Id, c.Name)).AsAsyncEnumerable().WithCancellation(stop))
                    total += id;

                return total;
            }

            async Task<int> N()
            {
                var n = 0;
                await foreach (var order in shop.Orders.AsAsyncEnumerable()) n++;
                return n;
            }
        }
        """);

    [Fact]
    public Task Awaits_ado_net_and_keeps_tokens_from_what_must_finish() => Fixes(
        """
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;

        class Store
        {
            async Task<int> M(DbConnection connection, CancellationToken stop)
            {
                connection.[|Open|]();
                using (var transaction = connection.[|BeginTransaction|]())
                {
                    try
                    {
                        using var command = connection.CreateCommand();
                        using var reader = command.[|ExecuteReader|]();
                        var n = 0;
                        while (reader.[|Read|]())
                            n++;

                        transaction.[|Commit|]();
                        return n;
                    }
                    catch
                    {
                        transaction.[|Rollback|]();
                        connection.[|Open|]();
                        throw;
                    }
                }
            }
        }
        """,
        """
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;

        class Store
        {
            async Task<int> M(DbConnection connection, CancellationToken stop)
            {
                await connection.OpenAsync(stop);
                using (var transaction = await connection.BeginTransactionAsync(stop))
                {
                    try
                    {
                        using var command = connection.CreateCommand();
                        using var reader = await command.ExecuteReaderAsync(stop);
                        var n = 0;
                        while (await reader.ReadAsync(stop))
                            n++;

                        await transaction.CommitAsync();
                        return n;
                    }
                    catch
                    {
                        await transaction.RollbackAsync();
                        await connection.OpenAsync();
                        throw;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Lets_the_user_say_what_must_finish() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Orders(Shop shop)
        {
            async Task M(CancellationToken stop) => shop.[|SaveChanges|]();
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Orders(Shop shop)
        {
            async Task M(CancellationToken stop) => await shop.SaveChangesAsync();
        }
        """, test => Set(test, "perf_analyzers.must_finish = SaveChanges"));

    [Fact]
    public Task Awaits_dapper_with_all_its_arguments() => Fixes(
        """
        using System.Data;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;

        class Store(IDbConnection connection)
        {
            async Task<Order?> M(int id, CancellationToken stop)
            {
                var orders = connection.[|Query|]<Order>(
                    "select * from Orders where Id = @id",
                    new { id },
                    commandTimeout: 5).ToList();
                connection.[|Execute|]("delete from Orders where Id = @id", new { id }, commandType: CommandType.Text);
                using var many = connection.[|QueryMultiple|]("select 1");
                return many.[|ReadFirst|]<int>() > 0 ? orders.FirstOrDefault() : connection.[|QuerySingleOrDefault|]<Order>("select 1");
            }
        }
        """,
        """
        using System.Data;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;

        class Store(IDbConnection connection)
        {
            async Task<Order?> M(int id, CancellationToken stop)
            {
                var orders = (await connection.QueryAsync<Order>(
                    "select * from Orders where Id = @id",
                    new { id },
                    commandTimeout: 5)).ToList();
                await connection.ExecuteAsync("delete from Orders where Id = @id", new { id }, commandType: CommandType.Text);
                using var many = await connection.QueryMultipleAsync("select 1");
                return await many.ReadFirstAsync<int>() > 0 ? orders.FirstOrDefault() : await connection.QuerySingleOrDefaultAsync<Order>("select 1");
            }
        }
        """);

    [Fact]
    public Task Uses_the_token_of_the_request_and_mends_calls_inside_calls() => Fixes(
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        public class OrdersController(Shop shop) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get(int id)
            {
                var order = shop.Orders.[|Find|](shop.Customers.[|First|](c => c.Id == id).Id);
                return Ok(order ?? shop.Orders.[|FirstOrDefault|]());
            }
        }
        """,
        """
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        public class OrdersController(Shop shop) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get(int id)
            {
                var order = await shop.Orders.FindAsync([(await shop.Customers.FirstAsync(c => c.Id == id, HttpContext.RequestAborted)).Id], HttpContext.RequestAborted);
                return Ok(order ?? await shop.Orders.FirstOrDefaultAsync(HttpContext.RequestAborted));
            }
        }
        """);

    [Fact]
    public Task Follows_a_query_through_locals_helpers_and_members_of_the_file() => Fixes(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        static class Paging
        {
            public static IQueryable<T> Page<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10);
            public static IQueryable<Order> OfCustomer(IQueryable<Order> orders, int id) => orders.Where(o => o.CustomerId == id);
        }

        class Orders(Shop shop)
        {
            private IQueryable<Order> Open() { return shop.Orders.Where(o => o.IsOpen); }

            async Task<List<Order>> M(int page, int? customer)
            {
                var query = Open();
                if (customer is { } id)
                    query = Paging.OfCustomer(query, id);
                var count = query.[|Count|]();
                return count == 0 ? [] : query.Page(page).[|ToList|]();
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        static class Paging
        {
            public static IQueryable<T> Page<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10);
            public static IQueryable<Order> OfCustomer(IQueryable<Order> orders, int id) => orders.Where(o => o.CustomerId == id);
        }

        class Orders(Shop shop)
        {
            private IQueryable<Order> Open() { return shop.Orders.Where(o => o.IsOpen); }

            async Task<List<Order>> M(int page, int? customer)
            {
                var query = Open();
                if (customer is { } id)
                    query = Paging.OfCustomer(query, id);
                var count = await query.CountAsync();
                return count == 0 ? [] : await query.Page(page).ToListAsync();
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_await_is_illegal_or_the_import_would_be_ambiguous() => ReportsWithoutFix(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        class Orders(Shop shop)
        {
            async Task M()
            {
                lock (this)
                {
                    shop.[|SaveChanges|]();
                }

                try { await Task.Yield(); }
                catch (System.Exception) when (shop.Orders.[|Any|]()) { }
            }
        }
        """);

    [Fact]
    public Task Runs_the_same_on_ado_net() => FixesAndRunsTheSame(
        Program("async Task<int>", "n += command.[|ExecuteNonQuery|]();", "using var reader = command.[|ExecuteReader|]();", "reader.[|Read|]()"),
        Program("async Task<int>", "n += await command.ExecuteNonQueryAsync();", "using var reader = await command.ExecuteReaderAsync();", "await reader.ReadAsync()"),
        test => { test.TestState.Sources.RemoveAll(source => source.Path == "/0/Model.cs"); test.FixedState.Sources.RemoveAll(source => source.Path == "/0/Model.cs"); });

    /// <summary>A provider in memory that answers after a while and counts its rows.</summary>
    private static string Program(string kind, string execute, string read, string next) =>
        $$"""
        using System;
        using System.Collections;
        using System.Data;
        using System.Data.Common;
        using System.Threading;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run() => CountAsync(new Command()).GetAwaiter().GetResult().ToString();

            private static {{kind}} CountAsync(DbCommand command)
            {
                await Task.Yield();
                var n = 0;
                {{execute}}
                {{read}}
                while ({{next}})
                    n += 10;

                return n;
            }
        }

        class Command : DbCommand
        {
            public override int ExecuteNonQuery() => 3;
            public override object? ExecuteScalar() => 1;
            public override void Prepare() { }
            public override void Cancel() { }
            protected override DbParameter CreateDbParameter() => throw new NotSupportedException();
            protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
            {
                var table = new DataTable { Columns = { "a" } };
                table.Rows.Add(1);
                table.Rows.Add(2);
                return table.CreateDataReader();
            }
            [System.Diagnostics.CodeAnalysis.AllowNull]
            public override string CommandText { get; set; } = "";
            public override int CommandTimeout { get; set; }
            public override CommandType CommandType { get; set; }
            public override bool DesignTimeVisible { get; set; }
            public override UpdateRowSource UpdatedRowSource { get; set; }
            protected override DbConnection? DbConnection { get; set; }
            protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();
            protected override DbTransaction? DbTransaction { get; set; }
        }
        """;
}
