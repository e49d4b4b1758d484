namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class IgnoredCancellationFixTests : IgnoredCancellationTestBase
{
    [Theory]
    // After the last parameter; by name where optional ones lie between.
    [InlineData("public async Task<Order> Get(int id) => await _orders.[|GetAsync|](id);",
        "public async Task<Order> Get(int id, CancellationToken cancellationToken) => await _orders.GetAsync(id, cancellationToken: cancellationToken);")]
    [InlineData("public async Task<int> Get() { var n = await _orders.[|CountAsync|](); return n; }",
        "public async Task<int> Get(CancellationToken cancellationToken) { var n = await _orders.CountAsync(cancellationToken); return n; }")]
    // After optional ones it is optional.
    [InlineData("public async Task<Order> Get(int id = 1) => await _orders.[|GetAsync|](id, true);",
        "public async Task<Order> Get(int id = 1, CancellationToken cancellationToken = default) => await _orders.GetAsync(id, true, cancellationToken);")]
    // Several calls, one inside the other, one parameter.
    // Who names the arguments goes on so.
    [InlineData("public async Task<Order> Get(int id) => await _orders.[|GetAsync|](id: id, deep: true);",
        "public async Task<Order> Get(int id, CancellationToken cancellationToken) => await _orders.GetAsync(id: id, deep: true, cancellationToken: cancellationToken);")]
    // A comment stays with its parameter.
    [InlineData("public async Task<Order> Get(\n    int id /* of the order */) => await _orders.[|GetAsync|](id, true);",
        "public async Task<Order> Get(\n    int id /* of the order */,\n    CancellationToken cancellationToken) => await _orders.GetAsync(id, true, cancellationToken);")]
    [InlineData("public async Task<Order> Get(\n    int id // of the order\n    ) => await _orders.[|GetAsync|](id, true);",
        "public async Task<Order> Get(\n    int id, // of the order\n    CancellationToken cancellationToken\n    ) => await _orders.GetAsync(id, true, cancellationToken);")]
    [InlineData("public async Task<Order> Get() => await _orders.[|GetAsync|](await _orders.[|CountAsync|]());",
        "public async Task<Order> Get(CancellationToken cancellationToken) => await _orders.GetAsync(await _orders.CountAsync(cancellationToken), cancellationToken: cancellationToken);")]
    // The name is taken.
    [InlineData("public async Task<int> Get() { var cancellationToken = 1; return cancellationToken + await _orders.[|CountAsync|](); }",
        "public async Task<int> Get(CancellationToken cancellationToken2) { var cancellationToken = 1; return cancellationToken + await _orders.CountAsync(cancellationToken2); }")]
    // The file has its own habit.
    [InlineData("public async Task<int> Get() => await _orders.[|CountAsync|](); private static void A(CancellationToken ct, CancellationToken more) { } private static void B(CancellationToken ct) { } private static void D(CancellationToken ct) { } private static void E(CancellationToken ct) { } private static void F(CancellationToken ct, CancellationToken other) { } private static void G(CancellationToken ct) { } private static void H(CancellationToken ct) { }",
        "public async Task<int> Get(CancellationToken ct) => await _orders.CountAsync(ct); private static void A(CancellationToken ct, CancellationToken more) { } private static void B(CancellationToken ct) { } private static void D(CancellationToken ct) { } private static void E(CancellationToken ct) { } private static void F(CancellationToken ct, CancellationToken other) { } private static void G(CancellationToken ct) { } private static void H(CancellationToken ct) { }")]
    // A local function and a lambda that run inside.
    [InlineData("public async Task<int> Get(int[] ids) { var all = await Task.WhenAll(ids.Select(async id => await _orders.[|GetAsync|](id))); return all.Length; }",
        "public async Task<int> Get(int[] ids, CancellationToken cancellationToken) { var all = await Task.WhenAll(ids.Select(async id => await _orders.GetAsync(id, cancellationToken: cancellationToken))); return all.Length; }")]
    public Task Takes_a_parameter_and_passes_it(string before, string after) => Fixes(Controller(before, WithThreading), Controller(after, WithThreading));

    [Fact]
    public Task Writes_keys_as_an_array() => Fixes(
        Controller("public async Task<IActionResult> Get(int id) => Ok(await _db.Orders.[|FindAsync|](id));", WithThreading),
        Controller("public async Task<IActionResult> Get(int id, CancellationToken cancellationToken) => Ok(await _db.Orders.FindAsync(new object[] { id }, cancellationToken));", WithThreading),
        test => test.LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp11);

    [Theory]
    [InlineData("public async Task<Order> Get(int id, CancellationToken stop) => await _orders.[|GetAsync|](id);", "public async Task<Order> Get(int id, CancellationToken stop) => await _orders.GetAsync(id, cancellationToken: stop);")]
    [InlineData("public async Task<int> Get() { var stop = HttpContext.RequestAborted; return await _orders.[|CountAsync|](); }", "public async Task<int> Get() { var stop = HttpContext.RequestAborted; return await _orders.CountAsync(stop); }")]
    [InlineData("public async Task<int> Get() { using var limit = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted); return await _orders.[|CountAsync|](); }",
        "public async Task<int> Get() { using var limit = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted); return await _orders.CountAsync(limit.Token); }")]
    [InlineData("public async Task<int> Get() { using var limit = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted); return await _orders.CountAsync(limit.Token); } public async Task<int> Put() => await _orders.[|CountAsync|]();",
        "public async Task<int> Get() { using var limit = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted); return await _orders.CountAsync(limit.Token); } public async Task<int> Put() => await _orders.CountAsync(HttpContext.RequestAborted);")]
    [InlineData("public virtual async Task<int> Get() => await _orders.[|CountAsync|]();", "public virtual async Task<int> Get() => await _orders.CountAsync(HttpContext.RequestAborted);")]
    [InlineData("public async Task<int> Get(params int[] ids) => await _orders.[|CountAsync|]();", "public async Task<int> Get(params int[] ids) => await _orders.CountAsync(HttpContext.RequestAborted);")]
    [InlineData("public async Task Get(int[] ids) => await Parallel.ForEachAsync(ids, async (id, stop) => await _orders.[|GetAsync|](id));",
        "public async Task Get(int[] ids) => await Parallel.ForEachAsync(ids, async (id, stop) => await _orders.GetAsync(id, cancellationToken: stop));")]
    public Task Passes_what_is_in_scope(string before, string after) => Fixes(Controller(before, WithThreading), Controller(after, WithThreading));

    [Theory]
    [InlineData("app.MapGet(\"/orders/{id}\", async (int id, Shop db) => await db.Orders.[|FirstOrDefaultAsync|](o => o.Id == id));",
        "app.MapGet(\"/orders/{id}\", async (int id, Shop db, CancellationToken cancellationToken) => await db.Orders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken));")]
    [InlineData("app.MapGet(\"/a\", (IOrders orders) => orders.[|CountAsync|]());\napp.MapGet(\"/b\", async (IOrders orders) => await orders.[|CountAsync|]());",
        "app.MapGet(\"/a\", (IOrders orders, CancellationToken cancellationToken) => orders.CountAsync(cancellationToken));\napp.MapGet(\"/b\", async (IOrders orders, CancellationToken cancellationToken) => await orders.CountAsync(cancellationToken));")]
    [InlineData("app.MapGet(\"/wait\", async () => { using var http = new HttpClient(); return await http.[|GetStringAsync|](\"a\"); });", "app.MapGet(\"/wait\", async (CancellationToken cancellationToken) => { using var http = new HttpClient(); return await http.GetStringAsync(\"a\", cancellationToken); });")]
    [InlineData("app.MapGet(\"/orders\", List); static async Task<IResult> List(Shop db) => Results.Ok(await db.Orders.[|ToListAsync|]());",
        "app.MapGet(\"/orders\", List); static async Task<IResult> List(Shop db, CancellationToken cancellationToken) => Results.Ok(await db.Orders.ToListAsync(cancellationToken));")]
    [InlineData("app.MapPost(\"/orders\", async (HttpContext context, IOrders orders, Order order) => await orders.[|SaveAsync|](order));",
        "app.MapPost(\"/orders\", async (HttpContext context, IOrders orders, Order order) => await orders.SaveAsync(order, context.RequestAborted));")]
    public Task Endpoints_bind_it(string before, string after) => Fixes(Endpoint(before, WithThreading), Endpoint(after, WithThreading));

    [Fact]
    public Task Keeps_lines_comments_and_documentation() => Fixes(
        Controller(
            """
            /// <summary>Orders of a name.</summary>
            /// <param name="name">Which name.</param>
            /// <param name="page">Which page.</param>
            /// <returns>The orders.</returns>
            [HttpGet]
            public async Task<IActionResult> Find(
                string name, // as typed
                int page)
            {
                // The rows.
                var rows = await _db.Orders
                    .Where(o => o.Name == name)
                    .Skip(page)
                    .[|ToListAsync|](); // all of them
                var first = await _orders.[|GetAsync|](
                    rows[0].Id,
                    true);
                return Ok(rows.Count + first.Id);
            }

            /// <summary>How many.</summary>
            public async Task<int> Count() => await _orders.[|CountAsync|]();
            """),
        Controller(
            """
            /// <summary>Orders of a name.</summary>
            /// <param name="name">Which name.</param>
            /// <param name="page">Which page.</param>
            /// <param name="cancellationToken">Cancels the request.</param>
            /// <returns>The orders.</returns>
            [HttpGet]
            public async Task<IActionResult> Find(
                string name, // as typed
                int page,
                CancellationToken cancellationToken)
            {
                // The rows.
                var rows = await _db.Orders
                    .Where(o => o.Name == name)
                    .Skip(page)
                    .ToListAsync(cancellationToken); // all of them
                var first = await _orders.GetAsync(
                    rows[0].Id,
                    true,
                    cancellationToken);
                return Ok(rows.Count + first.Id);
            }

            /// <summary>How many.</summary>
            public async Task<int> Count(CancellationToken cancellationToken) => await _orders.CountAsync(cancellationToken);
            """, s_imported));

    [Fact]
    public Task Is_optional_where_code_calls_the_action_and_leaves_names_alone() => Fixes(
        WithThreading + Types + Called("Task<Order> Get(int id) => await _orders.[|GetAsync|](id)", "Task<int> Count() => await _orders.[|CountAsync|]()"),
        WithThreading + Types + Called("Task<Order> Get(int id, CancellationToken cancellationToken = default) => await _orders.GetAsync(id, cancellationToken: cancellationToken)",
            "Task<int> Count(CancellationToken cancellationToken) => await _orders.CountAsync(cancellationToken)"));

    [Fact]
    public Task Sees_callers_and_mappings_in_other_files() => Fixes(
        WithThreading + Types + Elsewhere("Shop db) => Results.Ok(await db.Orders.[|ToListAsync|]())", "IOrders orders) => await orders.[|CountAsync|]()"),
        WithThreading + Types + Elsewhere("Shop db, CancellationToken cancellationToken) => Results.Ok(await db.Orders.ToListAsync(cancellationToken))",
            "IOrders orders, CancellationToken cancellationToken = default) => await orders.CountAsync(cancellationToken)"),
        test =>
        {
            foreach (var state in new[] { test.TestState, test.FixedState })
            {
                state.Sources.Add(("Map.cs",
                    """
                    using Microsoft.AspNetCore.Builder;
                    using System.Threading.Tasks;

                    public static class Routes
                    {
                        public static void MapAll(this WebApplication app)
                        {
                            app.MapGet("/orders", OrderEndpoints.List).WithName(nameof(OrderEndpoints.List));
                            app.MapGet("/orders/count", OrderEndpoints.Count);
                        }

                        public static Task<int> Again(IOrders orders) => OrderEndpoints.Count(orders);
                    }
                    """));
            }
        });

    [Fact]
    public Task Leaves_signatures_that_something_else_decides() => Fixes(
        WithThreading + Types +
        """
        public interface ICount { Task<int> Count(); }

        public class CountController : ControllerBase, ICount
        {
            private readonly IOrders _orders;
            public CountController(IOrders orders) => _orders = orders;
            public async Task<int> Count() => await _orders.[|CountAsync|]();

            // Given to a delegate that says which parameters it has.
            public async Task<int> Again() => await _orders.[|CountAsync|]();
            public Func<Task<int>> Later() => Again;
        }
        """,
        WithThreading + Types +
        """
        public interface ICount { Task<int> Count(); }

        public class CountController : ControllerBase, ICount
        {
            private readonly IOrders _orders;
            public CountController(IOrders orders) => _orders = orders;
            public async Task<int> Count() => await _orders.CountAsync(HttpContext.RequestAborted);

            // Given to a delegate that says which parameters it has.
            public async Task<int> Again() => await _orders.CountAsync(HttpContext.RequestAborted);
            public Func<Task<int>> Later() => Again;
        }
        """);

    [Theory]
    // An entry that calls another hands its token over, whether it had one or takes one now.
    [InlineData("public async Task<int> Get() => await _orders.[|CountAsync|](); public async Task<int> Put() => await Get(); public async Task<int> Post(CancellationToken ct) => await Get();",
        "public async Task<int> Get(CancellationToken cancellationToken = default) => await _orders.CountAsync(cancellationToken); public async Task<int> Put(CancellationToken cancellationToken) => await Get(cancellationToken); public async Task<int> Post(CancellationToken ct) => await Get(ct);")]
    [InlineData("public async Task<int> Get(int page = 1) => page + await _orders.[|CountAsync|](); public Task<int> First() => Get();",
        "public async Task<int> Get(int page = 1, CancellationToken cancellationToken = default) => page + await _orders.CountAsync(cancellationToken); public Task<int> First(CancellationToken cancellationToken) => Get(cancellationToken: cancellationToken);")]
    // An expression tree cannot leave out an optional argument.
    [InlineData("public async Task<int> Get() => await _orders.[|CountAsync|](); public static System.Linq.Expressions.Expression<Func<ShopController, Task<int>>> Route() => c => c.Get();",
        "public async Task<int> Get() => await _orders.CountAsync(HttpContext.RequestAborted); public static System.Linq.Expressions.Expression<Func<ShopController, Task<int>>> Route() => c => c.Get();")]
    // The overload is there already.
    [InlineData("[HttpGet] public async Task<int> Get() => await _orders.[|CountAsync|](); [NonAction] public Task<int> Get(CancellationToken stop) => _orders.CountAsync(stop);",
        "[HttpGet] public async Task<int> Get() => await _orders.CountAsync(HttpContext.RequestAborted); [NonAction] public Task<int> Get(CancellationToken stop) => _orders.CountAsync(stop);")]
    public Task Leaves_callers_right(string before, string after) => Fixes(Controller(before, WithThreading), Controller(after, WithThreading));

    [Fact]
    public Task Page_handlers_and_functions_bind_it() => Fixes(
        WithThreading + Types + Bound("(int id)", "(id)", "()", "()"),
        WithThreading + Types + Bound("(int id, CancellationToken cancellationToken)", "(id, cancellationToken: cancellationToken)", "(CancellationToken cancellationToken)", "(cancellationToken)")
            .Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));

    [Fact]
    public Task Keeps_the_public_api_where_the_user_says_so() => Fixes(
        Controller("public async Task<int> Get() => await _orders.[|CountAsync|]();"),
        Controller("public async Task<int> Get() => await _orders.CountAsync(HttpContext.RequestAborted);"),
        test => Set(test, "perf_analyzers.keep_public_api = true"));

    [Fact]
    public Task Has_no_fix_where_only_a_public_signature_could_change() => ReportsWithoutFix(
        WithThreading + Types + Elsewhere("Shop db) => Results.Ok(await db.Orders.[|ToListAsync|]())", "IOrders orders) => await orders.CountAsync()"),
        test =>
        {
            Set(test, "perf_analyzers.keep_public_api = true");
            foreach (var state in new[] { test.TestState, test.FixedState })
                state.Sources.Add(("Map.cs", "using Microsoft.AspNetCore.Builder; public static class Routes { public static void MapAll(this WebApplication app) => app.MapGet(\"/orders\", OrderEndpoints.List); }"));
        });

    [Fact]
    public Task Passes_the_token_of_contexts() => Fixes(
        WithThreading + Types + Contexts("_orders.[|CountAsync|]()", "_orders.[|GetAsync|](1)", "_orders.[|SaveAsync|](context.Message)"),
        WithThreading + Types + Contexts("_orders.CountAsync(Context.ConnectionAborted)", "_orders.GetAsync(1, cancellationToken: stoppingToken)", "_orders.SaveAsync(context.Message, context.CancellationToken)"));

    [Fact]
    public Task Behaves_the_same_while_nobody_cancels() => FixesAndRunsTheSame(
        Program("", "[|FetchAsync|](id)"), Program(", CancellationToken cancellationToken = default", "FetchAsync(id, cancellationToken)"));

    private static readonly string s_imported = Usings.Replace("using System.Threading.Tasks;", "using System.Threading;\nusing System.Threading.Tasks;", StringComparison.Ordinal);

    private static string Called(string get, string count) =>
        $$"""
        public class ShopController : ControllerBase
        {
            private readonly IOrders _orders;
            public ShopController(IOrders orders) => _orders = orders;
            public async {{get}};
            public async {{count}};
            public IActionResult Post() => CreatedAtAction(nameof(Get), nameof(Count), new { id = 1 });
        }

        public class Caller
        {
            public static Task<Order> Again(ShopController shop) => shop.Get(1);
        }
        """;

    private static string Elsewhere(string list, string count) =>
        $$"""
        public static class OrderEndpoints
        {
            public static async Task<IResult> List({{list}};
            public static async Task<int> Count({{count}};
        }
        """;

    private static string Bound(string page, string pageCall, string function, string functionCall) =>
        $$"""
        namespace Microsoft.Azure.Functions.Worker { public class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }

        public class OrderPage : PageModel
        {
            private readonly IOrders _orders;
            public OrderPage(IOrders orders) => _orders = orders;
            public async Task OnPostAsync{{page}} => ViewData["order"] = await _orders.[|GetAsync|]{{pageCall}};
        }

        public class OrderFunctions
        {
            private readonly IOrders _orders;
            public OrderFunctions(IOrders orders) => _orders = orders;

            [Microsoft.Azure.Functions.Worker.Function("count")]
            public async Task<int> Count{{function}} => await _orders.[|CountAsync|]{{functionCall}};
        }
        """;

    private static string Contexts(string hub, string worker, string consumer) =>
        $$"""
        public class OrderHub : Hub
        {
            private readonly IOrders _orders;
            public OrderHub(IOrders orders) => _orders = orders;
            public async Task<int> Load() => await {{hub}};
        }

        public class OrderWorker : BackgroundService
        {
            private readonly IOrders _orders;
            public OrderWorker(IOrders orders) => _orders = orders;
            protected override async Task ExecuteAsync(CancellationToken stoppingToken) => await {{worker}};
        }

        public class OrderConsumer : MassTransit.IConsumer<Order>
        {
            private readonly IOrders _orders;
            public OrderConsumer(IOrders orders) => _orders = orders;
            public async Task Consume(MassTransit.ConsumeContext<Order> context) => await {{consumer}};
        }
        """;

    private static string Program(string parameter, string call) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Microsoft.Azure.Functions.Worker { public class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }

        public class OrderFunctions
        {
            [Microsoft.Azure.Functions.Worker.Function("get")]
            public async Task<string> Get(int id{{parameter}}) => await {{call}};

            private static async Task<string> FetchAsync(int id, CancellationToken cancellationToken = default)
            {
                await Task.Delay(1, cancellationToken);
                return $"order {id}";
            }
        }

        static class Program
        {
            static string Run() => new OrderFunctions().Get(7).Result;
        }
        """;
}
