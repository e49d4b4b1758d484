namespace PerfAnalyzers.Tests.Rules.Database;

public sealed class LazyLoadLoopQuietTests : LazyLoadLoopTestBase
{
    private const string AutoInclude = "protected override void OnModelCreating(ModelBuilder model) { model.Entity<Order>().Navigation(o => o.Customer).AutoInclude(); }";

    private const string NoModel = "protected override void OnModelCreating(ModelBuilder model) { }";

    [Theory]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Customer).ToList()) Use(o.Customer.Name);")]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Items).ThenInclude(i => i.Product).Where(o => o.Id > 2).ToList()) foreach (var i in o.Items) Use(i.Product.Name);")]
    [InlineData("foreach (var o in db.Orders.Include(\"Items.Product\").ToList()) foreach (var i in o.Items) Use(i.Product.Name);")]
    [InlineData("foreach (var o in db.Orders.Include($\"{nameof(Order.Items)}.{nameof(Item.Product)}\").ToList()) foreach (var i in o.Items) Use(i.Product.Name);")]
    [InlineData("foreach (var o in db.Orders.Include(nameof(Order.Customer)).ToList()) Use(o.Customer.Name);")]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Customer.Address).ToList()) Use(o.Customer.Address.City);")]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Items.Where(i => i.Quantity > 1).OrderBy(i => i.Id)).ThenInclude(i => i.Product).ToList()) foreach (var i in o.Items) Use(i.Product.Name);")]
    [InlineData("IQueryable<Order> q = db.Orders; if (flag) q = q.Include(o => o.Customer); foreach (var o in await q.ToListAsync()) Use(o.Customer);")]
    [InlineData("var path = Environment.NewLine; foreach (var o in db.Orders.Include(path).ToList()) Use(o.Customer);")]
    [InlineData("foreach (var o in WithAll(db.Orders).ToList()) Use(o.Customer);")]
    [InlineData("foreach (var o in db.Orders.Include(o => ((WebOrder)o).Shop).Include(o => o.Customer).OfType<WebOrder>().ToList()) { Use(o.Shop); Use(o.Customer); }")]
    public Task Included(string body) => IsQuietOn(Code(body, "static IQueryable<Order> WithAll(IQueryable<Order> query) => query.Include(o => o.Customer).Include(o => o.Items);"));

    [Theory]
    [InlineData("db.Orders.ToList()")]
    [InlineData("db.Orders.Include(o => o.Items).Where(o => o.Id > 3).ToList()")]
    public Task Included_by_the_model(string query) => IsQuietOn(Code($"foreach (var o in {query}) Use(o.Customer);"), Store_with(NoModel, AutoInclude));

    [Fact]
    public Task Included_by_a_configuration_class() => IsQuietOn(Code("foreach (var o in db.Orders.ToList()) foreach (var i in o.Items) Use(i.Product);"),
        Store_with("public class StoreContext : DbContext", """
            class OrderConfiguration : IEntityTypeConfiguration<Order> { public void Configure(EntityTypeBuilder<Order> builder) => builder.Navigation(o => o.Items).AutoInclude(); }
            class ItemConfiguration : IEntityTypeConfiguration<Item> { public void Configure(EntityTypeBuilder<Item> builder) { builder.HasKey(i => i.Id); builder.Navigation(i => i.Product).AutoInclude(); } }
            public class StoreContext : DbContext
            """));

    [Theory]
    [InlineData("foreach (var o in db.Orders.Select(o => new { o.Id, o.Customer.Name }).ToList()) Use(o.Name);")]
    [InlineData("foreach (var o in db.Orders.Select(o => new { o, o.Customer }).ToList()) Use(o.o.Customer);")]
    [InlineData("foreach (var c in db.Orders.Select(o => o.Customer).ToList()) Use(c.Address);")]
    [InlineData("foreach (var n in from o in db.Orders where o.Id > 2 select o.Customer.Name) Use(n);")]
    [InlineData("foreach (var i in db.Orders.SelectMany(o => o.Items).ToList()) Use(i.Product);")]
    [InlineData("foreach (var g in db.Orders.GroupBy(o => o.CustomerId).ToList()) foreach (var o in g) Use(o.Customer);")]
    [InlineData("Use(db.Orders.Where(o => o.Items.Any(i => i.Product.Category.Name == \"x\")).OrderBy(o => o.Customer.Name).ToList());")]
    [InlineData("foreach (var o in db.Orders.Join(db.Customers, o => o.CustomerId, c => c.Id, (o, c) => o).ToList()) Use(o.Customer);")]
    public Task Projected_in_the_query(string body) => IsQuietOn(Code(body));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.Price.Amount);")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.CustomerId + o.Number);")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(nameof(o.Customer));")]
    public Task Owned_values_and_columns(string body) => IsQuietOn(Code(body));

    [Theory]
    [InlineData("model.Entity<Order>().OwnsOne(o => o.Customer);")]
    [InlineData("model.Entity<Order>(order => { order.OwnsOne(o => o.Customer, customer => customer.ToJson()); });")]
    [InlineData("model.Owned<Customer>();")]
    public Task Owned_by_configuration(string configuration) => IsQuietOn(Code("foreach (var o in db.Orders.ToList()) Use(o.Customer.Name);"), test =>
    {
        Store_with(NoModel, $"protected override void OnModelCreating(ModelBuilder model) {{ {configuration} }}")(test);
        Store_with("public DbSet<Customer> Customers { get; set; }", "")(test);
    });

    [Theory]
    [InlineData("var customers = db.Customers.ToDictionary(c => c.Id); foreach (var o in db.Orders.ToList()) { o.Customer = customers[o.CustomerId]; Use(o.Customer.Name); }")]
    [InlineData("var orders = db.Orders.ToList(); var ids = orders.Select(o => o.CustomerId).ToList(); await db.Customers.Where(c => ids.Contains(c.Id)).LoadAsync(); foreach (var o in orders) Use(o.Customer.Name);")]
    [InlineData("foreach (var o in db.Orders.ToList()) { o.Customer = new Customer(); Use(o.Customer.Name); }")]
    public Task Filled_before(string body) => IsQuietOn(Code(body));

    [Theory]
    [InlineData("var orders = new List<Order>(); orders.Add(new Order { Items = new List<Item>() }); foreach (var o in orders) Use(o.Items.Count);")]
    [InlineData("var orders = Enumerable.Range(0, id).Select(n => new Order { Customer = new Customer() }); foreach (var o in orders) Use(o.Customer);")]
    [InlineData("foreach (var o in new[] { new Order(), new Order() }.AsQueryable()) Use(o.Customer);")]
    [InlineData("foreach (var o in db.Orders.ToList().Select(o => new Order { Customer = new Customer() })) Use(o.Customer);")]
    [InlineData("foreach (var o in db.Orders.Local) Use(o.Customer);")]
    public Task Made_in_memory(string body) => IsQuietOn(Code(body));

    [Theory]
    [InlineData("var o = await db.Orders.FirstAsync(o => o.Id == id); Use(o.Customer.Name);")]
    [InlineData("var o = await db.Orders.FindAsync(id); while (flag) { Use(o.Customer.Name); await Task.Delay(1); }")]
    [InlineData("foreach (var o in db.Orders.Where(o => o.Id == id).ToList()) { Use(o.Customer); break; }")]
    [InlineData("foreach (var n in new[] { 1, 2 }.Concat(new int[id])) { var o = db.Orders.Single(o => o.Id == n); Use(o.Customer.Name); }")]
    [InlineData("foreach (var o in db.Orders.Take(1).ToList()) Use(o.Customer);")]
    [InlineData("var order = await db.Orders.FirstAsync(); foreach (var i in order.Items) Use(i.Order.Number);")]
    public Task One_element(string body) => IsQuietOn(Code(body));

    [Theory]
    [InlineData("foreach (var o in db.Orders.Take(5).ToList()) Use(o.Customer);")]
    [InlineData("foreach (var o in db.Orders.ToList().Take(3)) Use(o.Customer);")]
    [InlineData("var orders = db.Orders.ToList(); for (var i = 0; i < 4; i++) Use(orders[i].Customer);")]
    public Task Small_loops(string body) => IsQuietOn(Code(body));

    [Theory]
    [InlineData("options.UseSqlite(\"x\")")]
    [InlineData("options.UseLazyLoadingProxies(false).UseNpgsql()")]
    public Task A_visible_set_up_without_lazy_loading(string setup) => IsQuietOn(Code("foreach (var o in db.Orders.ToList()) Use(o.Customer);"), test =>
    {
        Set_up(setup)(test);
        Store_with("public class StoreContext", "static class Provider { public static DbContextOptionsBuilder UseNpgsql(this DbContextOptionsBuilder options) => options; } public class StoreContext")(test);
    });

    [Fact]
    public Task A_registration_without_lazy_loading() => IsQuietOn(
        Code("foreach (var o in db.Orders.ToList()) Use(o.Customer);") + """
        static class Startup
        {
            static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
                Microsoft.Extensions.DependencyInjection.EntityFrameworkServiceCollectionExtensions.AddDbContext<StoreContext>(services, options => options.UseSqlite("x"));
        }
        """, Set_up("_ = options"));

    [Fact]
    public Task Turned_off_in_the_context() => IsQuietOn(Code("foreach (var o in db.Orders.ToList()) Use(o.Customer);"),
        Store_with("public DbSet<Order> Orders", "public StoreContext() => ChangeTracker.LazyLoadingEnabled = false; public DbSet<Order> Orders"));

    [Fact]
    public Task Turned_off_by_the_code_that_reads() => IsQuietOn(Code("db.ChangeTracker.LazyLoadingEnabled = false; foreach (var o in db.Orders.ToList()) Use(o.Customer);"));

    [Fact]
    public Task A_navigation_that_is_not_virtual() => IsQuietOn(Code("foreach (var o in db.Orders.ToList()) Use(o.Customer);"), Store_with("public virtual Customer Customer", "public Customer Customer"));

    [Theory]
    [InlineData("foreach (var o in Fetch()) Use(o.Customer);", "List<Order> Fetch() => throw new Exception();")]
    [InlineData("foreach (var o in _orders) Use(o.Customer);", "private readonly List<Order> _orders = new();")]
    [InlineData("foreach (var o in Source.All()) Use(o.Customer);", "private ISource Source { get; set; } interface ISource { List<Order> All(); }")]
    [InlineData("foreach (var o in Source.Table.Where(o => o.Id > 3).ToList()) Use(o.Customer);", "private ISource Source { get; set; } interface ISource { IQueryable<Order> Table { get; } }")]
    [InlineData("Each(new List<Order>());", "static void Each(List<Order> orders) { foreach (var o in orders) Use(o.Customer); }")]
    [InlineData("foreach (var o in db.Orders.ToList().Concat(Made())) Use(o.Customer);", "static List<Order> Made() => new();")]
    public Task Unknown_sources(string body, string members) => IsQuietOn(Code(body, members));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(Map(o));", "static string Map(Order o) => o.Number;")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(Map(o));", "static string Map(Order o) { o.Customer = new Customer(); return o.Customer.Name; }")]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Customer).ToList()) Use(Map(o));", "static string Map(Order o) => o.Customer.Name;")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(Map(o, 4));", "static string Map(Order o, int depth) => depth == 0 ? o.Number : Map(o, depth - 1);")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(Map(o, false));", "static string Map(Order o, bool full) => full ? o.Customer.Name : o.Number;")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(Map(o));", "static string Map(Order o, bool full = false) { if (full && o.Id > 2) { return o.Customer.Name; } return o.Number; }")]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(Map(o, names: null));", "static string Map(Order o, List<string> names) { if (names != null) names.Add(o.Customer.Name); return o.Number; }")]
    public Task Called_code_that_reads_nothing_more(string body, string members) => IsQuietOn(Code(body, members));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) await db.Entry(o).Collection(x => x.Items).Query().Where(i => i.Quantity > 2).LoadAsync();")]
    [InlineData("foreach (var o in db.Orders.Include(o => o.Items).ToList()) await db.Entry(o).Collection(x => x.Items).LoadAsync();")]
    [InlineData("var o = await db.Orders.FirstAsync(); await db.Entry(o).Collection(x => x.Items).LoadAsync();")]
    public Task Explicit_loads_that_are_no_n_plus_one(string body) => IsQuietOn(Code(body));

    [Fact]
    public Task Start_up_code() => IsQuietOn("""
        using System;
        using System.Linq;
        using Store;

        using var db = new StoreContext();
        foreach (var order in db.Orders.ToList())
            Console.WriteLine(order.Customer.Name);
        """, test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task A_query_composed_beyond_reason() => IsQuietOn(Code(
        $"IQueryable<Order> q = db.Orders; {string.Concat(Enumerable.Repeat("if (flag) q = q.Where(o => o.Id > id); ", 1500))} foreach (var o in q.ToList()) Use(o.Customer);"));

    [Theory]
    [InlineData("foreach (var o in db.Orders.ToList()) Use(o.Nothing.Name);")]
    [InlineData("foreach (var o in db.Orders.Wher(o => o.Id > 1)) Use(o.Customer.);")]
    [InlineData("foreach (var o in db.) Use(o.Customer)")]
    [InlineData("foreach (var o in ) { o.Customer?.Address?. }")]
    public Task Broken_code(string body) => IsQuietOn(Code(body), test => test.AllowCompilerErrors = true);
}
