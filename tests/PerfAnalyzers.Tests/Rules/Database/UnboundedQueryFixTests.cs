using Microsoft.CodeAnalysis.CSharp;

namespace PerfAnalyzers.Tests.Rules.Database;

public sealed class UnboundedQueryFixTests : UnboundedQueryTests
{
    [Theory]
    [InlineData("await db.Products.[|ToListAsync|]()", "await db.Products.OrderBy(p => p.Id).Take(100).ToListAsync()")]
    [InlineData("await db.Products.OrderBy(p => p.Name).[|ToArrayAsync|]()", "await db.Products.OrderBy(p => p.Name).Take(100).ToArrayAsync()")]
    [InlineData("db.Products.OrderBy(p => p.Name).Select(p => p.Name).[|ToList|]()", "db.Products.OrderBy(p => p.Name).Select(p => p.Name).Take(100).ToList()")]
    [InlineData("db.Products.Select(x => new { x.Id, x.Name }).[|ToList|]()", "db.Products.OrderBy(x => x.Id).Select(x => new { x.Id, x.Name }).Take(100).ToList()")]
    [InlineData("db.Orders.Include(o => o.Lines).[|ToList|]()", "db.Orders.Include(o => o.Lines).OrderBy(o => o.OrderId).Take(100).ToList()")]
    [InlineData("(from x in db.Products where x.IsActive select x).[|ToList|]()", "(from x in db.Products where x.IsActive select x).OrderBy(p => p.Id).Take(100).ToList()")]
    [InlineData("Enumerable.[|ToList|](db.Products)", "Enumerable.ToList(db.Products.OrderBy(p => p.Id).Take(100))")]
    [InlineData("((IQueryable<Product>)db.Products).[|ToList|]()", "((IQueryable<Product>)db.Products).OrderBy(p => p.Id).Take(100).ToList()")]
    [InlineData("Ok(db.Products.[|ToList|]())", "Ok(db.Products.OrderBy(p => p.Id).Take(100).ToList())")]
    [InlineData("Ok((await db.Products.[|ToListAsync|]()).Select(p => p.Name).ToList())", "Ok((await db.Products.OrderBy(p => p.Id).Take(100).ToListAsync()).Select(p => p.Name).ToList())")]
    [InlineData("new OkObjectResult(db.Products.[|ToArray|]())", "new OkObjectResult(db.Products.OrderBy(p => p.Id).Take(100).ToArray())")]
    public Task Limits_a_query_on_one_line(string before, string after) =>
        Fixes(Controller($"[HttpGet] public async Task<object> Get() {{ await Task.Yield(); return {before}; }}"), Controller($"[HttpGet] public async Task<object> Get() {{ await Task.Yield(); return {after}; }}"));

    [Fact]
    public Task Limits_composed_queries_and_keeps_comments_and_the_name_that_rows_have() => Fixes(
        Controller(
            """
            [HttpGet] public async Task<List<Product>> Search(string? text, int p)
            {
                var query = db.Products.AsNoTracking(); // read only
                if (text != null)
                    query = query.Where(x => x.Name.Contains(text));

                // all that match
                return await query
                    // ordered by the caller
                    .[|ToListAsync|]();
            }
            """),
        Controller(
            """
            [HttpGet] public async Task<List<Product>> Search(string? text, int p)
            {
                var query = db.Products.AsNoTracking(); // read only
                if (text != null)
                    query = query.Where(x => x.Name.Contains(text));

                // all that match
                return await query
                    .OrderBy(product => product.Id)
                    .Take(100)
                    // ordered by the caller
                    .ToListAsync();
            }
            """));

    [Fact]
    public Task Orders_before_a_projection_in_a_long_chain_and_reads_the_setting() => Fixes(
        Controller(
            """
            [HttpGet] public List<string> Names() =>
                db.Products
                    .Where(x => x.IsActive)
                    .Select(x => x.Name)
                    .[|ToList|]();
            """),
        Controller(
            """
            [HttpGet] public List<string> Names() =>
                db.Products
                    .Where(x => x.IsActive)
                    .OrderBy(x => x.Id)
                    .Select(x => x.Name)
                    .Take(25)
                    .ToList();
            """),
        test => Set(test, "perf_analyzers.max_rows = 25"));

    [Fact]
    public Task Limits_rows_that_a_local_hands_to_the_response() => Fixes(
        App(
            """
            app.MapGet("/a", async (Shop db) =>
            {
                var products = await db.Products.[|ToListAsync|]();
                return Results.Ok(products.Select(p => p.Name));
            });
            """),
        App(
            """
            app.MapGet("/a", async (Shop db) =>
            {
                var products = await db.Products.OrderBy(p => p.Id).Take(100).ToListAsync();
                return Results.Ok(products.Select(p => p.Name));
            });
            """));

    [Fact]
    public Task Orders_by_all_parts_of_a_key() => Fixes(
        Types(
            """
            [PrimaryKey(nameof(OrderId), nameof(Number))]
            public class Row { public int OrderId { get; set; } public int Number { get; set; } }

            public class RowController(DbContext db) : ControllerBase
            {
                public List<Row> All(int r) => db.Set<Row>().[|ToList|]();
            }
            """),
        Types(
            """
            [PrimaryKey(nameof(OrderId), nameof(Number))]
            public class Row { public int OrderId { get; set; } public int Number { get; set; } }

            public class RowController(DbContext db) : ControllerBase
            {
                public List<Row> All(int r) => db.Set<Row>().OrderBy(row => row.OrderId).ThenBy(row => row.Number).Take(100).ToList();
            }
            """));

    [Fact]
    public Task Limits_what_an_endpoint_returns_and_imports_Linq() => Fixes(
        """
        using Microsoft.AspNetCore.Mvc;

        public class ProductsController(Shop db) : ControllerBase
        {
            [HttpGet] public object Get() => Ok([|db.Products|]);
        }
        """,
        """
        using System.Linq;
        using Microsoft.AspNetCore.Mvc;

        public class ProductsController(Shop db) : ControllerBase
        {
            [HttpGet] public object Get() => Ok(db.Products.OrderBy(p => p.Id).Take(100));
        }
        """);

    [Fact]
    public Task Caps_a_page_size_in_place() => Fixes(
        Controller(
            """
            [HttpGet] public Task<List<Product>> Get(int? pageSize) => db.Products.OrderBy(p => p.Id).[|Take|](pageSize ?? 20).ToListAsync();
            """),
        Controller(
            """
            [HttpGet] public Task<List<Product>> Get(int? pageSize) => db.Products.OrderBy(p => p.Id).Take(Math.Min(pageSize ?? 20, 100)).ToListAsync();
            """));

    [Fact]
    public Task Caps_a_page_size_before_all_its_uses() => Fixes(
        Controller(
            """
            [HttpGet("a")] public Task<List<Product>> A(int page, int pageSize)
            {
                // one page
                return db.Products.OrderBy(p => p.Id).Skip(page * pageSize).[|Take|](pageSize).ToListAsync();
            }

            [HttpGet("b")] public Task<List<Product>> B([FromQuery] PageRequest request)
            {
                var query = db.Products.OrderBy(p => p.Id);
                return query.Skip(request.Page * request.PageSize).[|Take|](request.PageSize).ToListAsync();
            }

            public class PageRequest { public int Page { get; set; } public int PageSize { get; set; } }
            """),
        Controller(
            """
            [HttpGet("a")] public Task<List<Product>> A(int page, int pageSize)
            {
                pageSize = Math.Min(pageSize, 100);
                // one page
                return db.Products.OrderBy(p => p.Id).Skip(page * pageSize).Take(pageSize).ToListAsync();
            }

            [HttpGet("b")] public Task<List<Product>> B([FromQuery] PageRequest request)
            {
                var pageSize = Math.Min(request.PageSize, 100);
                var query = db.Products.OrderBy(p => p.Id);
                return query.Skip(request.Page * pageSize).Take(pageSize).ToListAsync();
            }

            public class PageRequest { public int Page { get; set; } public int PageSize { get; set; } }
            """));

    [Fact]
    public Task Caps_a_page_size_where_a_local_takes_it() => Fixes(
        App(
            """
            app.MapGet("/a", async (Shop db, [AsParameters] PageRequest request) =>
            {
                var pageSize = request.Size ?? 10;
                var page = request.Index;
                var first = await db.Products.OrderBy(p => p.Name).Skip(pageSize * page).[|Take|](pageSize).ToListAsync();
                var second = await db.Orders.OrderBy(o => o.Total).Skip(pageSize * page).[|Take|](pageSize).ToListAsync();
                return new { pageSize, first, second };
            });
            """) + "\npublic record PageRequest(int Index, int? Size);\n",
        App(
            """
            app.MapGet("/a", async (Shop db, [AsParameters] PageRequest request) =>
            {
                var pageSize = Math.Min(request.Size ?? 10, 100);
                var page = request.Index;
                var first = await db.Products.OrderBy(p => p.Name).Skip(pageSize * page).Take(pageSize).ToListAsync();
                var second = await db.Orders.OrderBy(o => o.Total).Skip(pageSize * page).Take(pageSize).ToListAsync();
                return new { pageSize, first, second };
            });
            """) + "\npublic record PageRequest(int Index, int? Size);\n",
        test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Pages_an_action() => Fixes(
        Controller(
            """
            [HttpGet] public async Task<IActionResult> Get(bool active, CancellationToken cancel = default)
            {
                return Ok(await db.Products
                    .Where(p => p.IsActive == active)
                    .[|ToListAsync|](cancel));
            }
            """),
        Controller(
            """
            [HttpGet] public async Task<IActionResult> Get(bool active, int page = 1, int pageSize = 100, CancellationToken cancel = default)
            {
                return Ok(await db.Products
                    .Where(p => p.IsActive == active)
                    .OrderBy(p => p.Id)
                    .Skip((Math.Max(page, 1) - 1) * Math.Clamp(pageSize, 1, 100))
                    .Take(Math.Clamp(pageSize, 1, 100))
                    .ToListAsync(cancel));
            }
            """),
        test => (test.CodeActionIndex, test.SkipFixAll) = (1, true));

    [Fact]
    public Task Pages_a_handler() => Fixes(
        App("""app.MapGet("/a", (Shop db) => [|db.Products|]);"""),
        App("""app.MapGet("/a", (Shop db, int page = 1, int pageSize = 100) => db.Products.OrderBy(p => p.Id).Skip((Math.Max(page, 1) - 1) * Math.Clamp(pageSize, 1, 100)).Take(Math.Clamp(pageSize, 1, 100)));"""),
        test => (test.CodeActionIndex, test.SkipFixAll) = (1, true));

    [Fact]
    public Task Offers_no_page_outside_endpoints_nor_beside_parameters_for_it() => ReportsWithoutFix(
        Controller(
            """
            [HttpGet("a")] public List<Product> A(string pageSize) => db.Products.[|ToList|]();

            [HttpGet("b")] public List<Product> B(int skip) => db.Products.[|ToList|]();

            private List<Product> C() => db.Products.[|ToList|]();

            [HttpGet("d")] public List<Product> D(
                bool active) => db.Products.Where(p => p.IsActive == active).[|ToList|]();
            """),
        test => (test.CodeActionIndex, test.SkipFixAll) = (1, true));

    [Fact]
    public Task Offers_no_page_where_lambdas_have_no_optional_parameters() => ReportsWithoutFix(
        App("""app.MapGet("/a", (Shop db) => [|db.Products|]);"""),
        test => (test.CodeActionIndex, test.SkipFixAll, test.LanguageVersion) = (1, true, LanguageVersion.CSharp11));

    [Theory]
    [InlineData("return db.Products.[|ToDictionary|](p => p.Id);")]
    [InlineData("return db.Products.[|ToList|]().Where(p => p.Name.GetHashCode() > 3);")]
    [InlineData("var all = db.Products.[|ToList|](); return all.Where(p => p.Price > 3);")]
    [InlineData("var all = db.Products.[|ToList|](); foreach (var p in all) p.Price *= 2; return db.SaveChanges();")]
    [InlineData("return db.Products.GroupBy(p => p.CategoryId).[|ToList|]();")]
    [InlineData("return db.Products.[|AsEnumerable|]().Select(p => p.Name).Distinct().ToList();")]
    [InlineData("return db.Products.[|ToList|]().Count;")]
    [InlineData("var names = new Dictionary<int, string>(); var all = db.Products.[|ToList|](); foreach (var p in all) names.Add(p.Id, p.Name); return names;")]
    [InlineData("var names = new Dictionary<int, string>(); foreach (var p in [|db.Products|]) names[p.Id] = p.Name; return names;")]
    [InlineData("var names = new List<string>(); foreach (var p in [|db.Products|]) names.Add(p.Name); return names;")]
    [InlineData("var all = db.Products.[|ToList|](); return new { All = all, Names = string.Join(',', all) };")]
    [InlineData("var all = db.Products.[|ToList|](); if (all.Count == 0) return NotFound(); return all;")]
    [InlineData("var all = db.Products.[|ToList|](); Show(all); return all;")]
    [InlineData("return Show(db.Products.[|ToList|]());")]
    [InlineData("return ((IEnumerable<Product>)db.Products).[|ToList|]();")]
    [InlineData("return db.Categories.SelectMany(c => c.Products).[|ToList|]();")]
    [InlineData("IQueryable<Product> q = db.Products; if (DateTime.Now.Hour > 3) q = q.OrderBy(p => p.Name); return q.[|ToList|]();")]
    [InlineData("var names = db.Products.Select(p => p.Name); return names.[|ToList|]();")]
    public Task Offers_no_fix_where_a_limit_would_make_it_wrong(string statements) =>
        ReportsWithoutFix(Controller($"[HttpGet] public object Get() {{ {statements} }}\n\nprivate object Show(object all) => all;"));

    [Fact]
    public Task Offers_no_fix_in_code_whose_callers_may_need_all_rows() => ReportsWithoutFix(Types(
        """
        public class Products(Shop db)
        {
            public Task<List<Product>> GetAllAsync() => db.Products.[|ToListAsync|]();

            public async Task<Report> ReportAsync() => new Report(await db.Products.OrderBy(p => p.Id).[|ToListAsync|]());

            public record Report(List<Product> Products);
        }

        public class ProductsController(Products products) : ControllerBase
        {
            [HttpGet("a")] public async Task<IActionResult> Count() => Ok((await products.GetAllAsync()).Count);

            [HttpGet("b")] public async Task<IActionResult> All() => Ok(await products.GetAllAsync());
        }
        """));

    [Fact]
    public Task Offers_no_fix_where_a_page_shows_the_rows() => ReportsWithoutFix(Types(
        """
        public class ProductsController(Shop db) : Controller
        {
            [HttpGet("a")] public async Task<IActionResult> Index() => View(await db.Products.[|ToListAsync|]());

            [HttpGet("b")] public async Task<IActionResult> Edit()
            {
                ViewBag.Categories = (await db.Categories.[|ToListAsync|]()).Select(c => c.Name).ToList();
                return View();
            }

            [HttpGet("c")] public async Task<IActionResult> Options() => Json(await db.Categories.[|ToListAsync|]());
        }
        """));

    [Fact]
    public Task Offers_no_fix_without_a_key_to_order_by() => ReportsWithoutFix(Types(
        """
        [Keyless] public class Row { public int Number { get; set; } }

        public class RowController(DbContext db) : ControllerBase
        {
            public List<Row> All() => db.Set<Row>().[|ToList|]();
        }
        """));

    [Fact]
    public Task Fixes_everything_in_several_files_at_once() => Fixes(
        Controller("[HttpGet] public object A() => db.Products.[|ToList|]();\n[HttpGet] public object B() => db.Orders.[|ToList|]();"),
        Controller("[HttpGet] public object A() => db.Products.OrderBy(p => p.Id).Take(100).ToList();\n[HttpGet] public object B() => db.Orders.OrderBy(o => o.OrderId).Take(100).ToList();"),
        test =>
        {
            test.TestState.Sources.Add(Controller("[HttpGet] public object A() => db.Categories.OrderBy(c => c.Name).[|ToArray|]();").Replace("class ShopController", "class OtherController", StringComparison.Ordinal));
            test.FixedState.Sources.Add(Controller("[HttpGet] public object A() => db.Categories.OrderBy(c => c.Name).Take(100).ToArray();").Replace("class ShopController", "class OtherController", StringComparison.Ordinal));
        });
}
