namespace PerfAnalyzers.Tests.Rules.Database;

public sealed class LazyLoadLoopFlagTests : LazyLoadLoopTestBase
{
    [Theory]
    [InlineData("foreach (var o in db.Orders.Where(o => o.Id > id)) Use(o.[|Customer|].Name);")]
    [InlineData("var orders = await db.Orders.ToListAsync(); foreach (var o in orders) Use(o.[|Items|].Count);")]
    [InlineData("foreach (var o in await db.Set<Order>().AsNoTracking().OrderBy(o => o.Number).ToListAsync()) { if (o.[|Invoice|] != null) Use(o); }")]
    [InlineData("await foreach (var o in db.Orders.AsAsyncEnumerable()) Use(o.[|Customer|]?.Name);")]
    [InlineData("var orders = db.Orders.ToList(); for (var i = 0; i < orders.Count; i++) Use(orders[i].[|Customer|].Name);")]
    [InlineData("var orders = db.Orders.ToArray(); for (var i = 0; i < orders.Length; i++) { var o = orders[i]; Use(o.[|Customer|].Name); }")]
    [InlineData("IQueryable<Order> q = db.Orders; if (flag) q = q.Where(o => o.Id > id); foreach (var o in await q.ToListAsync()) Use(o.[|Customer|]);")]
    [InlineData("await db.Orders.ForEachAsync(o => Use(o.[|Customer|].Name));")]
    [InlineData("var orders = db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").ToList(); orders.ForEach(o => Use(o.[|Customer|]));")]
    public Task Statements(string body) => Flags(Code(body));

    [Theory]
    [InlineData("Use((await db.Orders.ToListAsync()).Select(o => new { o.Id, Buyer = o.[|Customer|].Name }).ToList());")]
    [InlineData("var orders = db.Orders.AsEnumerable(); Use(orders.Sum(o => o.[|Items|].Count));")]
    [InlineData("var orders = db.Orders.ToList(); Use(orders.Where(o => o.[|Customer|].Name == \"x\").ToList());")]
    [InlineData("var orders = db.Orders.ToList(); Use(from o in orders where o.Id > 3 select o.[|Customer|].Name);")]
    [InlineData("var orders = db.Orders.ToList(); foreach (var g in orders.GroupBy(o => o.CustomerId)) foreach (var o in g) Use(o.[|Invoice|].Number);")]
    [InlineData("var orders = db.Orders.ToList(); Use(orders.ToDictionary(o => o.Id, o => o.[|Customer|].Name));")]
    [InlineData("var orders = db.Orders.ToList(); foreach (var o in orders.Where(o => o.Id > 1).OrderBy(o => o.Id)) Use(o.[|Customer|]);")]
    [InlineData("var orders = db.Orders.ToList(); Parallel.ForEach(orders, o => Use(o.[|Customer|]));")]
    public Task Lambdas_in_memory(string body) => Flags(Code(body));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) foreach (var i in o.Items) Use(i.[|Product|].Name);")]
    [InlineData("foreach (var o in db.Orders.Include(x => x.Items).ToList()) foreach (var i in o.Items) Use(i.[|Product|].Name);")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.Items.Sum(i => i.Quantity * i.Product.[|Category|].Id));")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.Customer.[|Address|].City);")]
    [InlineData("foreach (var o in db.Orders.ToList()) { Use(o.Customer.Name); Use(o.Customer); Use(o.Customer.[|Address|]); Use(o.[|Invoice|]); }")]
    [InlineData("var order = await db.Orders.FirstAsync(o => o.Id == id); foreach (var i in order.Items) Use(i.[|Product|].Name);")]
    [InlineData("var items = db.Orders.ToList().SelectMany(o => o.Items).ToList(); foreach (var i in items) Use(i.[|Product|]);")]
    [InlineData("var orders = db.Orders.ToList(); foreach (var c in orders.Select(o => o.Customer).Distinct()) Use(c.[|Address|].City);")]
    [InlineData("foreach (var o in db.Orders.ToList()) if (o.Customer is { } c) Use(c.[|Address|].City);")]
    public Task The_longest_path_once(string body) => Flags(Code(body));

    [Fact]
    public Task Two_loops_over_one_query_are_one_finding_a_path() => Flags(Code("""
        var orders = await db.Orders.ToListAsync();
        foreach (var o in orders) Use(o.[|Customer|].Name);
        foreach (var o in orders) Use(o.Customer.Name);
        foreach (var o in orders) Use(o.[|Invoice|].Number);
        """));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.[|Buyer|]);", "")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use([|new Vm(o)|]);", "class Vm { public Vm(Order order) { Name = order.Customer.Name; } public string Name { get; } }")]
    [InlineData("Use(db.Orders.ToList().Select(o => [|Map(o)|]).ToList());", "static string Map(Order o) => o.Customer.Name;")]
    [InlineData("Use(db.Orders.ToList().Select([|Map|]).ToList());", "static string Map(Order o) { return o.Number + o.Customer.Name; }")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use([|Map(1, order: o)|]);", "static string Map(int n, Order order) => Other(order); static string Other(Order o) => o.Customer.Name;")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use([|Total(o)|]);", "static int Total(Order o) { var n = 0; foreach (var i in o.Items) n += i.Product.Id; return n; }")]
    [InlineData("var orders = await db.Orders.ToListAsync(); Use([|MapAll(orders)|]);", "static List<string> MapAll(List<Order> orders) => orders.Select(o => o.Customer.Name).ToList();")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use([|_mapper.Map(o)|]);", "private readonly IMapper _mapper = new Mapper(); interface IMapper { string Map(Order o); } class Mapper : IMapper { public string Map(Order o) => o.Customer.Name; }")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use([|Map(o, flag)|]);", "static string Map(Order o, bool full) => full ? o.Customer.Name : o.Number;")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use([|Map(o, true)|]);", "static string Map(Order o, bool full) { if (!full) return o.Number; return o.Customer.Name; }")]
    public Task Called_code_that_reads_it(string body, string members) => Flags(Code(body, members));

    [Theory]
    [InlineData("var order = db.Orders.First(o => o.Id == id); Use(order.[|Total|]);", "public int Total { get { var n = 0; foreach (var item in Items) n += item.Product.Id; return n; } }")]
    [InlineData("var order = db.Orders.First(o => o.Id == id); Use([|order.Sum()|]);", "public int Sum() => Items.Sum(item => item.Product.Id);")]
    public Task A_loop_of_the_entity_itself(string body, string member) => Flags(Code(body), test =>
    {
        Store_with("public string Buyer", member + " public string Buyer")(test);
        Store_with("using System.Collections.Generic;", "using System.Collections.Generic; using System.Linq;")(test);
    });

    [Fact]
    public Task An_extension_method_that_maps() => Flags(Code("Use(db.Orders.ToList().Select(o => [|o.ToName()|]).ToList());") + "static class Mapping { public static string ToName(this Order order) => order.Customer?.Name; }");

    [Fact]
    public Task A_method_of_the_entity() => Flags(Code("foreach (var o in db.Orders.ToList()) Use([|o.Sum()|]);"),
        Store_with("public string Buyer", "public int Sum() { var n = 0; foreach (var item in Items) n += item.Quantity; return n; } public string Buyer"));

    [Theory]
    [InlineData("foreach (var o in await db.Orders.ToListAsync()) await db.Entry(o).Collection(x => x.Items).[|LoadAsync|]();")]
    [InlineData("foreach (var o in db.Orders.ToList()) { db.Entry(o).Reference(x => x.Customer).[|Load|](); Use(o.Customer); }")]
    [InlineData("foreach (var o in db.Orders.ToList()) { var entry = db.Entry(o); if (!entry.Collection(x => x.Items).IsLoaded) entry.Collection(\"Items\").[|Load|](); }")]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Items).ToList()) foreach (var i in o.Items) await db.Entry(i).Reference(nameof(Item.Product)).[|LoadAsync|]();")]
    public Task Explicit_loads(string body)
    {
        // They need no lazy loading.
        return Flags(Code(body), Set_up("options.UseSqlite(\"x\")"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("if (!options.IsConfigured) options.UseSqlite(\"x\");")]
    public Task A_virtual_navigation_whose_set_up_is_not_in_sight(string setup) =>
        Flags(Code("foreach (var o in db.Orders.ToList()) Use(o.[|Customer|]);"), Store_with("protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies().UseSqlite(\"Data Source=store.db\");",
            $"protected override void OnConfiguring(DbContextOptionsBuilder options) {{ {setup} }}"));

    [Fact]
    public Task A_lazy_loader_without_proxies() => Flags(Code("foreach (var o in db.Orders.ToList()) { Use(o.[|Customer|]); Use(o.Invoice); }"), test =>
    {
        Store_with("public virtual Customer Customer { get; set; }", """
            private readonly Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader _loader;
            private Customer _customer;
            public Order() { }
            private Order(Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader loader) => _loader = loader;
            public Customer Customer { get => Microsoft.EntityFrameworkCore.Infrastructure.LazyLoaderExtensions.Load(_loader, this, ref _customer); set => _customer = value; }
            """)(test);
        Set_up("options.UseSqlite(\"x\")")(test);
    });

    [Theory]
    [InlineData("foreach (var o in db.Orders.Include(x => x.Items).ToList()) Use(o.[|Customer|]);")]
    [InlineData("foreach (var o in db.Orders.Include(\"Items.Product\").ToList()) foreach (var i in o.Items) Use(i.Product.[|Category|]);")]
    [InlineData("foreach (var o in db.Orders.IgnoreAutoIncludes().ToList()) Use(o.[|Invoice|]);")]
    public Task What_other_includes_leave_out(string body) => Flags(Code(body), Store_with("protected override void OnModelCreating(ModelBuilder model) { }",
        "protected override void OnModelCreating(ModelBuilder model) { model.Entity<Order>().Navigation(o => o.Invoice).AutoInclude(); }"));

    [Fact]
    public Task A_helper_method_that_runs_the_query() => Flags(Code("foreach (var o in await Load()) Use(o.[|Customer|].Name);",
        "async Task<List<Order>> Load() { var query = db.Orders.Where(o => o.Id > 3); return await query.ToListAsync(); }"));

    [Fact]
    public Task An_endpoint_and_its_message()
    {
        var source = """
            using System.Linq;
            using Microsoft.AspNetCore.Builder;
            using Microsoft.EntityFrameworkCore;
            using Store;

            static class Endpoints
            {
                static void Map(WebApplication app) => app.MapGet("/orders", async (StoreContext db) =>
                {
                    var orders = await db.Orders.Where(o => o.Id > 3).ToListAsync();
                    return orders.Select(o => new { o.Number, City = o.Customer.{|#0:Address|}.City });
                });
            }
            """;
        return Flags(source, test => test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF301", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("For every element of the loop lazy loading runs a query for 'Customer.Address'; include it in the query of 'db.Orders'")));
    }

    [Fact]
    public Task The_message_says_when_the_set_up_is_elsewhere_or_the_load_explicit() => Flags(
        Code("foreach (var o in db.Orders.ToList()) { Use(o.{|#0:Customer|}); db.Entry(o).Collection(x => x.Items).{|#1:Load|}(); }"), test =>
        {
            Set_up("_ = options")(test);
            test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF301", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
                .WithMessage("For every element of the loop lazy loading, unless the set-up elsewhere leaves it off, runs a query for 'Customer'; include it in the query of 'db.Orders'"));
            test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF301", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(1)
                .WithMessage("For every element of the loop the explicit load runs a query for 'Items'; include it in the query of 'db.Orders'"));
        });

    [Fact]
    public Task A_query_composed_in_hundreds_of_steps() => Flags(Code(
        $"IQueryable<Order> q = db.Orders; {string.Concat(Enumerable.Repeat("if (flag) q = q.Where(o => o.Id > id); ", 200))} foreach (var o in q.ToList()) Use(o.[|Customer|]);"));

    [Fact]
    public Task Small_loop_is_an_option() => Flags(Code("foreach (var o in db.Orders.Take(5).ToList()) Use(o.[|Customer|]);"), test => Set(test, "perf_analyzers.PERF301.small_loop = 4"));
}
