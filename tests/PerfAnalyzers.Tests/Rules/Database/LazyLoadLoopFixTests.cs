namespace PerfAnalyzers.Tests.Rules.Database;

public sealed class LazyLoadLoopFixTests : LazyLoadLoopTestBase
{
    private Task FixesBody(string body, string fixedBody, string members = "") => Fixes(Code(body, members), Code(fixedBody, members));

    [Theory]
    [InlineData("foreach (var o in db.Orders) Use(o.[|Customer|].Name);", "foreach (var o in db.Orders.Include(o => o.Customer)) Use(o.Customer.Name);")]
    [InlineData("foreach (var o in await db.Set<Order>().ToListAsync()) Use(o.[|Items|].Count);", "foreach (var o in await db.Set<Order>().Include(o => o.Items).ToListAsync()) Use(o.Items.Count);")]
    [InlineData("await foreach (var o in db.Orders) Use(o.[|Customer|]);", "await foreach (var o in db.Orders.Include(o => o.Customer).AsAsyncEnumerable()) Use(o.Customer);")]
    [InlineData("await foreach (var o in db.Orders.AsAsyncEnumerable()) Use(o.[|Customer|]);", "await foreach (var o in db.Orders.Include(o => o.Customer).AsAsyncEnumerable()) Use(o.Customer);")]
    [InlineData("var query = from o in db.Orders where o.Id > id select o; foreach (var order in query.ToList()) Use(order.[|Customer|]);", "var query = from o in db.Orders.Include(o => o.Customer) where o.Id > id select o; foreach (var order in query.ToList()) Use(order.Customer);")]
    [InlineData("var orders = db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").ToList(); Use(orders.Select(o => o.[|Customer|].Name));", "var orders = db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").Include(o => o.Customer).ToList(); Use(orders.Select(o => o.Customer.Name));")]
    [InlineData("foreach (var o in db.Orders.Where(order => order.Id > 3).ToList()) Use(o.[|Customer|]);", "foreach (var o in db.Orders.Include(order => order.Customer).Where(order => order.Id > 3).ToList()) Use(o.Customer);")]
    [InlineData("IQueryable<Order> q = db.Orders; if (flag) q = q.Where(o => o.Id > id); foreach (var o in await q.ToListAsync()) Use(o.[|Customer|]);", "IQueryable<Order> q = db.Orders.Include(o => o.Customer); if (flag) q = q.Where(o => o.Id > id); foreach (var o in await q.ToListAsync()) Use(o.Customer);")]
    [InlineData("var q = db.Orders.AsQueryable(); if (flag) q = q.Where(o => o.Id > id); foreach (var o in await q.ToListAsync()) Use(o.[|Customer|]);", "var q = db.Orders.Include(o => o.Customer).AsQueryable(); if (flag) q = q.Where(o => o.Id > id); foreach (var o in await q.ToListAsync()) Use(o.Customer);")]
    [InlineData("var order = await db.Orders.FirstAsync(o => o.Id == id); foreach (var i in order.Items) Use(i.[|Product|]);", "var order = await db.Orders.Include(o => o.Items).ThenInclude(i => i.Product).FirstAsync(o => o.Id == id); foreach (var i in order.Items) Use(i.Product);")]
    public Task Includes_right_after_the_root(string body, string fixedBody) => FixesBody(body, fixedBody);

    [Theory]
    [InlineData("db.Orders.Include(o => o.Items)", "db.Orders.Include(o => o.Items).ThenInclude(i => i.Product).ThenInclude(p => p.Category)")]
    [InlineData("db.Orders.Include(x => x.Items)", "db.Orders.Include(x => x.Items).ThenInclude(x => x.Product).ThenInclude(x => x.Category)")]
    [InlineData("db.Orders.Include(o => o.Items).ThenInclude(it => it.Product).Where(o => o.Id > 2)", "db.Orders.Include(o => o.Items).ThenInclude(it => it.Product).ThenInclude(p => p.Category).Where(o => o.Id > 2)")]
    [InlineData("db.Orders.Where(o => o.Id > 2).Include(o => o.Items)", "db.Orders.Where(o => o.Id > 2).Include(o => o.Items).ThenInclude(i => i.Product).ThenInclude(p => p.Category)")]
    [InlineData("db.Orders.Include(\"Items.Product\")", "db.Orders.Include(\"Items.Product\").Include(o => o.Items).ThenInclude(i => i.Product).ThenInclude(p => p.Category)")]
    [InlineData("db.Orders.Include(o => o.Items.Where(i => i.Quantity > 2))", "db.Orders.Include(o => o.Items.Where(i => i.Quantity > 2)).ThenInclude(i => i.Product).ThenInclude(p => p.Category)")]
    [InlineData("db.Orders.Include(o => o.Items).ThenInclude(it => it.Order).Include(o => o.Invoice)", "db.Orders.Include(o => o.Items).ThenInclude(it => it.Order).Include(o => o.Invoice).Include(o => o.Items).ThenInclude(it => it.Product).ThenInclude(p => p.Category)")]
    public Task Goes_on_from_the_includes_that_exist(string query, string fixedQuery) => FixesBody(
        $"foreach (var o in {query}.ToList()) foreach (var i in o.Items) Use(i.Product.[|Category|].Name);",
        $"foreach (var o in {fixedQuery}.ToList()) foreach (var i in o.Items) Use(i.Product.Category.Name);");

    [Fact]
    public Task Several_paths_of_one_query_are_one_result() => FixesBody(
        """
        var orders = await db.Orders.Include(o => o.Items).Where(o => o.Id > id).ToListAsync();
        foreach (var order in orders)
        {
            Use(order.Customer.[|Address|].City);
            foreach (var item in order.Items)
                Use(item.[|Product|].Name);
            Use(order.[|Invoice|].Number);
        }
        """,
        """
        var orders = await db.Orders.Include(o => o.Customer).ThenInclude(c => c.Address).Include(o => o.Items).ThenInclude(i => i.Product).Include(o => o.Invoice).Where(o => o.Id > id).ToListAsync();
        foreach (var order in orders)
        {
            Use(order.Customer.Address.City);
            foreach (var item in order.Items)
                Use(item.Product.Name);
            Use(order.Invoice.Number);
        }
        """);

    [Theory]
    [InlineData("o.Customer.Address.City + o.Invoice.Number", ".Include(o => o.Customer).ThenInclude(c => c.Address).Include(o => o.Invoice)", "Customer.Address", "Invoice")]
    [InlineData("o.Customer.Name + o.Items.Count + o.Invoice.Number", ".Include(o => o.Customer).Include(o => o.Items).Include(o => o.Invoice)", "Customer", "Items", "Invoice")]
    public Task Several_paths_at_one_call_are_one_result(string read, string includes, params string[] paths)
    {
        // One by one and all at once: every path has its own finding at the same place.
        var members = $"static string Map(Order o) => {read};";
        return Fixes(
            Code("foreach (var o in db.Orders.ToList()) Use({|#0:Map(o)|});", members),
            Code($"foreach (var o in db.Orders{includes}.ToList()) Use(Map(o));", members),
            test =>
            {
                foreach (var path in paths)
                {
                    test.TestState.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF301", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
                        .WithMessage($"For every element of the loop lazy loading runs a query for '{path}'; include it in the query of 'db.Orders'"));
                }
            });
    }

    [Fact]
    public Task Collections_side_by_side_are_split() => FixesBody(
        """
        var customers = await db.Customers.Include(c => c.Address).Where(c => c.Id > id).ToListAsync();
        foreach (var customer in customers)
            Use(customer.[|Orders|].Count + customer.[|Notes|].Count);

        var others = await db.Customers.Include(c => c.Orders).AsSingleQuery().ToListAsync();
        foreach (var other in others)
            Use(other.Orders.Count + other.[|Notes|].Count);

        var firsts = await db.Customers
            .Include(c => c.Orders)
            .Where(c => c.Id > id)
            .ToListAsync();
        foreach (var first in firsts)
            Use(first.Orders.Count + first.[|Notes|].Count);
        """,
        """
        var customers = await db.Customers.Include(c => c.Address).Include(c => c.Orders).Include(c => c.Notes).AsSplitQuery().Where(c => c.Id > id).ToListAsync();
        foreach (var customer in customers)
            Use(customer.Orders.Count + customer.Notes.Count);

        var others = await db.Customers.Include(c => c.Orders).Include(c => c.Notes).AsSingleQuery().ToListAsync();
        foreach (var other in others)
            Use(other.Orders.Count + other.Notes.Count);

        var firsts = await db.Customers
            .Include(c => c.Orders)
            .Include(c => c.Notes)
            .AsSplitQuery()
            .Where(c => c.Id > id)
            .ToListAsync();
        foreach (var first in firsts)
            Use(first.Orders.Count + first.Notes.Count);
        """);

    [Fact]
    public Task Keeps_the_layout_of_a_long_chain() => FixesBody(
        """
        var orders = await db.Orders // all of them
            .Where(o => o.Id > id)
            .OrderBy(o => o.Number)
            .ToListAsync();
        foreach (var order in orders)
            foreach (var item in order.Items)
                Use(item.[|Product|].Name);

        var more = await db.Orders
            .Include(o => o.Invoice)
            .Include(o => o.Items)
            .ToListAsync();
        Use(more.Select(o => o.Customer.[|Address|].City));
        """,
        """
        var orders = await db.Orders // all of them
            .Include(o => o.Items)
            .ThenInclude(i => i.Product)
            .Where(o => o.Id > id)
            .OrderBy(o => o.Number)
            .ToListAsync();
        foreach (var order in orders)
            foreach (var item in order.Items)
                Use(item.Product.Name);

        var more = await db.Orders
            .Include(o => o.Invoice)
            .Include(o => o.Items)
            .Include(o => o.Customer)
            .ThenInclude(c => c.Address)
            .ToListAsync();
        Use(more.Select(o => o.Customer.Address.City));
        """);

    [Fact]
    public Task Chooses_a_name_that_is_free_and_adds_the_using() => Fixes(
        """
        using System.Linq;
        using Store;

        class Report(StoreContext db)
        {
            int Run(int o) => db.Orders.Where(x => x.Id > o).ToList().Sum(order => order.[|Items|].Count);

            int All(int o) => db.Orders.ToList().Sum(order => order.[|Items|].Count);
        }
        """,
        """
        using System.Linq;
        using Microsoft.EntityFrameworkCore;
        using Store;

        class Report(StoreContext db)
        {
            int Run(int o) => db.Orders.Include(x => x.Items).Where(x => x.Id > o).ToList().Sum(order => order.Items.Count);

            int All(int o) => db.Orders.Include(order => order.Items).ToList().Sum(order => order.Items.Count);
        }
        """);

    [Fact]
    public Task Forgives_what_is_declared_nullable() => Fixes(
        """
        #nullable enable
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        public class City { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class FamilyHome { public int Id { get; set; } public virtual City? City { get; set; } }
        public class Person { public int Id { get; set; } public virtual FamilyHome? Home { get; set; } }
        public class PeopleContext : DbContext { public DbSet<Person> People => Set<Person>(); }

        class Report(PeopleContext db)
        {
            List<string?> Names() => db.People.ToList().Select(p => p.Home?.[|City|]?.Name).ToList();

            List<string?> More() => db.People.Include(p => p.Home).ToList().Select(p => p.Home?.[|City|]?.Name).ToList();
        }
        """,
        """
        #nullable enable
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.EntityFrameworkCore;

        public class City { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class FamilyHome { public int Id { get; set; } public virtual City? City { get; set; } }
        public class Person { public int Id { get; set; } public virtual FamilyHome? Home { get; set; } }
        public class PeopleContext : DbContext { public DbSet<Person> People => Set<Person>(); }

        class Report(PeopleContext db)
        {
            List<string?> Names() => db.People.Include(p => p.Home).ThenInclude(h => h!.City).ToList().Select(p => p.Home?.City?.Name).ToList();

            List<string?> More() => db.People.Include(p => p.Home).ThenInclude(h => h!.City).ToList().Select(p => p.Home?.City?.Name).ToList();
        }
        """);

    [Fact]
    public Task Explicit_loads_go() => FixesBody(
        """
        var orders = await db.Orders.ToListAsync();
        foreach (var o in orders)
        {
            // the lines
            await db.Entry(o).Collection(x => x.Items).[|LoadAsync|]();
            await db.Entry(o).Reference("Customer").[|LoadAsync|]();
            Use(o.Items.Count);
        }
        """,
        """
        var orders = await db.Orders.Include(o => o.Items).Include(o => o.Customer).ToListAsync();
        foreach (var o in orders)
        {
            Use(o.Items.Count);
        }
        """);

    [Fact]
    public Task A_loop_that_only_loads_goes_too() => FixesBody(
        """
        var orders = await db.Orders.ToListAsync();
        foreach (var o in orders)
        {
            await db.Entry(o).Collection(x => x.Items).[|LoadAsync|]();
            await db.Entry(o).Reference(x => x.Customer).[|LoadAsync|]();
        }

        Use(orders);
        """,
        """
        var orders = await db.Orders.Include(o => o.Items).Include(o => o.Customer).ToListAsync();

        Use(orders);
        """);

    [Fact]
    public Task A_private_helper_method_includes() => Fixes(
        Code("foreach (var o in await Load()) Use(o.[|Customer|].Name); foreach (var o in await Load()) Use(o.Customer.Name);", "private async Task<List<Order>> Load() => await db.Orders.Where(o => o.Id > 3).ToListAsync();"),
        Code("foreach (var o in await Load()) Use(o.Customer.Name); foreach (var o in await Load()) Use(o.Customer.Name);", "private async Task<List<Order>> Load() => await db.Orders.Include(o => o.Customer).Where(o => o.Id > 3).ToListAsync();"));

    [Theory]
    [InlineData("foreach (var o in await Load()) Use(o.[|Customer|].Name);", "public async Task<List<Order>> Load() => await db.Orders.ToListAsync();")]
    [InlineData("foreach (var o in db.Orders.OfType<WebOrder>().ToList()) Use(o.[|Shop|]);", "")]
    [InlineData("var order = await db.Orders.FindAsync(id); foreach (var i in order.Items) Use(i.[|Product|]);", "")]
    [InlineData("var orders = db.Orders; foreach (var o in orders) Use(o.[|Customer|]);", "")]
    [InlineData("var q = flag ? db.Orders.Where(o => o.Id > 2) : db.Orders.Where(o => o.Id < 2); foreach (var o in q.ToList()) Use(o.[|Customer|]);", "")]
    [InlineData("foreach (var o in Named(db.Orders).ToList()) Use(o.[|Customer|]);", "static IQueryable<Order> Named(DbSet<Order> orders) => orders.Where(o => o.Number != null);")]
    public Task Offers_no_fix_where_an_include_has_no_proven_place(string body, string members) => ReportsWithoutFix(Code(body, members));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) if (o.Id > 3) { db.Entry(o).Collection(x => x.Items).[|Load|](); Use(o); }")]
    [InlineData("foreach (var o in db.Orders.ToList()) { var e = db.Entry(o); e.Collection(x => x.Items).[|Load|](); Use(o); }")]
    [InlineData("foreach (var o in db.Orders.ToList()) { db.Entry(o).Collection(x => x.Items).[|Load|](); }")]
    [InlineData("Func<Task> load = async () => { foreach (var o in db.Orders.ToList()) { await db.Entry(o).Collection(x => x.Items).[|LoadAsync|](); Use(o); } };")]
    public Task Offers_no_fix_for_a_load_that_must_stay(string body) => ReportsWithoutFix(Code(body));
}
