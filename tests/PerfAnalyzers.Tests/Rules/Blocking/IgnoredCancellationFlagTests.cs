namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class IgnoredCancellationFlagTests : IgnoredCancellationTestBase
{
    [Theory]
    // An optional parameter, an overload, an extension method, an array of keys.
    [InlineData("public async Task<Order> Get(int id) => await _orders.[|GetAsync|](id);")]
    [InlineData("public async Task<int> Get() { var n = await _orders.[|CountAsync|](); return n; }")]
    [InlineData("public async Task<IActionResult> Get() => Ok(await _db.Orders.Where(o => o.Id > 1).[|ToListAsync|]());")]
    [InlineData("public async Task<IActionResult> Get(int id) => Ok(await _db.Orders.[|FindAsync|](id));")]
    [InlineData("public async Task<string> Get() => await _http.[|GetStringAsync|](\"rates\").ConfigureAwait(false);")]
    [InlineData("public async Task Post(PlaceOrder order) => await _mediator.[|Send|](order);")]
    // Handed on, started before, beside others.
    [InlineData("public Task<Order> Get(int id) => _orders.[|GetAsync|](id);")]
    [InlineData("public Task<Order> Get(int id) { if (id < 0) throw new ArgumentException(nameof(id)); return _orders.[|GetAsync|](id); }")]
    [InlineData("public async Task<int> Get(int id) { var a = _orders.[|GetAsync|](id); var b = _orders.[|CountAsync|](); await Task.WhenAll(a, b); return await b; }")]
    [InlineData("public async Task<int> Get(int[] ids) { var all = await Task.WhenAll(ids.Select(id => _orders.[|GetAsync|](id))); return all.Length; }")]
    [InlineData("public async Task<int> Get() { var n = 0; await foreach (var o in _orders.[|StreamAsync|]()) n += o.Id; return n; }")]
    [InlineData("public async Task<Order> Get(int id) { return await LoadAsync(); async Task<Order> LoadAsync() => await _orders.[|GetAsync|](id); }")]
    // It takes a token and ignores it.
    [InlineData("public async Task<Order> Get(int id, System.Threading.CancellationToken stop) => await _orders.[|GetAsync|](id);")]
    [InlineData("public async Task<Order> Get(int id, System.Threading.CancellationToken stop) { await Task.[|Delay|](50); return await _orders.GetAsync(id, cancellationToken: stop); }")]
    [InlineData("public async Task<Order> Get(int id) { var stop = HttpContext.RequestAborted; return await _orders.[|GetAsync|](id); }")]
    public Task Flags_what_an_action_waits_for(string members) => Flags(Controller(members));

    [Theory]
    // One write, and what only reads before the first or after the last.
    [InlineData("public async Task<int> Put(int id) { var o = await _db.Orders.[|SingleAsync|](x => x.Id == id); o.Name = \"x\"; return await _db.[|SaveChangesAsync|](); }")]
    [InlineData("public async Task<Order> Put(Order o) { await _orders.[|SaveAsync|](o); return await _orders.[|GetAsync|](o.Id); }")]
    [InlineData("public async Task Put(Order o) { var n = await _orders.[|CountAsync|](); await _orders.SaveAsync(o); await _orders.NotifyAsync(o); }")]
    [InlineData("public async Task<Order> Put(Order o) { await _orders.SaveAsync(o); await _orders.NotifyAsync(o); return await _orders.[|GetAsync|](o.Id); }")]
    [InlineData("public async Task Put(Order o) { if (o.Id == 0) await _orders.[|SaveAsync|](o); else await _orders.[|NotifyAsync|](o); }")]
    [InlineData("public async Task<IActionResult> Put(Order o) { if (o.Id == 0) { await _orders.[|SaveAsync|](o); return NoContent(); } await _orders.[|NotifyAsync|](o); return Ok(); }")]
    [InlineData("public async Task<Order> Put(PlaceOrder p) { await _mediator.[|Send|](p); return await _mediator.[|Send|](new GetOrderQuery(p.Id)); }")]
    [InlineData("public async Task<int> Put(Order o) { switch (o.Id) { case 1: await _orders.[|SaveAsync|](o); break; default: await _orders.[|NotifyAsync|](o); break; } return 1; }")]
    // The handler logs, rethrows, or knows what a cancellation is.
    [InlineData("public async Task<IActionResult> Get(int id) { try { return Ok(await _orders.[|GetAsync|](id)); } catch (Exception e) { Console.WriteLine(e); return StatusCode(500); } }")]
    [InlineData("public async Task<IActionResult> Get(int id) { try { return Ok(await _orders.[|GetAsync|](id)); } catch (OperationCanceledException) { throw; } catch (Exception) { await _orders.PlainAsync(1); return StatusCode(500); } }")]
    public Task Flags_where_nothing_is_left_half_done(string members) => Flags(Controller(members));

    [Theory]
    [InlineData("app.MapGet(\"/orders/{id}\", async (int id, Shop db) => await db.Orders.[|FirstOrDefaultAsync|](o => o.Id == id));")]
    [InlineData("app.MapGet(\"/orders/count\", (IOrders orders) => orders.[|CountAsync|]());")]
    [InlineData("app.MapGet(\"/orders\", List); static async Task<IResult> List(Shop db) { var rows = await db.Orders.[|ToListAsync|](); return Results.Ok(rows); }")]
    [InlineData("app.MapGet(\"/orders/now\", async context => { var orders = (IOrders)context.RequestServices.GetService(typeof(IOrders))!; await context.Response.WriteAsJsonAsync(await orders.[|CountAsync|]()); });")]
    [InlineData("app.MapPost(\"/orders\", async (HttpContext context, IOrders orders, Order order) => { await orders.[|SaveAsync|](order); });")]
    [InlineData("app.Use(async (context, next) => { await Task.[|Delay|](1); await next(context); });")]
    [InlineData("app.MapGet(\"/a\", (Shop db) => db.Orders.ToList()).AddEndpointFilter(async (context, next) => { await Task.[|Delay|](1); return await next(context); });")]
    public Task Flags_endpoints(string mapping) => Flags(Endpoint(mapping));

    [Fact]
    public Task Flags_the_other_entries_with_the_token_that_they_have() => Flags(WithThreading + Types +
        """
        public class OrderPage : PageModel
        {
            private readonly IOrders _orders;
            public OrderPage(IOrders orders) => _orders = orders;
            public async Task OnGetAsync(int id) => ViewData["order"] = await _orders.{|#0:GetAsync|}(id);
        }

        public class OrderHub : Hub
        {
            private readonly IOrders _orders;
            public OrderHub(IOrders orders) => _orders = orders;
            public async Task<Order> Load(int id) => await _orders.{|#1:GetAsync|}(id);
        }

        public class OrderHandler : IRequestHandler<GetOrderQuery, Order>
        {
            private readonly IOrders _orders;
            public OrderHandler(IOrders orders) => _orders = orders;
            public async Task<Order> Handle(GetOrderQuery request, CancellationToken cancellationToken) => await _orders.{|#2:GetAsync|}(request.Id);
        }

        public class OrderConsumer : MassTransit.IConsumer<Order>
        {
            private readonly IOrders _orders;
            public OrderConsumer(IOrders orders) => _orders = orders;
            public async Task Consume(MassTransit.ConsumeContext<Order> context) => await _orders.{|#3:SaveAsync|}(context.Message);
        }

        public class OrderWorker : BackgroundService
        {
            private readonly IOrders _orders;
            public OrderWorker(IOrders orders) => _orders = orders;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    await _orders.{|#4:SaveAsync|}(new Order());
                    await Task.{|#5:Delay|}(TimeSpan.FromMinutes(1));
                }
            }
        }

        public class OrderMiddleware
        {
            private readonly RequestDelegate _next;
            public OrderMiddleware(RequestDelegate next) => _next = next;

            public async Task InvokeAsync(HttpContext context, IOrders orders)
            {
                context.Items["count"] = await orders.{|#6:CountAsync|}();
                await _next(context);
            }
        }

        public class OrderFilter : IAsyncActionFilter
        {
            private readonly IOrders _orders;
            public OrderFilter(IOrders orders) => _orders = orders;

            public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
            {
                if (await _orders.{|#7:CountAsync|}() > 0)
                    await next();
            }
        }

        public class OrderPanel : ViewComponent
        {
            private readonly IOrders _orders;
            public OrderPanel(IOrders orders) => _orders = orders;
            public async Task<IViewComponentResult> InvokeAsync() => View(await _orders.{|#8:CountAsync|}());
        }

        public abstract class Base<T> : ControllerBase { public abstract Task<T> Get(int id); }

        public class OrdersController : Base<Order>
        {
            private readonly IOrders _orders;
            public OrdersController(IOrders orders) => _orders = orders;
            public override async Task<Order> Get(int id) => await _orders.{|#9:GetAsync|}(id);
        }
        """.Replace("IViewComponentResult", "Microsoft.AspNetCore.Mvc.IViewComponentResult", StringComparison.Ordinal),
        test => test.ExpectedDiagnostics.AddRange(
        [
            Said(0, "'GetAsync' goes on when 'OrderPage.OnGetAsync' is cancelled; pass it a CancellationToken that it takes as parameter"),
            Said(1, "'GetAsync' goes on when 'OrderHub.Load' is cancelled; pass it 'Context.ConnectionAborted'"),
            Said(2, "'GetAsync' goes on when 'OrderHandler.Handle' is cancelled; pass it 'cancellationToken'"),
            Said(3, "'SaveAsync' goes on when 'OrderConsumer.Consume' is cancelled; pass it 'context.CancellationToken'"),
            Said(4, "'SaveAsync' goes on when 'OrderWorker.ExecuteAsync' is cancelled; pass it 'stoppingToken'"),
            Said(5, "'Delay' goes on when 'OrderWorker.ExecuteAsync' is cancelled; pass it 'stoppingToken'"),
            Said(6, "'CountAsync' goes on when 'OrderMiddleware.InvokeAsync' is cancelled; pass it 'context.RequestAborted'"),
            Said(7, "'CountAsync' goes on when 'OrderFilter.OnActionExecutionAsync' is cancelled; pass it 'context.HttpContext.RequestAborted'"),
            Said(8, "'CountAsync' goes on when 'OrderPanel.InvokeAsync' is cancelled; pass it 'HttpContext.RequestAborted'"),
            Said(9, "'GetAsync' goes on when 'OrdersController.Get' is cancelled; pass it 'HttpContext.RequestAborted'"),
        ]));

    [Fact]
    public Task Flags_gRPC_methods_functions_and_jobs() => Flags(WithThreading + Types +
        """
        namespace Grpc.Core { public abstract class ServerCallContext { public CancellationToken CancellationToken => default; } }
        namespace Microsoft.Azure.Functions.Worker { public class FunctionAttribute : Attribute { public FunctionAttribute(string name) { } } }
        namespace Quartz { public interface IJobExecutionContext { CancellationToken CancellationToken { get; } } public interface IJob { Task Execute(IJobExecutionContext context); } }
        namespace NServiceBus { public interface ICancellableContext { CancellationToken CancellationToken { get; } } public interface IMessageHandlerContext : ICancellableContext { } public interface IHandleMessages<T> { Task Handle(T message, IMessageHandlerContext context); } }

        namespace Shops
        {
            public abstract class OrdersBase { public virtual Task<Order> Get(Order request, Grpc.Core.ServerCallContext context) => throw new NotImplementedException(); }

            public class OrdersService : OrdersBase
            {
                private readonly IOrders _orders;
                public OrdersService(IOrders orders) => _orders = orders;
                public override async Task<Order> Get(Order request, Grpc.Core.ServerCallContext context) => await _orders.[|GetAsync|](request.Id);
            }

            public class OrderFunctions
            {
                private readonly IOrders _orders;
                public OrderFunctions(IOrders orders) => _orders = orders;

                [Microsoft.Azure.Functions.Worker.Function("count")]
                public async Task<int> Count(string body) => await _orders.[|CountAsync|]();
            }

            public class CountJob : Quartz.IJob
            {
                private readonly IOrders _orders;
                public CountJob(IOrders orders) => _orders = orders;
                public async Task Execute(Quartz.IJobExecutionContext context) => await _orders.[|CountAsync|]();
            }

            public class OrderMessages : NServiceBus.IHandleMessages<Order>
            {
                private readonly IOrders _orders;
                public OrderMessages(IOrders orders) => _orders = orders;
                public async Task Handle(Order message, NServiceBus.IMessageHandlerContext context) => await _orders.[|SaveAsync|](message);
            }
        }
        """);

    [Fact]
    public Task Flags_handlers_that_another_file_maps() => Flags(Usings + Types +
        """
        public static class OrderEndpoints
        {
            public static async Task<IResult> List(Shop db) => Results.Ok(await db.Orders.[|ToListAsync|]());
            public static async Task<int> Count(Shop db) => await db.Orders.CountAsync();
        }
        """, test => test.TestState.Sources.Add(("Map.cs",
        """
        using Microsoft.AspNetCore.Builder;

        public static class Routes
        {
            public static void MapAll(this WebApplication app) => app.MapGroup("/orders").MapGet("/", OrderEndpoints.List);
        }
        """)));

    [Fact]
    public Task Flags_what_the_user_calls_an_entry() => Flags(WithThreading + Types +
        """
        public interface ICommand { }

        public class Recount : ICommand
        {
            private readonly IOrders _orders;
            public Recount(IOrders orders) => _orders = orders;
            public async Task<int> Run(CancellationToken token) => await _orders.[|CountAsync|]();
            public async Task<int> RunAll() => await _orders.CountAsync();
        }
        """, test => Set(test, "perf_analyzers.entry_types = ICommand"));

    private static Microsoft.CodeAnalysis.Testing.DiagnosticResult Said(int location, string message) =>
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF112", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(location).WithMessage(message);
}
