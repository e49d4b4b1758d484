namespace PerfAnalyzers.Tests.Knowledge.Queries;

public sealed class QueryChainTests
{
    [Theory]
    [InlineData("db.Orders", "Set Order: ")]
    [InlineData("db.Orders.ToList()", "Set Order: ToList")]
    [InlineData("db.Set<Order>().Where(o => o.Total > 1).Take(3).ToArray()", "Set Order: Where Take ToArray")]
    [InlineData("((IQueryable<Order>)db.Orders).AsNoTracking()", "Set Order: AsNoTracking")]
    [InlineData("Queryable.Where(db.Orders, o => o.Id == 1)", "Set Order: Where")]
    [InlineData("db.Orders.Include(o => o.Lines).ThenInclude(l => l.Id).ToList()", "Set Order: Include ThenInclude ToList")]
    [InlineData("db.Orders.ToListAsync().Result", "Set Order: ToListAsync")]
    [InlineData("db.Orders.ToListAsync().ConfigureAwait(false).GetAwaiter().GetResult()", "Set Order: ToListAsync")]
    [InlineData("db.Orders.ToList().Where(o => o.Id == 1).ToList()", "Set Order: ToList ~Where ~ToList")]
    [InlineData("db.Orders.AsEnumerable().First()", "Set Order: AsEnumerable ~First")]
    [InlineData("((IEnumerable<Order>)db.Orders).Where(o => o.Id == 1).ToList()", "Set Order: ~Where ToList")]
    [InlineData("db.Orders.Find(1)", "Set Order: Find")]
    [InlineData("db.Orders.Where(o => o.Id == 1).ExecuteDelete()", "Set Order: Where ExecuteDelete")]
    [InlineData("db.Orders.FromSqlRaw(\"select * from orders\").ToList()", "RawSql Order: ToList")]
    [InlineData("db.Database.SqlQueryRaw<int>(\"select 1\").ToList()", "RawSql Int32: ToList")]
    [InlineData("db.Entry(new Order()).Collection(o => o.Lines).Query().ToList()", "Navigation Line: ToList")]
    [InlineData("new List<Order>().AsQueryable().Where(o => o.Id == 1).ToList()", "InMemory: ~AsQueryable ~Where ~ToList")]
    [InlineData("new Order().Lines.ToList()", "Unknown: ToList")]
    [InlineData("(DateTime.Now.Hour > 3 ? db.Orders.Where(o => o.Id > 1) : db.Orders).Take(1)", "Set Order: (Where|) Take")]
    [InlineData("(DateTime.Now.Hour switch { 1 => db.Orders.OrderBy(o => o.Id), 2 => db.Orders.OrderBy(o => o.Total), _ => throw new Exception() }).ToList()", "Set Order: (OrderBy|OrderBy) ToList")]
    [InlineData("(DateTime.Now.Hour > 3 ? db.Orders.Select(o => o.Id) : db.Customers.Select(c => c.Id)).ToList()", "Unknown: ToList")]
    [InlineData("(from o in db.Orders where o.Total > 1 orderby o.Total descending, o.Id select o).ToList()", "Set Order: Where OrderByDescending ThenBy ToList")]
    [InlineData("(from o in db.Orders join c in db.Customers on o.CustomerId equals c.Id select new { o, c })", "Set Order: Join Select")]
    [InlineData("(from o in db.Orders group o by o.CustomerId into g select g.Key).ToList()", "Set Order: GroupBy Select ToList")]
    [InlineData("(from o in db.Orders from l in o.Lines let x = l.Id select x)", "Set Order: SelectMany Select Select")]
    [InlineData("(from o in db.Orders.ToList() where o.Id == 1 select o).ToList()", "Set Order: ToList ~Where ~ToList")]
    public void Reads_a_straight_chain(string expression, string expected) =>
        Assert.Equal(expected, ReadQuery.In($"public object? M() => [|{expression}|];"));

    [Theory]
    [InlineData("IQueryable<Order> q", "q.Where(o => o.Id == 1)", "Parameter Order: Where")]
    [InlineData("DbSet<Order> q", "q.ToList()", "Set Order: ToList")]
    [InlineData("List<Order> q", "q.ToList()", "Unknown: ToList")]
    [InlineData("Func<IQueryable<Order>> q", "q().ToList()", "Unknown: ToList")]
    public void Reads_a_parameter(string parameter, string expression, string expected) =>
        Assert.Equal(expected, ReadQuery.In($"public object? M({parameter}) => [|{expression}|];"));

    [Theory]
    [InlineData("IQueryable<Order> Open => db.Orders.Where(o => o.Total > 0);", "Open.ToList()", "Set Order: Where ToList")]
    [InlineData("IQueryable<T> All<T>() where T : class => db.Set<T>().AsNoTracking();", "All<Customer>().ToList()", "Set Customer: AsNoTracking ToList")]
    [InlineData("IQueryable<Order> By(int? id) { if (id is null) return db.Orders; return db.Orders.Where(o => o.CustomerId == id); }", "By(1).Take(3)", "Set Order: (|Where) Take")]
    [InlineData("static IQueryable<Order> Paged(IQueryable<Order> source) => source.Skip(1).Take(2);", "Paged(db.Orders.OrderBy(o => o.Id)).ToList()", "Set Order: OrderBy Skip Take ToList")]
    [InlineData("async Task<List<Order>> Load() { var all = await db.Orders.Include(o => o.Lines).ToListAsync(); return all; }", "Load().Result", "Set Order: Include ToListAsync")]
    [InlineData("public virtual IQueryable<Order> Open => db.Orders;", "Open.ToList()", "Unknown: ToList")]
    [InlineData("IEnumerable<Order> Each() { foreach (var o in db.Orders) yield return o; }", "Each().ToList()", "Unknown: ToList")]
    [InlineData("IQueryable<Order> Again(int n) => n > 0 ? Again(n - 1) : db.Orders;", "Again(3).ToList()", "Unknown: ToList")]
    public void Follows_members_of_the_same_file(string member, string expression, string expected) =>
        Assert.Equal(expected, ReadQuery.In($"{member}\npublic object? M() => [|{expression}|];"));

    [Fact]
    public void Follows_extension_methods_and_generic_repositories_in_other_files() => Assert.Equal(
        "Set Order: AsNoTracking Where Include ToList",
        ReadQuery.In(
            "public object? M() => [|new Repository<Order>(db).Query().Recent(3).WithLines().ToList()|];",
            """
            using System.Linq;
            using Microsoft.EntityFrameworkCore;

            public class Repository<T>(Shop db) where T : class { public IQueryable<T> Query() => db.Set<T>().AsNoTracking(); }

            public static class OrderQueries
            {
                public static IQueryable<Order> Recent(this IQueryable<Order> source, int days) => source.Where(o => o.Id > days);

                public static IQueryable<Order> WithLines(this IQueryable<Order> orders) { orders = orders.Include(o => o.Lines); return orders; }
            }
            """));

    [Theory]
    [InlineData("db.Orders.Append(new Order()).ToList()", "Set Order: ? ToList")]
    [InlineData("Changed(db.Orders).ToList()", "Unknown: ToList")]
    [InlineData("Filter(db.Orders).ToList()", "Unknown: ToList")]
    public void Does_not_guess_what_it_cannot_see(string expression, string expected) => Assert.Equal(
        expected,
        ReadQuery.In($$"""
            public abstract class Service(Shop db)
            {
                protected abstract IQueryable<Order> Changed(IQueryable<Order> source);

                private Func<IQueryable<Order>, IQueryable<Order>> Filter = q => q.Take(1);

                public object? M() => [|{{expression}}|];
            }
            """));
}
