namespace PerfAnalyzers.Tests.Rules.Database;

public sealed class UnboundedQueryQuietTests : UnboundedQueryTests
{
    [Theory]
    [InlineData("db.Products.Take(10).ToList()")]
    [InlineData("db.Products.First()")]
    [InlineData("db.Products.SingleOrDefault(p => p.Id == 3)!")]
    [InlineData("db.Products.Find(3)!")]
    [InlineData("db.Products.Count()")]
    [InlineData("db.Products.Sum(p => p.Price)")]
    [InlineData("db.Products.GroupBy(p => p.CategoryId).Select(g => new { g.Key, Count = g.Count() }).ToList()")]
    [InlineData("db.Products.GroupBy(p => p.CategoryId, (key, products) => new { key, Sum = products.Sum(p => p.Price) }).ToList()")]
    [InlineData("(from p in db.Products group p by p.Category.Name into g select new { g.Key, Max = g.Max(p => p.Price) }).ToList()")]
    [InlineData("db.Products.Select(p => p.CategoryId).Distinct().ToList()")]
    [InlineData("db.Products.Where(p => p.CategoryId == 3).ToList()")]
    [InlineData("db.Products.Where(p => p.Price > 3).ToList()")]
    [InlineData("db.Products.Where(p => p.IsActive).Where(p => p.Name.StartsWith(\"a\")).ToList()")]
    [InlineData("db.Products.Where(p => p.DeletedAt == null && p.IsActive).ToList()")]
    [InlineData("db.Products.Where(p => p.DeletedAt.HasValue).ToList()")]
    [InlineData("db.Categories.Where(c => c.Products.Any()).ToList()")]
    [InlineData("db.Categories.SelectMany(c => c.Products.Where(p => p.Price > 3)).ToList()")]
    [InlineData("(from p in db.Products join c in db.Categories.Where(c => c.Name == \"x\") on p.CategoryId equals c.Id select p).ToList()")]
    [InlineData("(from p in db.Products join c in db.Categories on new { Id = p.CategoryId, Name = _name } equals new { c.Id, c.Name } select p).ToList()")]
    [InlineData("db.Products.Join(db.Categories, p => new { Id = p.CategoryId, Name = _name }, c => new { c.Id, c.Name }, (p, c) => p).ToList()")]
    [InlineData("db.Products.Join(new List<int> { 1, 2 }, p => p.Id, id => id, (p, id) => p).ToList()")]
    [InlineData("db.Products.Except(db.Products.Where(p => p.IsActive)).ToList()")]
    [InlineData("db.Products.FromSqlRaw(\"select * from products\").ToList()")]
    [InlineData("db.Entry(new Category()).Collection(c => c.Products).Query().ToList()")]
    [InlineData("new Category().Products.ToList()")]
    [InlineData("new List<Product>().AsQueryable().ToList()")]
    [InlineData("db.Products.Local.ToList()")]
    [InlineData("db.Products.AsEnumerable().Take(3).ToList()")]
    [InlineData("db.Products.AsEnumerable().First()")]
    [InlineData("db.Products.Append(new Product()).ToList()")]
    public Task Is_quiet_on_what_is_bounded_or_not_a_table(string expression) => IsQuietOn(Service($"private readonly string _name = \"x\";\npublic object Get() => ({expression}, _name);"));

    [Theory]
    [InlineData("public class OrderStatus { public int Id { get; set; } }", "OrderStatus")]
    [InlineData("public class Country { public int Id { get; set; } }", "Country")]
    [InlineData("public class ShippingMethod { public int Id { get; set; } }", "ShippingMethod")]
    [InlineData("public class ApplicationRole { public int Id { get; set; } }", "ApplicationRole")]
    [InlineData("public class FeatureFlag { public int Id { get; set; } }", "FeatureFlag")]
    [InlineData("public class BoundedThing { public int Id { get; set; } }", "BoundedThing")]
    [InlineData("public class BoundedTableAttribute : Attribute { } [BoundedTable] public class Thing { public int Id { get; set; } }", "Thing")]
    [InlineData("public interface ILookup { } public interface ICodeLookup : ILookup { } public class Thing : ICodeLookup { public int Id { get; set; } }", "Thing")]
    [InlineData("public enum Level { Low, High } public class Thing { public Level Id { get; set; } }", "Thing")]
    public Task Is_quiet_on_small_tables(string declaration, string entity) => IsQuietOn(Types(
        $$"""
        {{declaration}}

        public class Service(DbContext db)
        {
            public Task<List<{{entity}}>> All() => db.Set<{{entity}}>().ToListAsync();
        }
        """));

    [Theory]
    [InlineData("Category")]
    [InlineData("Other, Category")]
    public Task Is_quiet_on_entities_that_the_user_calls_bounded(string names) => IsQuietOn(
        Service("public List<Category> All() => db.Categories.ToList();"), test => Set(test, $"perf_analyzers.bounded_entities = {names}"));

    [Fact]
    public Task Is_quiet_on_an_entity_that_is_bounded_by_its_full_name() => IsQuietOn(Types(
        """
        namespace Shop.Model { public class Outer { public class Thing { public int Id { get; set; } } } }

        public class Service(DbContext db)
        {
            public List<Shop.Model.Outer.Thing> All() => db.Set<Shop.Model.Outer.Thing>().ToList();
        }
        """), test =>
    {
        // The namespace would hide the context of the model.
        test.TestState.Sources.RemoveAt(1);
        Set(test, "perf_analyzers.bounded_entities = Shop.Model.Outer+Thing");
    });

    [Fact]
    public Task Is_quiet_on_a_table_that_only_the_model_fills() => IsQuietOn(Types(
        """
        public class Level { public int Id { get; set; } public string Name { get; set; } = ""; }

        public class Levels : DbContext
        {
            public DbSet<Level> All => Set<Level>();

            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Level>().HasData(new Level { Id = 1, Name = "low" }, new Level { Id = 2, Name = "high" });
        }

        public class Service(Levels db)
        {
            public List<Level> Get() => db.All.ToList();
        }
        """));

    [Fact]
    public Task Flags_a_seeded_table_that_the_code_fills_too() => Flags(Types(
        """
        public class Level { public int Id { get; set; } }

        public class LevelConfiguration : IEntityTypeConfiguration<Level>
        {
            public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Level> builder) => builder.HasData(new Level { Id = 1 });
        }

        public class Service(DbContext db)
        {
            public List<Level> Get() => db.Set<Level>().[|ToList|]();

            public void Add(int id) => db.Add(new Level { Id = id });
        }
        """));

    [Fact]
    public Task Is_quiet_on_a_table_that_the_model_filters_by_tenant_but_not_on_soft_deletion() => Flags(Types(
        """
        public class Invoice { public int Id { get; set; } public int TenantId { get; set; } }
        public class Note { public int Id { get; set; } public bool IsDeleted { get; set; } }

        public class Books(int tenant) : DbContext
        {
            public DbSet<Invoice> Invoices => Set<Invoice>();
            public DbSet<Note> Notes => Set<Note>();

            protected override void OnModelCreating(ModelBuilder builder)
            {
                builder.Entity<Invoice>(entity => { entity.HasQueryFilter(i => i.TenantId == tenant); });
                builder.Entity<Note>().HasQueryFilter(n => !n.IsDeleted);
            }
        }

        public class Service(Books db)
        {
            public List<Invoice> A() => db.Invoices.ToList();

            public List<Invoice> B() => db.Invoices.IgnoreQueryFilters().[|ToList|]();

            public List<Note> C() => db.Notes.[|ToList|]();
        }
        """));

    [Fact]
    public Task Is_quiet_on_a_query_that_every_path_bounds() => IsQuietOn(Service(
        """
        public List<Product> Get(int? category, string sort, int count)
        {
            IQueryable<Product> query = db.Products;
            if (category != null)
                query = query.Where(p => p.CategoryId == category);
            else
                query = query.Where(p => p.Name == sort);

            switch (sort)
            {
                case "name": query = query.OrderBy(p => p.Name); break;
                default: query = query.OrderBy(p => p.Id); break;
            }

            return query.ToList();
        }

        public List<Product> Page(int skip, int count)
        {
            var query = db.Products.OrderBy(p => p.Id).Skip(skip);
            query = query.Take(count);
            return query.ToList();
        }
        """));

    [Fact]
    public Task Is_quiet_on_what_it_cannot_see() => IsQuietOn(Types(
        """
        public interface IRepository<T> { IQueryable<T> Query(); IQueryable<T> All { get; } }

        public abstract class Service(Shop db, IRepository<Product> products)
        {
            protected abstract IQueryable<Product> Restrict(IQueryable<Product> source);

            public List<Product> A() => products.Query().ToList();

            public List<Product> B() => products.All.Where(p => p.IsActive).ToList();

            public List<Product> C() => Restrict(db.Products).ToList();

            public List<Product> D(IQueryable<Product> source) => source.ToList();

            public List<Product> E(Func<IQueryable<Product>, IQueryable<Product>> shape) => shape(db.Products).ToList();

            public List<Product> F(System.Linq.Expressions.Expression<Func<Product, bool>> predicate) => db.Products.Where(predicate).ToList();

            public IQueryable<Product> G() => db.Products;
        }

        public class Repository<T>(Shop db) where T : class
        {
            public Task<List<T>> All() => db.Set<T>().ToListAsync();
        }
        """));

    [Fact]
    public Task Is_quiet_on_a_stream() => IsQuietOn(Service(
        """
        public async Task Export(System.IO.TextWriter output, CancellationToken cancel)
        {
            await foreach (var product in db.Products.OrderBy(p => p.Id).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
                await output.WriteLineAsync(product.Name);

            await foreach (var product in db.Products.AsAsyncEnumerable())
                await output.WriteLineAsync(product.Name);
        }

        public IAsyncEnumerable<Product> Stream() => db.Products.AsAsyncEnumerable();

        public IEnumerable<string> Names()
        {
            foreach (var product in db.Products)
                yield return product.Name;
        }
        """));

    [Fact]
    public Task Is_quiet_on_rows_that_are_cached() => IsQuietOn(Types(
        """
        public class Cached(Shop db, Microsoft.Extensions.Caching.Memory.IMemoryCache cache)
        {
            private static readonly Lazy<List<Category>> s_lazy = new Lazy<List<Category>>(() => new Shop().Categories.ToList());

            private Dictionary<int, Category>? _byId;

            public Task<List<Category>?> A() => Microsoft.Extensions.Caching.Memory.CacheExtensions.GetOrCreateAsync(cache, "all", async entry => await db.Categories.ToListAsync());

            public async Task B() => _byId = await db.Categories.ToDictionaryAsync(c => c.Id);

            public Dictionary<int, Category> C() => _byId ??= db.Categories.ToDictionary(c => c.Id);

            public async Task<List<Category>> D()
            {
                var all = await db.Categories.ToListAsync();
                Microsoft.Extensions.Caching.Memory.CacheExtensions.Set(cache, "all", all);
                _byId = null;
                return all;
            }
        }
        """));

    [Fact]
    public Task Is_quiet_on_what_an_object_loads_when_it_is_made_and_on_a_cache_by_its_name() => IsQuietOn(Types(
        """
        public class Devices
        {
            private readonly Dictionary<int, Product> _products = new();
            private readonly IStore _cache;

            public Devices(Shop db, IStore cache)
            {
                _cache = cache;
                foreach (var product in db.Products.OrderBy(p => p.Id).AsEnumerable())
                    _products.TryAdd(product.Id, product);
            }

            public Task<object> All(Shop db) => _cache.GetAsync("all", async () => await db.Products.ToListAsync());
        }

        public interface IStore { Task<object> GetAsync(string key, Func<Task<object>> make); }
        """));

    [Theory]
    [InlineData("public static class ShopSeeder", "Fill")]
    [InlineData("public class ShopContextSeed", "Fill")]
    [InlineData("public class InvariantSeedData", "Fill")]
    [InlineData("public class MigrateVolumeNumbers", "Fill")]
    [InlineData("public class DbInitializer", "Fill")]
    [InlineData("public class Tools", "SeedAsync")]
    [InlineData("namespace Some.Migrations; public class Tools", "Fill")]
    public Task Is_quiet_on_seeds_and_migrations_of_data(string type, string method) => IsQuietOn(Types(
        $$"""
        {{type}}
        {
            public static async Task {{method}}(global::Shop db)
            {
                foreach (var product in await db.Products.ToListAsync())
                    product.Name = product.Name.Trim();

                foreach (var order in db.Orders)
                    order.Total = 1;

                await db.SaveChangesAsync();
            }
        }
        """));

    [Fact]
    public Task Flags_code_that_only_speaks_of_seeds_and_migrations() => Flags(Types(
        """
        public class PlanMigrationCohorts(Shop db)
        {
            public List<Product> Seedlings() => db.Products.[|ToList|]();
        }
        """));

    [Fact]
    public Task Is_quiet_on_rows_that_are_loaded_to_be_removed() => IsQuietOn(Service(
        """
        public async Task Clear()
        {
            db.Products.RemoveRange(await db.Products.ToListAsync());
            var orders = db.Orders.ToList();
            db.RemoveRange(orders);
            await db.SaveChangesAsync();
        }
        """));

    [Fact]
    public Task Is_quiet_on_a_limit_that_the_caller_chooses_and_a_filter_in_a_helper_that_its_arguments_choose() => IsQuietOn(Service(
        """
        public List<Product> Page(int? limit)
        {
            IQueryable<Product> query = db.Products.OrderBy(p => p.Id);
            if (limit.HasValue)
                query = query.Take(limit.Value);

            return query.ToList();
        }

        public List<Product> Of(int category) => InCategory(db.Products, category).ToList();

        public List<Product> OfMany(params int[] ids) => db.Products.WithIds(ids).ToList();

        private static IQueryable<Product> InCategory(IQueryable<Product> products, int category)
        {
            if (category != 0)
                products = products.Where(p => p.CategoryId == category);

            return products;
        }
        """), test => test.TestState.Sources.Add(Types(
        """
        public static class ProductQueries
        {
            public static IQueryable<Product> WithIds(this IQueryable<Product> products, int[] ids) => ids.Length == 0 ? products : from p in products where ids.Contains(p.Id) select p;
        }
        """)));

    [Fact]
    public Task Is_quiet_inside_a_query_and_in_nameof() => IsQuietOn(Service(
        """
        public object A() => db.Categories.Where(c => c.Name == "x").Select(c => new { c, All = db.Products.ToList() }).ToList();

        public string B() => nameof(db.Products);
        """));

    [Fact]
    public Task Is_quiet_on_an_endpoint_whose_framework_composes_the_query() => IsQuietOn(Types(
        """
        public class EnableQueryAttribute : Attribute { }
        public class ApiQueryableAttribute : EnableQueryAttribute { }

        public class ProductsController(Shop db) : ControllerBase
        {
            [ApiQueryable] public IQueryable<Product> All() => db.Products;

            [EnableQuery] public IQueryable<Product> Get() => db.Products;

            [NonAction] public IQueryable<Product> Other() => db.Products;

            private IQueryable<Product> Source() => db.Products;
        }
        """));

    [Theory]
    [InlineData("int pageSize", "Math.Min(pageSize, 50)", "")]
    [InlineData("int pageSize", "Math.Clamp(pageSize, 1, 50)", "")]
    [InlineData("int pageSize", "pageSize > 50 ? 50 : pageSize", "")]
    [InlineData("int pageSize", "pageSize", "if (pageSize > 50) return Task.FromResult(new List<Product>());")]
    [InlineData("int pageSize", "pageSize", "if (pageSize is < 1 or > 50) throw new ArgumentException();")]
    [InlineData("int pageSize", "pageSize", "pageSize = Math.Min(pageSize, 50);")]
    [InlineData("int pageSize", "pageSize", "ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 50);")]
    [InlineData("[System.ComponentModel.DataAnnotations.Range(1, 50)] int pageSize", "pageSize", "")]
    [InlineData("byte pageSize", "pageSize", "")]
    [InlineData("PageRequest request", "request.Checked", "")]
    [InlineData("PageRequest request", "request.Clamped", "")]
    [InlineData("PageRequest request", "request.Known", "")]
    [InlineData("[FromServices] Settings settings", "settings.PageSize", "")]
    [InlineData("int count", "10", "")]
    [InlineData("int count", "_size", "")]
    [InlineData("int customer, int count", "10", "")]
    public Task Is_quiet_on_a_page_size_with_an_upper_bound(string parameter, string count, string before) => IsQuietOn(Controller(
        $$"""
        private readonly int _size = 10;

        [HttpGet] public Task<List<Product>> Page({{parameter}}) { {{before}} return db.Products.Take({{count}}).ToListAsync(); }

        public class PageRequest
        {
            private int _clamped;
            [System.ComponentModel.DataAnnotations.Range(1, 50)] public int Checked { get; set; }
            public int Clamped { get => _clamped; set => _clamped = Math.Min(value, 50); }
            public int Known { get; set; }
        }

        public class PageRequestValidator : AbstractValidator<PageRequest>
        {
            public PageRequestValidator() => RuleFor(request => request.Known);
        }

        public abstract class AbstractValidator<T> { protected void RuleFor(Func<T, object> property) { } }

        public class Settings { public int PageSize { get; set; } }
        """));

    [Fact]
    public Task Is_quiet_on_a_page_size_outside_an_endpoint_on_a_route_constraint_and_on_the_rows_of_a_key() => IsQuietOn(Controller(
        """
        private Task<List<Product>> Read(int pageSize) => db.Products.Take(pageSize).ToListAsync();

        [HttpGet("{take:range(1,50)}")] public Task<List<Product>> Some(int take) => db.Products.Take(take).ToListAsync();

        [HttpGet] public Task<List<Order>> Of(int customer, int take) => db.Orders.Where(o => o.CustomerId == customer).Take(take).ToListAsync();

        [HttpGet] public List<int> Memory(int take) => new List<int> { 1 }.AsQueryable().Take(take).ToList();

        [HttpGet] public List<CountryLookup> Small(int take) => db.Countries.Take(take).ToList();
        """));

    [Fact]
    public Task Is_quiet_on_a_query_that_another_project_composes_or_caps() => IsQuietOn(Controller(
        """
        [HttpGet("a")] public List<Order> A() => db.Orders.Recent().ToList();

        [HttpGet("b")] public List<Order> B([FromQuery] PageRequest request) => db.Orders.Take(request.Size).ToList();
        """), test => test.TestState.Project("Shared").Sources.Add(
        """
        using System.Linq;

        public static class Queries
        {
            public static IQueryable<T> Recent<T>(this IQueryable<T> source) => source;
        }

        public class PageRequest { public int Size { get; set; } }
        """));

    [Fact]
    public Task Is_quiet_on_a_list_that_people_keep_in_order() => IsQuietOn(Types(
        """
        public abstract class Entity { public int Id { get; set; } }
        public class DeliveryTime : Entity { public string Name { get; set; } = ""; public int DisplayOrder { get; set; } }
        public class PriceLabel { public int PriceLabelId { get; set; } public int SortOrder { get; set; } }

        public class Service(DbContext db)
        {
            public Task<List<DeliveryTime>> Times() => db.Set<DeliveryTime>().OrderBy(t => t.DisplayOrder).ToListAsync();

            public Task<Dictionary<int, PriceLabel>> Labels() => db.Set<PriceLabel>().ToDictionaryAsync(l => l.PriceLabelId);
        }
        """));

    [Fact]
    public Task Is_quiet_on_rows_that_the_program_makes_itself() => IsQuietOn(Types(
        """
        public class Customer { public int Id { get; set; } public bool IsSystemAccount { get; set; } public bool IsActive { get; set; } public bool IsDefault { get; set; } }

        public class CustomerController(DbContext db) : ControllerBase
        {
            public object A() => db.Set<Customer>().Where(c => c.IsSystemAccount).ToDictionary(c => c.Id);

            public object B() => db.Set<Customer>().Where(c => c.IsDefault && c.IsActive).ToList();
        }
        """));

    [Fact]
    public Task Is_quiet_on_what_an_import_looks_up() => IsQuietOn(Service(
        """
        public async Task<int> Import(List<int> wanted)
        {
            var categories = await db.Categories.ToDictionaryAsync(c => c.Id);
            var ids = await db.Products.Select(p => p.Id).ToListAsync();
            var owners = await db.Orders.AsNoTracking().Select(o => o.CustomerId).ToArrayAsync();
            return wanted.Count(ids.Contains) + categories.Count + owners.Length;
        }
        """));

    [Fact]
    public Task Is_quiet_on_batches() => IsQuietOn(Controller(
        """
        [HttpPost("a")] public async Task<int> A(int batchSize)
        {
            var query = db.Products.Where(p => p.DeletedAt != null).OrderBy(p => p.Id).Take(batchSize);
            var removed = 0;
            while (true)
            {
                var products = await query.ToListAsync();
                if (products.Count == 0)
                    return removed;

                removed += await Remove(products);
            }
        }

        [HttpPost("b")] public async Task<int> B(int size)
        {
            List<Order> orders;
            var removed = 0;
            do
            {
                orders = await db.Orders.OrderBy(o => o.OrderId).Take(size).ToListAsync();
                removed += orders.Count;
            }
            while (orders.Count > 0);

            return removed;
        }

        private Task<int> Remove(List<Product> products) { db.Products.RemoveRange(products); return db.SaveChangesAsync(); }
        """));

    [Fact]
    public Task Is_quiet_on_rows_that_a_method_of_the_class_reads_for_its_cache() => IsQuietOn(Types(
        """
        public class Categories(Shop db, Microsoft.Extensions.Caching.Memory.IMemoryCache cache)
        {
            public int Count() => All().Count;

            private List<Category> All() => Microsoft.Extensions.Caching.Memory.CacheExtensions.GetOrCreate(cache, "categories", entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1);
                return LoadAll();
            })!;

            protected virtual List<Category> LoadAll() => db.Categories.ToList();
        }
        """));

    [Fact]
    public Task Flags_a_method_that_is_also_called_beside_the_cache() => Flags(Types(
        """
        public class Categories(Shop db, Microsoft.Extensions.Caching.Memory.IMemoryCache cache)
        {
            public List<Category>? All() => Microsoft.Extensions.Caching.Memory.CacheExtensions.GetOrCreate(cache, "categories", entry => LoadAll());

            public List<Category> Fresh() => LoadAll();

            private List<Category> LoadAll() => db.Categories.[|ToList|]();
        }
        """));

    [Fact]
    public Task Is_quiet_on_filters_of_an_object_that_every_caller_fills() => IsQuietOn(Types(
        """
        public class PayoutQuery { public PayoutQuery() { } public PayoutQuery(string store) => Stores = [store]; public string[]? Stores { get; set; } public int[]? Ids { get; set; } public bool IncludeLines { get; set; } }

        internal class Payouts(Shop db)
        {
            public Task<List<Order>> Of(int id) => Read(new PayoutQuery { Ids = new[] { id } });

            internal Task<List<Order>> Forgotten(PayoutQuery query) => Read(query);

            public Task<List<Order>> Read(PayoutQuery query) => Read(db, query);

            private static async Task<List<Order>> Read(Shop db, PayoutQuery filter)
            {
                IQueryable<Order> rows = db.Orders;
                if (filter.Ids is not null)
                {
                    if (filter.Ids.Length == 1)
                    {
                        var id = filter.Ids[0];
                        rows = rows.Where(o => o.OrderId == id);
                    }
                    else
                    {
                        rows = rows.Where(o => filter.Ids.Contains(o.OrderId));
                    }
                }

                if (filter.Stores is not null)
                    rows = rows.Where(o => filter.Stores.Contains(o.CustomerId.ToString()));

                if (filter.IncludeLines)
                    rows = rows.Include(o => o.Lines);

                return await rows.ToListAsync();
            }
        }

        public class PayoutController : ControllerBase
        {
            private readonly Payouts _payouts = null!;

            [HttpGet("a")] public Task<List<Order>> A(string store)
            {
                var query = new PayoutQuery { Stores = new[] { store }, IncludeLines = true };
                return _payouts.Read(query);
            }

            [HttpGet("b")] public Task<List<Order>> B(string store) => _payouts.Read(new PayoutQuery(store));

            [HttpGet("c")] public Task<List<Order>> C(int id) => _payouts.Of(id);
        }
        """));

    [Fact]
    public Task Is_quiet_on_code_that_does_not_bind() => IsQuietOn(Service(
        """
        public object A() => db.Produkts.ToList();

        public object B() => db.Products.Where(p => p.IsAktive).ToList(;

        public object C() { foreach (var x in db.) { } return db.Products.Take(; }
        """), test => test.AllowCompilerErrors = true);
}
