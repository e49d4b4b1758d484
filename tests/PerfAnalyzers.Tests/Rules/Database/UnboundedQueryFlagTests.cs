namespace PerfAnalyzers.Tests.Rules.Database;

public sealed class UnboundedQueryFlagTests : UnboundedQueryTests
{
    [Theory]
    [InlineData("Task<List<Product>>", "db.Products.[|ToListAsync|]()")]
    [InlineData("List<Product>", "db.Set<Product>().[|ToList|]()")]
    [InlineData("Product[]", "db.Products.AsNoTracking().Include(p => p.Category).[|ToArray|]()")]
    [InlineData("object", "db.Products.OrderBy(p => p.Name).Select(p => new { p.Id, p.Name }).[|ToList|]()")]
    [InlineData("object", "db.Products.Where(p => p.IsActive).[|ToList|]()")]
    [InlineData("object", "db.Products.Where(p => !p.IsActive && p.IsHidden != true).[|ToList|]()")]
    [InlineData("object", "db.Products.Where(p => p.IsActive || p.IsHidden.Value).[|ToList|]()")]
    [InlineData("object", "db.Products.Where(p => EF.Property<bool>(p, \"IsDeleted\")).[|ToList|]()")]
    [InlineData("object", "db.Products.Skip(10).[|ToList|]()")]
    [InlineData("object", "(from p in db.Products where p.IsActive orderby p.Name select p.Name).[|ToList|]()")]
    [InlineData("object", "(from p in db.Products join c in db.Categories on p.CategoryId equals c.Id select new { p, c }).[|ToList|]()")]
    [InlineData("object", "db.Categories.SelectMany(c => c.Products).[|ToList|]()")]
    [InlineData("object", "db.Products.GroupBy(p => p.CategoryId).Select(g => new { g.Key, All = g.ToList() }).[|ToList|]()")]
    [InlineData("object", "db.Products.Union(db.Products.IgnoreQueryFilters()).[|ToList|]()")]
    [InlineData("object", "EntityFrameworkQueryableExtensions.[|ToListAsync|](db.Products)")]
    [InlineData("object", "db.Products.[|ToList|]().Where(p => p.Price > 3).ToList()")]
    [InlineData("object", "db.Products.[|AsEnumerable|]().Where(p => p.Name.GetHashCode() > 3).ToList()")]
    [InlineData("object", "((IEnumerable<Product>)db.Products).Where(p => p.Price > 3).[|ToList|]()")]
    public Task Flags_a_whole_table(string type, string expression) => Flags(Service($"public {type} All() => {expression};"));

    [Fact]
    public Task Flags_a_lookup_of_the_whole_table_and_its_keys_on_a_request_path() => Flags(Controller(
        """
        [HttpGet("a")] public Dictionary<int, string> A() => db.Products.[|ToDictionary|](p => p.Id, p => p.Name);

        [HttpGet("b")] public List<int> B() => db.Products.Select(p => p.Id).[|ToList|]();

        [HttpGet("c")] public bool C(int id) => Ids().Contains(id);

        private HashSet<int> Ids() => db.Products.Select(p => p.Id).[|ToHashSet|]();
        """));

    [Fact]
    public Task Flags_a_small_thing_that_every_user_has_and_a_list_that_belongs_to_something() => Flags(Types(
        """
        public class NotificationSetting { public int Id { get; set; } public int UserId { get; set; } }
        public class Menu { public int Id { get; set; } public int ShopId { get; set; } public int DisplayOrder { get; set; } }
        public class Photo { public int Id { get; set; } public string DisplayOrder { get; set; } = ""; }

        public class Service(DbContext db)
        {
            public Task<List<NotificationSetting>> Settings() => db.Set<NotificationSetting>().[|ToListAsync|]();

            public Task<List<Menu>> Menus() => db.Set<Menu>().OrderBy(m => m.DisplayOrder).[|ToListAsync|]();

            public Task<List<Photo>> Photos() => db.Set<Photo>().[|ToListAsync|]();
        }
        """));

    [Fact]
    public Task Flags_what_a_request_reaches_in_a_program_and_what_another_assembly_can_call() => Flags(Types(
        """
        public class Products(Shop db) : IComparer<Product>
        {
            public Task<List<Product>> Listed() => db.Products.[|ToListAsync|]();

            public Task<List<Product>> Forgotten() => db.Products.ToListAsync();

            public int Compare(Product? left, Product? right) => db.Products.[|ToList|]().IndexOf(left!) - db.Products.[|ToList|]().IndexOf(right!);
        }

        public class ProductsController(Products products) : ControllerBase
        {
            [HttpGet] public Task<List<Product>> Get() => products.Listed();
        }

        public static class Program { public static void Main() { } }
        """), test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Flags_filters_of_an_object_that_some_caller_leaves_empty_or_takes_from_a_request() => Flags(Types(
        """
        public class Filter { public string? Name { get; set; } public int[]? Categories { get; set; } public bool All { get; set; } }

        internal class Products(Shop db)
        {
            public async Task<List<Product>> Find(Filter filter)
            {
                var query = db.Products.AsQueryable();
                if (filter.Name is not null)
                    query = query.Where(p => p.Name == filter.Name);

                if (!filter.All)
                    query = query.Where(p => p.IsActive);

                return await query.[|ToListAsync|]();
            }

            public async Task<List<Product>> Search(Filter filter)
            {
                var query = db.Products.AsQueryable();
                if (filter.Name is not null)
                    query = query.Where(p => p.Name == filter.Name);

                return await query.[|ToListAsync|]();
            }

            public async Task<List<Product>> Pick(Filter filter)
            {
                var query = db.Products.AsQueryable();
                if (filter.Name is not null)
                    query = query.Where(p => p.Name == filter.Name);

                return await query.[|ToListAsync|]();
            }
        }

        public class ProductsController : ControllerBase
        {
            private readonly Products _products = null!;

            [HttpGet("a")] public Task<List<Product>> A(string name) => _products.Find(new Filter { Name = name });

            [HttpGet("b")] public Task<List<Product>> B() => _products.Find(new Filter { All = false });

            [HttpGet("c")] public Task<List<Product>> C([FromQuery] Filter filter) => _products.Search(filter);

            [HttpGet("d")] public Task<List<Product>> D() => _products.Pick(new() { Name = null });
        }
        """));

    [Fact]
    public Task Says_what_can_be_done() => Says(
        Controller(
            """
            [HttpGet("a")] public object A() => db.Products.ToList();

            [HttpGet("b")] public object B() => db.Products.ToList().Count;

            [HttpGet("c")] public object C() => db.Products.ToDictionary(p => p.Id);

            [HttpGet("d")] public object D() { foreach (var product in db.Products.ToList()) product.Price = 3; return db.SaveChanges(); }

            [HttpGet("e")] public object E() => new { Products = db.Products.ToList() };

            [HttpGet("f")] public object F() => All();

            private object All() => db.Products.ToList();
            """),
        "limit it with Take, or read a page at a time", "let the database filter, group and count", "read only the rows that are looked up",
        "change the rows in the database, or read them in batches", "filter it, or read a page at a time", "let callers pass a filter or ask for a page");

    [Fact]
    public Task Flags_a_foreach_over_the_table() => Flags(Service(
        """
        public decimal Sum()
        {
            var sum = 0m;
            foreach (var order in [|db.Orders|])
                sum += order.Total;

            foreach (var (id, name) in [|db.Products.Select(p => ValueTuple.Create(p.Id, p.Name))|])
                sum += id;

            return sum;
        }
        """));

    [Fact]
    public Task Flags_a_query_whose_filters_are_all_optional() => Flags(Service(
        """
        public async Task<List<Product>> Search(string? name, int? category)
        {
            var query = db.Products.AsNoTracking();
            if (!string.IsNullOrEmpty(name))
                query = query.Where(p => p.Name.Contains(name));

            if (category != null)
            {
                query = query.Where(p => p.CategoryId == category);
            }

            return await query.OrderBy(p => p.Name).[|ToListAsync|]().ConfigureAwait(false);
        }
        """));

    [Fact]
    public Task Flags_the_branch_that_filters_least() => Flags(Service(
        """
        public List<Order> Of(int? customer, bool all)
        {
            IQueryable<Order> orders;
            if (all)
                orders = db.Orders;
            else
                orders = db.Orders.Where(o => o.CustomerId == customer);

            return orders.[|ToList|]();
        }
        """));

    [Fact]
    public Task Flags_through_a_query_property_and_an_extension_method_of_another_file() => Flags(Service(
        """
        private IQueryable<Product> Active => db.Products.Where(p => p.IsActive);

        public Task<List<Product>> All() => Active.WithCategory().[|ToListAsync|]();
        """), test => test.TestState.Sources.Add(Types(
        """
        public static class ProductQueries
        {
            public static IQueryable<Product> WithCategory(this IQueryable<Product> products) => products.Include(p => p.Category);
        }
        """)));

    [Fact]
    public Task Flags_a_set_in_a_repository() => Flags(Types(
        """
        public interface IOrders { Task<IReadOnlyList<Order>> All(CancellationToken cancel); }

        public class Orders : IOrders
        {
            private readonly DbSet<Order> _orders;

            public Orders(Shop shop) => _orders = shop.Set<Order>();

            public async Task<IReadOnlyList<Order>> All(CancellationToken cancel) => await _orders.Include(o => o.Lines).[|ToListAsync|](cancel);
        }
        """));

    [Fact]
    public Task Flags_queries_that_an_action_returns() => Flags(Controller(
        """
        [HttpGet("a")] public IQueryable<Product> A() => [|db.Products|];

        [HttpGet("b")] public IEnumerable<string> B() { return [|db.Products.Select(p => p.Name)|]; }

        [HttpGet("c")] public IActionResult C() => Ok([|db.Orders.OrderBy(o => o.Total)|]);

        [HttpGet("d")] public ActionResult<IEnumerable<Order>> D() => new JsonResult([|db.Orders|]);

        [HttpGet("e")] public IAsyncEnumerable<Order> E() => db.Orders.[|AsAsyncEnumerable|]();
        """));

    [Fact]
    public Task Flags_queries_that_a_handler_returns() => Flags(App(
        """
        app.MapGet("/a", (Shop db) => [|db.Products|]);
        app.MapGet("/b", (Shop db) => Results.Ok([|db.Products.Where(p => p.IsActive)|]));
        app.MapGet("/c", async (Shop db) => { var all = await db.Products.[|ToListAsync|](); return all; });
        app.MapGet("/d", All);
        app.MapGet("/v2/d", All);
        static IQueryable<Order> All(Shop db) => [|db.Orders|];
        """));

    [Fact]
    public Task Flags_a_list_in_a_razor_page_and_in_a_handler() => Flags(Types(
        """
        public class IndexModel(Shop db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            private List<Order> _orders = new();

            public IList<Product> Products { get; set; } = new List<Product>();

            public async Task OnGetAsync()
            {
                Products = await db.Products.[|ToListAsync|]();
                _orders = await db.Orders.[|ToListAsync|]();
            }
        }
        """));

    [Theory]
    [InlineData("int pageSize", "pageSize")]
    [InlineData("int? pageSize", "pageSize ?? 20")]
    [InlineData("int? pageSize", "pageSize.GetValueOrDefault(20)")]
    [InlineData("int pageSize", "Math.Max(pageSize, 1)")]
    [InlineData("int pageSize", "pageSize > 0 ? pageSize : 20")]
    [InlineData("int pageSize", "pageSize + 1")]
    [InlineData("[FromQuery] PageRequest request", "request.Size")]
    [InlineData("PageRequest request", "request.Size")]
    public Task Flags_a_page_size_that_the_request_chooses(string parameter, string count) => Flags(Controller(
        $$"""
        [HttpGet] public Task<List<Product>> Page({{parameter}}) => db.Products.OrderBy(p => p.Id).[|Take|]({{count}}).ToListAsync();

        public class PageRequest { public int Size { get; set; } = 20; }
        """));

    [Fact]
    public Task Flags_a_page_size_in_a_minimal_api_through_locals() => Flags(App(
        """
        app.MapGet("/a", async (Shop db, int page, int pageSize) =>
        {
            if (pageSize < 1)
                return Results.BadRequest();

            var size = pageSize;
            var query = db.Products.Where(p => p.Price > 3).OrderBy(p => p.Id);
            var rows = query.Skip(page * size).[|Take|](size);
            return Results.Ok(await rows.ToListAsync());
        });
        app.MapGet("/b", Page);
        static async Task<IResult> Page(Shop db, int take) => Results.Ok(await db.Orders.[|Take|](take).ToListAsync());
        """));

    [Fact]
    public Task Flags_a_page_size_that_the_request_of_a_handler_chooses() => Flags(Types(
        """
        public class GetProducts : MediatR.IRequest<List<Product>> { public int Page { get; set; } public int Count { get; set; } }

        public class GetProductsHandler(Shop db) : MediatR.IRequestHandler<GetProducts, List<Product>>
        {
            public async Task<List<Product>> Handle(GetProducts request, CancellationToken cancel) =>
                await db.Products.OrderBy(p => p.Id).[|Take|](request.Count).ToListAsync(cancel);
        }
        """));

    [Fact]
    public Task Flags_a_generic_repository_that_an_endpoint_calls() => Flags(Types(
        """
        public class Repository<T>(Shop db) where T : class
        {
            public Task<List<T>> All() => db.Set<T>().[|ToListAsync|]();
        }

        public class ProductsController(Repository<Product> products) : ControllerBase
        {
            [HttpGet] public Task<List<Product>> Get() => products.All();
        }
        """));

    [Fact]
    public Task Flags_filtered_queries_too_when_the_user_asks_for_it() => Flags(Service(
        """
        public List<Product> Expensive(decimal price) => db.Products.Where(p => p.Price > price).[|ToList|]();

        public List<Product> Deleted() => db.Products.Where(p => p.DeletedAt != null).[|ToList|]();

        public List<Product> Of(int category) => db.Products.Where(p => p.CategoryId == category && p.IsActive).ToList();

        public List<Product> Of(List<int> ids) => db.Products.Where(p => ids.Contains(p.Id)).ToList();

        public List<Product> In(Category category) => db.Products.Where(p => p.Category.Id.Equals(category.Id)).ToList();

        public List<Product> Some() => db.Products.Where(p => p.Price > 3).Take(10).ToList();
        """), test => Set(test, "perf_analyzers.unbounded_query = any_without_take"));
}
