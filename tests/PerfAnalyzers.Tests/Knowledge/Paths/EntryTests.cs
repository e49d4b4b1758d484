using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>What ASP.NET Core calls for a request, against its real assemblies.</summary>
public sealed class EntryTests : PathTests
{
    [Fact]
    public void Actions_of_a_controller() => Check(
        """
        public class OrdersController : ControllerBase
        {
            private readonly int _size = /*= Request: OrdersController() */ Environment.ProcessorCount;

            public OrdersController() { /*= Request: OrdersController() */ }

            [HttpGet("{id}")]
            public IActionResult Get(int id) { /*= Request: OrdersController.Get */ return Ok(); }

            public Task<int> Sum() => /*= Request: OrdersController.Sum */ Task.FromResult(1);

            [NonAction]
            public void Reset() { /*= Unknown */ }

            private void Own() { /*= Unknown */ }
            protected void Inherited() { /*= Unknown */ }
            internal void Hidden() { /*= Unknown */ }
            public static void Shared() { /*= Unknown */ }
            public void Generic<T>() { /*= Unknown */ }
            public int Size { get { /*= Unknown */ return 1; } }
        }
        """);

    [Fact]
    public void Actions_through_a_base_class_in_another_file() => Check(
        """
        using Shop.Web;

        namespace Shop.Orders;

        public class OrdersController : ApiBase
        {
            public int Get() { /*= Request: OrdersController.Get */ return 1; }
        }
        """,
        """
        namespace Shop.Web;

        public abstract class ApiBase : Middle;
        public abstract class Middle : Controller
        {
            public int Ping() { /*= Request: Middle.Ping */ return 1; }
        }
        """);

    [Fact]
    public void Actions_through_a_base_class_in_another_assembly()
    {
        var library = Compile(OutputKind.DynamicallyLinkedLibrary, "namespace Platform { public abstract class PlatformController : Controller { } public interface ICommandHandler<T> : MediatR.IRequestHandler<T> where T : MediatR.IRequest { } }")
            .WithAssemblyName("Platform");
        var app = Compile(OutputKind.DynamicallyLinkedLibrary,
            """
            using Platform;

            public class OrdersController : PlatformController
            {
                public int Get() { /*= Request: OrdersController.Get */ return 1; }
            }

            public record Ship : MediatR.IRequest;

            public class ShipHandler : ICommandHandler<Ship>
            {
                public Task<MediatR.Unit> Handle(Ship request, CancellationToken cancel) { /*= Request: ShipHandler.Handle */ return Task.FromResult(MediatR.Unit.Value); }
            }
            """).AddReferences(library.ToMetadataReference());
        Check(app, Standard);
    }

    [Fact]
    public void Attributes_make_controllers_and_reach_derived_types() => Check(
        """
        [ApiController]
        public class Plain
        {
            public int Get() { /*= Request: Plain.Get */ return 1; }
        }

        [Microsoft.AspNetCore.Mvc.Controller]
        public abstract class Marked;

        public class Derived : Marked
        {
            public int Get() { /*= Request: Derived.Get */ return 1; }
        }

        public class Other
        {
            public int Get() { /*= Unknown */ return 1; }
        }
        """);

    [Fact]
    public void A_class_of_the_same_name_is_no_controller() => Check(
        """
        namespace Games
        {
            public class ControllerBase;
            public class Pad : ControllerBase
            {
                public int Read() { /*= Unknown */ return 1; }
            }
        }

        namespace Attributes
        {
            public class ApiControllerAttribute : Attribute;

            [ApiController]
            public class Pad
            {
                public int Read() { /*= Unknown */ return 1; }
            }
        }
        """);

    [Fact]
    public void Endpoint_lambdas_are_entries_of_their_own() => CheckProgram(
        """
        var builder = WebApplication.CreateBuilder(args);
        var app = builder.Build();
        /*= Cold: Main */ app.MapGet("/orders/{id}", (int id) => { /*= Request: GET /orders/{id} */ return id; });
        app.MapPost("orders", async (HttpContext context) => /*= Request: POST /orders */ await Task.Yield());
        app.MapMethods("/orders", ["PUT", "PATCH"], () => { /*= Request: PUT,PATCH /orders */ });
        app.MapFallback(() => { /*= Request: MapFallback lambda */ });
        app.MapGet($"/{builder.Environment.ApplicationName}", delegate () { /*= Request: MapGet lambda */ });
        app.Map("/any", () => { /*= Request: /any */ });
        var group = app.MapGroup("/shop").MapGroup("carts/").WithTags("cart");
        group.MapDelete("/{id}", (int id) => { /*= Request: DELETE /shop/carts/{id} */ });
        group.MapGet("", () => { /*= Request: GET /shop/carts */ });
        app.MapGet("/late", (IServiceProvider services) => services.GetService(typeof(string))).AddEndpointFilter(async (context, next) => { /*= Request: AddEndpointFilter lambda */ return await next(context); });
        app.Run();
        """);

    [Fact]
    public void Pipeline_lambdas_are_entries_and_branches_are_not() => CheckProgram(
        """
        var app = WebApplication.Create(args);
        app.Use(async (context, next) => { /*= Request: Use lambda */ await next(context); });
        app.UseWhen(context => /*= Request: UseWhen lambda */ context.Request.IsHttps, branch => { /*= Cold: Main */ branch.Use(async (context, next) => { /*= Request: Use lambda */ await next(); }); });
        app.Map("/branch", branch => { /*= Cold: Main */ branch.Run(async context => { /*= Request: Run lambda */ await Task.Yield(); }); });
        app.UseExceptionHandler(errors => errors.Run(async context => { /*= Request: Run lambda */ await Task.Yield(); }));
        app.UseRouting().UseEndpoints(endpoints => { /*= Cold: Main */ endpoints.MapGet("/x", () => { /*= Request: GET /x */ }); });
        new Runner().Run(() => { /*= Unknown */ });
        Task.Run(() => { /*= Unknown */ });
        app.Run();

        class Runner { public void Run(Action action) { } public void Use(Action action) { } }
        """);

    [Fact]
    public void Method_groups_given_to_Map_are_entries() => CheckProgram(
        """
        var app = WebApplication.Create(args);
        app.MapGet("/a", Local);
        app.MapGet("/b", Orders.Get);
        app.MapOrders();
        app.Run();

        static int Local() { /*= Request: Local */ return Orders.Count(); }

        static class Orders
        {
            public static int Get() { /*= Request: Orders.Get */ return Count(); }
            public static int Count() { /*= Request: Local → Orders.Count */ return 1; }
            public static void MapOrders(this IEndpointRouteBuilder routes)
            {
                /*= Cold: Orders.MapOrders */ routes.MapPost("/c", Add);
                routes.MapPut("/d", new Handler().Put);
            }

            private static void Add() { /*= Request: Orders.Add */ }
        }

        class Handler { public void Put() { /*= Request: Handler.Put */ } }
        """);

    [Fact]
    public void Razor_pages_view_components_and_tag_helpers() => Check(
        """
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.Razor.TagHelpers;

        public class CartModel : PageModel
        {
            public void OnGet() { /*= Request: CartModel.OnGet */ }
            public Task OnPostRemoveAsync(int id) { /*= Request: CartModel.OnPostRemoveAsync */ return Task.CompletedTask; }
            public void Order() { /*= Unknown */ }
        }

        public class Menu : ViewComponent
        {
            public Task<IViewComponentResult> InvokeAsync() { /*= Request: Menu.InvokeAsync */ return Task.FromResult<IViewComponentResult>(Content("")); }
        }

        public class PriceTagHelper : TagHelper
        {
            public override void Process(TagHelperContext context, TagHelperOutput output) { /*= Request: PriceTagHelper.Process */ }
        }
        """.Replace("IViewComponentResult", "Microsoft.AspNetCore.Mvc.IViewComponentResult"));

    [Fact]
    public void Blazor_components() => Check(
        """
        using Microsoft.AspNetCore.Components;
        using Microsoft.AspNetCore.Components.Rendering;

        public class Counter : ComponentBase
        {
            protected override async Task OnInitializedAsync() { /*= Request: Counter.OnInitializedAsync */ await Task.Yield(); }
            protected override void OnParametersSet() { /*= Request: Counter.OnParametersSet */ }
            protected override void BuildRenderTree(RenderTreeBuilder builder)
            {
                builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, Click));
            }

            private void Click() { /*= Request: Counter.BuildRenderTree → Counter.Click */ }
        }
        """);

    [Fact]
    public void Middleware_filters_and_handlers() => Check(
        """
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Mvc.Filters;

        public class Timing(RequestDelegate next)
        {
            public Task InvokeAsync(HttpContext context) { /*= Request: Timing.InvokeAsync */ return next(context); }
        }

        public class Typed : IMiddleware
        {
            public Task InvokeAsync(HttpContext context, RequestDelegate next) { /*= Request: Typed.InvokeAsync */ return next(context); }
        }

        public class NoMiddleware
        {
            public Task InvokeAsync(string name) { /*= Unknown */ return Task.CompletedTask; }
        }

        public class Audit : ActionFilterAttribute
        {
            public override void OnActionExecuting(ActionExecutingContext context) { /*= Request: Audit.OnActionExecuting */ }
        }

        public class Gate : IAsyncAuthorizationFilter
        {
            public Task OnAuthorizationAsync(AuthorizationFilterContext context) { /*= Request: Gate.OnAuthorizationAsync */ return Task.CompletedTask; }
        }

        public class Validates : IEndpointFilter
        {
            public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) { /*= Request: Validates.InvokeAsync */ return await next(context); }
        }

        public class Owner : IAuthorizationRequirement;
        public class OwnerHandler : AuthorizationHandler<Owner>
        {
            protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Owner requirement) { /*= Request: OwnerHandler.HandleRequirementAsync */ return Task.CompletedTask; }
        }
        """);

    [Fact]
    public void Hubs_handlers_consumers_workers_and_health_checks() => Check(
        """
        using MassTransit;
        using MediatR;
        using Microsoft.AspNetCore.SignalR;
        using Microsoft.Extensions.Diagnostics.HealthChecks;

        public class Chat : Hub
        {
            public Task Send(string text) { /*= Request: Chat.Send */ return Clients.All.SendAsync(text); }
            public override Task OnConnectedAsync() { /*= Request: Chat.OnConnectedAsync */ return base.OnConnectedAsync(); }
        }

        public record Find : IRequest<int>;
        public class FindHandler : IRequestHandler<Find, int>
        {
            public Task<int> Handle(Find request, CancellationToken cancel) { /*= Request: FindHandler.Handle */ return Task.FromResult(1); }
        }

        public class Logs<T, R> : IPipelineBehavior<T, R>
        {
            public Task<R> Handle(T request, CancellationToken cancel, RequestHandlerDelegate<R> next) { /*= Request: Logs.Handle */ return next(); }
        }

        public record Placed;
        public class Mailer : IConsumer<Placed>
        {
            public Task Consume(ConsumeContext<Placed> context) { /*= Request: Mailer.Consume */ return Task.CompletedTask; }
        }

        public class Worker : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stop) { /*= Request: Worker.ExecuteAsync */ return Task.CompletedTask; }
            public override Task StartAsync(CancellationToken stop) { /*= Cold: Worker.StartAsync */ return base.StartAsync(stop); }
        }

        public class Alive : IHealthCheck
        {
            public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel = default) { /*= Request: Alive.CheckHealthAsync */ return Task.FromResult(HealthCheckResult.Healthy()); }
        }
        """);

    [Fact]
    public void Timer_callbacks() => Check(
        """
        public class Cache
        {
            private readonly Timer _timer;
            private readonly System.Timers.Timer _other = new();

            public Cache()
            {
                _timer = new Timer(Refresh, null, 0, 1000);
                new Timer(_ => { /*= Request: timer callback */ Load(); }, null, 0, 1000);
                _other.Elapsed += OnElapsed;
            }

            private void Refresh(object? state) { /*= Request: Cache.Refresh */ }
            private void OnElapsed(object? sender, EventArgs e) { /*= Request: Cache.OnElapsed */ }
            private void Load() { /*= Request: timer callback → Cache.Load */ }
        }
        """);

    [Fact]
    public void What_the_user_names_as_entry() => Check(Compile(OutputKind.DynamicallyLinkedLibrary,
        """
        namespace Own
        {
            public interface ICommand { void Execute(); }
            public abstract class Screen;
            public class ServesAttribute : Attribute;
            public class Stop : ICommand { public void Execute() { /*= Request: Stop.Execute */ } void Inner() { /*= Unknown */ } }
            public class Start : Screen { public void Show() { /*= Request: Start.Show */ } }
            [Serves] public class Api { public void Do() { /*= Request: Api.Do */ } }
            public class Mixed { [Serves] public void Do() { /*= Request: Mixed.Do */ } public void Not() { /*= Unknown */ } }
        }
        """), new PathSettings(8, ["Own.ICommand", "Own.Screen", "Own.ServesAttribute"]));
}
