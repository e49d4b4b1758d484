namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary>Sync code that becomes async together with its callers, and queries that are traced to what gives them.</summary>
public sealed class SyncDatabaseCallersTests : SyncDatabaseTests
{
    [Fact]
    public Task Makes_actions_private_helpers_and_endpoints_async() => Fixes(
        """
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        public class OrdersController(Shop shop) : ControllerBase
        {
            [HttpGet("orders/{id}")]
            public ActionResult<Order> Get(int id)
            {
                var order = Load(id);
                return order is null ? NotFound() : order;
            }

            [HttpDelete("orders/{id}")]
            public IActionResult Delete(int id)
            {
                shop.Orders.Where(o => o.Id == id).[|ExecuteDelete|]();
                return NoContent();
            }

            private Order? Load(int id) => shop.Orders.[|FirstOrDefault|](o => o.Id == id);
        }

        static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/orders", (Shop shop) => shop.Orders.OrderBy(o => o.Id).[|ToList|]());
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        public class OrdersController(Shop shop) : ControllerBase
        {
            [HttpGet("orders/{id}")]
            public async Task<ActionResult<Order>> Get(int id)
            {
                var order = await LoadAsync(id);
                return order is null ? NotFound() : order;
            }

            [HttpDelete("orders/{id}")]
            public async Task<IActionResult> Delete(int id)
            {
                await shop.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(HttpContext.RequestAborted);
                return NoContent();
            }

            private async Task<Order?> LoadAsync(int id) => await shop.Orders.FirstOrDefaultAsync(o => o.Id == id, HttpContext.RequestAborted);
        }

        static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/orders", async (Shop shop) => await shop.Orders.OrderBy(o => o.Id).ToListAsync());
        }
        """);

    [Fact]
    public Task Makes_a_loop_over_a_query_async_with_its_callers() => Fixes(
        """
        using System.Linq;
        using System.Threading;
        using Microsoft.EntityFrameworkCore;

        public class Totals(Shop shop)
        {
            public decimal Of(int customer)
            {
                decimal total = 0;
                foreach (var order in [|shop.Orders.Where(o => o.CustomerId == customer)|])
                    total += order.Total;

                return total;
            }
        }

        public class Report(Totals totals)
        {
            public string Text(int customer) => $"{totals.Of(customer):0.00}";
        }
        """,
        """
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public class Totals(Shop shop)
        {
            public async Task<decimal> OfAsync(int customer)
            {
                decimal total = 0;
                await foreach (var order in shop.Orders.Where(o => o.CustomerId == customer).AsAsyncEnumerable())
                    total += order.Total;

                return total;
            }
        }

        public class Report(Totals totals)
        {
            public async Task<string> TextAsync(int customer) => $"{await totals.OfAsync(customer):0.00}";
        }
        """);

    [Fact]
    public Task Trusts_a_member_that_others_await_and_a_parameter_that_only_queries_are_given_for() => Fixes(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public interface IRepository<T> { IQueryable<T> Query(); IQueryable<T> Other { get; } }

        public class Orders(IRepository<Order> orders, Shop shop)
        {
            public async Task<Order?> FirstAsync() => await orders.Query().Where(o => o.IsOpen).FirstOrDefaultAsync();

            public async Task<int> CountAsync()
            {
                var query = orders.Query().Where(o => o.IsOpen);
                await Task.Yield();
                return query.[|Count|]() + Sum(shop.Orders.Where(o => o.IsOpen)) + Any(orders.Other);
            }

            private int Sum(IQueryable<Order> query) => query.[|Sum|](o => o.Id);

            private int Any(IQueryable<Order> query) => query.[|Any|]() ? 1 : 0;
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public interface IRepository<T> { IQueryable<T> Query(); IQueryable<T> Other { get; } }

        public class Orders(IRepository<Order> orders, Shop shop)
        {
            public async Task<Order?> FirstAsync() => await orders.Query().Where(o => o.IsOpen).FirstOrDefaultAsync();

            public async Task<int> CountAsync()
            {
                var query = orders.Query().Where(o => o.IsOpen);
                await Task.Yield();
                return await query.CountAsync() + await SumAsync(shop.Orders.Where(o => o.IsOpen)) + Any(orders.Other);
            }

            private async Task<int> SumAsync(IQueryable<Order> query) => await query.SumAsync(o => o.Id);

            private int Any(IQueryable<Order> query) => query.[|Any|]() ? 1 : 0;
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_a_caller_cannot_wait() => ReportsWithoutFix(
        """
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        public class Totals
        {
            private readonly Shop shop = new();

            public Totals() { shop.[|SaveChanges|](); }

            public int Count => shop.Orders.[|Count|]();

            public bool TryLoad(int id, out Order? order)
            {
                order = shop.Orders.[|Find|](id);
                return order is not null;
            }

            public System.Collections.Generic.IEnumerable<int> Ids()
            {
                foreach (var order in [|shop.Orders|])
                    yield return order.Id;
            }
        }
        """);
}
