using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Tests.Fixing;

/// <summary>What a framework calls by name, route or attribute becomes async under its own name.</summary>
public sealed class EntryTests : GoAsyncTests
{
    [Fact]
    public Task Controller_actions_keep_their_names() => Converts(
        """
        [Microsoft.AspNetCore.Mvc.ApiController]
        public class OrdersController(Store store) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpGet("{id}")]
            public Microsoft.AspNetCore.Mvc.IActionResult Get(int id)
            {
                var order = store.Load(id);
                return order == "" ? NotFound() : Ok(order);
            }

            [Microsoft.AspNetCore.Mvc.HttpGet]
            public Microsoft.AspNetCore.Mvc.ActionResult<string> First() => store.Load(1);

            public void Touch() => store.Load(0);

            private string Helper() => store.Load(3);

            public string Help() => Helper();
        }

        public class Store
        {
            public string Load(int id) { [|Thread.Sleep(id)|]; return "x"; }
        }
        """,
        """
        [Microsoft.AspNetCore.Mvc.ApiController]
        public class OrdersController(Store store) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpGet("{id}")]
            public async Task<Microsoft.AspNetCore.Mvc.IActionResult> Get(int id)
            {
                var order = await store.LoadAsync(id);
                return order == "" ? NotFound() : Ok(order);
            }

            [Microsoft.AspNetCore.Mvc.HttpGet]
            public async Task<Microsoft.AspNetCore.Mvc.ActionResult<string>> First() => await store.LoadAsync(1);

            public async Task Touch() => await store.LoadAsync(0);

            private async Task<string> HelperAsync() => await store.LoadAsync(3);

            public async Task<string> Help() => await HelperAsync();
        }

        public class Store
        {
            public async Task<string> LoadAsync(int id) { await Task.Delay(id); return "x"; }
        }
        """);

    [Fact]
    public Task Page_handlers_and_hub_methods() => Converts(
        """
        public class IndexModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public void OnGet() => [|Thread.Sleep(1)|];
            public Microsoft.AspNetCore.Mvc.IActionResult OnPostSave() { [|Thread.Sleep(1)|]; return Page(); }
        }

        public class ChatHub : Microsoft.AspNetCore.SignalR.Hub
        {
            public string Send(string text) { [|Thread.Sleep(1)|]; return text; }
        }
        """,
        """
        public class IndexModel : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public async Task OnGet() => await Task.Delay(1, HttpContext.RequestAborted);
            public async Task<Microsoft.AspNetCore.Mvc.IActionResult> OnPostSave() { await Task.Delay(1, HttpContext.RequestAborted); return Page(); }
        }

        public class ChatHub : Microsoft.AspNetCore.SignalR.Hub
        {
            public async Task<string> Send(string text) { await Task.Delay(1, Context.ConnectionAborted); return text; }
        }
        """);

    [Fact]
    public Task Endpoint_lambdas_and_method_groups_in_top_level_statements() => Fixes(
        """
        using System.Threading;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.MapGet("/a", () => Store.Load(1));
        app.MapGet("/b", (int id) =>
        {
            var loaded = Store.Load(id);
            return Results.Ok(loaded);
        });
        app.MapPost("/c", Endpoints.Post);
        app.MapDelete("/d", (HttpContext context) => { Store.Load(4); });
        app.Use(async (context, next) => { Store.Load(5); await next(context); });
        app.MapGet("/e", Local);
        app.Run();

        static string Local() => Store.Load(6);

        static class Endpoints
        {
            public static IResult Post(int id) => Results.Ok(Store.Load(id));
        }

        static class Store
        {
            public static string Load(int id) { [|Thread.Sleep(id)|]; return "x"; }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.MapGet("/a", async () => await Store.LoadAsync(1));
        app.MapGet("/b", async (int id) =>
        {
            var loaded = await Store.LoadAsync(id);
            return Results.Ok(loaded);
        });
        app.MapPost("/c", Endpoints.Post);
        app.MapDelete("/d", async (HttpContext context) => { await Store.LoadAsync(4); });
        app.Use(async (context, next) => { await Store.LoadAsync(5); await next(context); });
        app.MapGet("/e", Local);
        app.Run();

        static async Task<string> Local() => await Store.LoadAsync(6);

        static class Endpoints
        {
            public static async Task<IResult> Post(int id) => Results.Ok(await Store.LoadAsync(id));
        }

        static class Store
        {
            public static async Task<string> LoadAsync(int id) { await Task.Delay(id); return "x"; }
        }
        """, test => test.TestState.OutputKind = test.FixedState.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("static void Main() { L.Load(); }", "static async Task Main() { await L.LoadAsync(); }")]
    [InlineData("static int Main(string[] args) => L.Load();", "static async Task<int> Main(string[] args) => await L.LoadAsync();")]
    public Task Main_becomes_an_async_main(string main, string fixedMain) => Converts(
        $$"""
        static class Program { {{main}} }
        public static class L { public static int Load() { [|Thread.Sleep(1)|]; return 1; } public static async Task<int> Other() => await Task.FromResult(Load()); }
        """,
        $$"""
        static class Program { {{fixedMain}} }
        public static class L { public static async Task<int> LoadAsync() { await Task.Delay(1); return 1; } public static async Task<int> Other() => await Task.FromResult(await LoadAsync()); }
        """, test => test.TestState.OutputKind = test.FixedState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Main_that_must_stay_on_its_thread() => Leaves(
        """
        static class Program { [STAThread] static void Main() => L.Load(); }
        public static class L { public static int Load() { [|Thread.Sleep(1)|]; return 1; } public static async Task<int> Other() => await Task.FromResult(Load()); }
        """, test => test.TestState.OutputKind = test.FixedState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Middleware_and_filters_that_return_tasks_already() => Converts(
        """
        public class Stamp(Microsoft.AspNetCore.Http.RequestDelegate next)
        {
            public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context)
            {
                [|Thread.Sleep(1)|];
                return next(context);
            }
        }

        public class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                    [|Thread.Sleep(1000)|];

                return Task.CompletedTask;
            }
        }
        """,
        """
        public class Stamp(Microsoft.AspNetCore.Http.RequestDelegate next)
        {
            public async Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context)
            {
                await Task.Delay(1, context.RequestAborted);
                await next(context);
            }
        }

        public class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                    await Task.Delay(1000, stoppingToken);
            }
        }
        """);

    [Fact]
    public Task Start_up_by_convention_stays() => Leaves(
        """
        public class Startup
        {
            public void ConfigureServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => L.Load();
        }
        public static class L { public static int Load() { [|Thread.Sleep(1)|]; return 1; } }
        """);

    [Fact]
    public Task A_sync_filter_of_the_framework_stays() => Leaves(
        """
        public class Stamp : Microsoft.AspNetCore.Mvc.Filters.IActionFilter
        {
            public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { L.Load(); }
            public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext context) { }
        }
        public static class L { public static int Load() { [|Thread.Sleep(1)|]; return 1; } }
        """);

    [Fact]
    public Task What_a_page_names_in_its_markup_stays() => Leaves(
        """
        public class Prices { public int Current() { [|Thread.Sleep(1)|]; return 1; } }
        """, test =>
        {
            test.ActionsMayChangeNothing = true;
            test.TestState.AdditionalFiles.Add(("/0/Index.cshtml", "@inject Prices Prices\n<p>@Prices.Current()</p>"));
        });
}
