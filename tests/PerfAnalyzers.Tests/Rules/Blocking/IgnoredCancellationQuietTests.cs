namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class IgnoredCancellationQuietTests : IgnoredCancellationTestBase
{
    [Theory]
    // Said so.
    [InlineData("public async Task<Order> Get(int id) => await _orders.GetAsync(id, cancellationToken: System.Threading.CancellationToken.None);")]
    [InlineData("public async Task<Order> Get(int id) => await _orders.GetAsync(id, false, default);")]
    [InlineData("public async Task<int> Get(System.Threading.CancellationToken stop) { using var limit = new System.Threading.CancellationTokenSource(500); return await _orders.CountAsync(limit.Token); }")]
    // Nothing takes one.
    [InlineData("public async Task Get(int id) => await _orders.PlainAsync(id);")]
    [InlineData("public async Task<int> Get() => await Task.FromResult(1);")]
    [InlineData("public async Task<int> Get() { var all = await Task.WhenAll(Task.Run(() => 1)); return all[0]; }")]
    // Must finish.
    [InlineData("public async Task Post(Order o) => await _orders.PublishAsync(o);")]
    [InlineData("public async Task Post() { await using var t = await _db.Database.BeginTransactionAsync(HttpContext.RequestAborted); _db.SaveChanges(); await t.CommitAsync(); }")]
    // The overload gives a value task, which cannot wait beside others.
    [InlineData("public async Task Get([FromServices] Line line) { await Task.WhenAll(line.SendAsync(1), line.SendAsync(2)); } public class Line { public Task<int> SendAsync(int x) => Task.FromResult(x); public ValueTask<int> SendAsync(int x, System.Threading.CancellationToken stop) => new(x); }")]
    // Not waited for.
    [InlineData("public void Post(Order o) { _ = _orders.SaveAsync(o); }")]
    [InlineData("public IActionResult Post(Order o) { Task.Run(async () => await _orders.SaveAsync(o)); return Accepted(); }")]
    [InlineData("public async Task<int> Get(System.Threading.CancellationToken stop) { return await Task.Run(async () => { var all = new List<Task>(); all.Add(_orders.CountAsync()); await Task.Yield(); return all.Count; }, stop); }")]
    [InlineData("public async Task Post(Order o) { Response.OnCompleted(async () => await _orders.SaveAsync(o)); await Task.Yield(); }")]
    [InlineData("public IActionResult Post(Order o) { _ = SaveAsync(); return Accepted(); async Task SaveAsync() => await _orders.SaveAsync(o); }")]
    // No I/O, or it ends with the connection.
    [InlineData("public async Task<int> Get() { using var copy = new MemoryStream(); await copy.ReadAsync(new byte[4]); return 1; }")]
    [InlineData("public async Task<string> Get() { Stream copy = new MemoryStream(); await copy.FlushAsync(); return await new StringReader(\"x\").ReadToEndAsync(); }")]
    [InlineData("public async Task<string> Get() { var answer = await _http.GetAsync(\"a\", HttpContext.RequestAborted); return await answer.Content.ReadAsStringAsync(); }")]
    [InlineData("public async Task Get() { await Response.WriteAsync(\"x\"); await Request.ReadFormAsync(); await Response.Body.FlushAsync(); }")]
    [InlineData("public async Task Get(Order o) { await _db.Orders.AddAsync(o); }")]
    [InlineData("public async Task<string> Post() { using var reader = new StreamReader(HttpContext.Request.Body); return await reader.ReadToEndAsync(); }")]
    [InlineData("public async Task<Order?> Post() => await System.Text.Json.JsonSerializer.DeserializeAsync<Order>(Request.Body);")]
    [InlineData("public async Task Post([FromServices] Bot bot) => await bot.ProcessAsync(Request, Response); public class Bot { public Task ProcessAsync(HttpRequest request, HttpResponse response, System.Threading.CancellationToken stop = default) => Task.CompletedTask; }")]
    // A pause that makes guessing dear, without a token at hand.
    [InlineData("public async Task<IActionResult> Post(string password) { if (password != \"x\") { await Task.Delay(2000); return Unauthorized(); } return Ok(); }")]
    // What the user started is done, whether or not the page stays open.
    [InlineData("public async Task Post([FromServices] Plugins plugins) { await plugins.InstallAsync(\"a\"); } public class Plugins { public Task InstallAsync(string name, System.Threading.CancellationToken stop = default) => Task.CompletedTask; }")]
    // Half a file.
    [InlineData("public async Task Post(IFormFile file) { await using var target = System.IO.File.Create(\"a\"); await file.CopyToAsync(target); }")]
    [InlineData("public async Task Post(string text) => await System.IO.File.WriteAllTextAsync(\"a\", text);")]
    // A value for all requests.
    [InlineData("private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, Task<Order>> s_all = new(); public async Task<Order> Get(int id) => await s_all.GetOrAdd(id, i => _orders.GetAsync(i));")]
    public Task Is_quiet_on_what_needs_no_token(string members) => IsQuietOn(Controller(members));

    [Theory]
    [InlineData("public async Task Post(Order o) { await _orders.SaveAsync(o); await _orders.NotifyAsync(o); }")]
    [InlineData("public async Task Post(Order o) { await _orders.PlainAsync(o.Id); var same = await _orders.GetAsync(o.Id); await _orders.SaveAsync(same); }")]
    [InlineData("public async Task Post(Order[] all) { foreach (var o in all) await _orders.SaveAsync(o); }")]
    [InlineData("public async Task Post(Order[] all) { foreach (var o in all) { var now = await _orders.GetAsync(o.Id); now.Name = o.Name; await _orders.SaveAsync(now); } }")]
    [InlineData("public async Task Post(Order[] all) => await Task.WhenAll(all.Select(o => _orders.SaveAsync(o)));")]
    [InlineData("public async Task Post(Order o) { await _http.PostAsync(\"charge\", null); await _db.SaveChangesAsync(); }")]
    [InlineData("public async Task Delete(Order o) { System.IO.File.Delete(o.Name); await _orders.SaveAsync(o); }")]
    [InlineData("public async Task Post(Order o) { _db.SaveChanges(); if (await _orders.CountAsync() > 3) await _orders.SaveAsync(o); }")]
    [InlineData("public async Task Post(Order o, [FromServices] Microsoft.Extensions.Caching.Memory.IMemoryCache cache) { await _orders.SaveAsync(o); cache.Remove(o.Id); }")]
    [InlineData("public async Task<Order> Post(Order o) { if (o.Id == 0) { await _orders.SaveAsync(o); } await _orders.NotifyAsync(o); return o; }")]
    public Task Is_quiet_between_the_first_and_the_last_of_several_writes(string members) => IsQuietOn(Controller(members));

    [Theory]
    [InlineData("public async Task Get(int id) { try { await _orders.PlainAsync(id); } catch (InvalidOperationException) { await _orders.SaveAsync(new Order()); } }")]
    [InlineData("public async Task Get(int id) { try { await _orders.PlainAsync(id); } finally { await _orders.CountAsync(); } }")]
    // The failure would be written down, the work begun again, the semaphore released.
    [InlineData("public async Task Post(Order o) { try { await _orders.SaveAsync(o); } catch (Exception) { await _orders.PlainAsync(o.Id); } }")]
    [InlineData("public async Task<int> Get() { for (var i = 0; ; i++) { try { return await _orders.CountAsync(); } catch (Exception) when (i < 3) { } } }")]
    [InlineData("private static readonly System.Threading.SemaphoreSlim s_gate = new(1); public async Task<int> Get() { try { await s_gate.WaitAsync(); return 1; } finally { s_gate.Release(); } }")]
    public Task Is_quiet_where_a_handler_would_do_harm(string members) => IsQuietOn(Controller(members));

    [Fact]
    public Task Is_quiet_where_no_token_can_be_had() => IsQuietOn(WithThreading + Types +
        """
        public class OrderPanel : Microsoft.AspNetCore.Components.ComponentBase
        {
            [Microsoft.AspNetCore.Components.Inject] public IOrders Orders { get; set; } = null!;
            protected override async Task OnInitializedAsync() => await Orders.CountAsync();
        }

        // A service is no entry, though one reaches it.
        public class OrderService
        {
            private readonly IOrders _orders;
            public OrderService(IOrders orders) => _orders = orders;
            public async Task<int> CountAsync() => await _orders.CountAsync();
            public async Task<int> CountAsync(bool deep, CancellationToken stop) => await _orders.CountAsync();
        }

        public class CountController : ControllerBase
        {
            private readonly OrderService _service;
            public CountController(OrderService service) => _service = service;
            [HttpGet] public async Task<int> Get() => await _service.CountAsync();
        }

        // The contract has no token, and nothing else has one.
        public interface ICounter { Task<int> Count(); }

        [Controller]
        public class PlainCounter : ICounter
        {
            private readonly IOrders _orders;
            public PlainCounter(IOrders orders) => _orders = orders;
            public async Task<int> Count() => await _orders.CountAsync();
        }

        public class Stream : ControllerBase
        {
            public async IAsyncEnumerable<int> Get([FromServices] IOrders orders)
            {
                HttpContext = null!;
                yield return await Static(orders);
                static async Task<int> Static(IOrders from) => await from.CountAsync();
            }

            private new HttpContext? HttpContext { get; set; }
        }

        // Start-up.
        public class Starter : IHostedService
        {
            private readonly IOrders _orders;
            public Starter(IOrders orders) => _orders = orders;
            public async Task StartAsync(CancellationToken cancellationToken) => await _orders.CountAsync();
            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Is_quiet_on_contexts_that_pass_their_own_token() => IsQuietOn(WithThreading + Types +
        """
        public class OrderHub : Hub
        {
            public async Task Say(string text) => await Clients.All.SendAsync("said", text);
        }

        public class OrderConsumer : MassTransit.IConsumer<Order>
        {
            public async Task Consume(MassTransit.ConsumeContext<Order> context) => await context.RespondAsync(new Order());
        }

        public class Timing : IPipelineBehavior<GetOrderQuery, Order>
        {
            public async Task<Order> Handle(GetOrderQuery request, CancellationToken cancellationToken, RequestHandlerDelegate<Order> next) => await next();
        }
        """);

    [Fact]
    public Task Is_quiet_where_the_token_may_be_cancelled_from_the_start() => IsQuietOn(WithThreading + Types +
        """
        public class OrderHub : Hub
        {
            private readonly IOrders _orders;
            public OrderHub(IOrders orders) => _orders = orders;
            public override async Task OnDisconnectedAsync(Exception? exception) => await _orders.SaveAsync(new Order());
        }

        public class FailureFilter : IAsyncExceptionFilter
        {
            private readonly IOrders _orders;
            public FailureFilter(IOrders orders) => _orders = orders;
            public async Task OnExceptionAsync(ExceptionContext context) => await _orders.SaveAsync(new Order());
        }

        public class FailureHandler : Microsoft.AspNetCore.Diagnostics.IExceptionHandler
        {
            private readonly IOrders _orders;
            public FailureHandler(IOrders orders) => _orders = orders;

            public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
            {
                await _orders.SaveAsync(new Order());
                return false;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_a_worker_that_would_spin() => IsQuietOn(WithThreading + Types +
        """
        public class OrderWorker : BackgroundService
        {
            private readonly IOrders _orders;
            public OrderWorker(IOrders orders) => _orders = orders;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    try
                    {
                        await Task.Delay(1000);
                        await _orders.CountAsync();
                    }
                    catch (Exception e)
                    {
                        Console.WriteLine(e);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Leaves_what_the_user_says_must_finish() => IsQuietOn(
        Controller("public async Task<int> Post() => await _db.SaveChangesAsync(); public async Task Put(Order o) => await _orders.NotifyAsync(o);"),
        test => Set(test, "perf_analyzers.must_finish = Save*, Notify"));

    [Fact]
    public Task Reports_what_the_user_takes_off_the_list() => Flags(
        Controller("public async Task Post(Order o) => await _orders.[|PublishAsync|](o);"),
        test => Set(test, "perf_analyzers.PERF112.must_finish = Commit*"));

    [Fact]
    public Task Is_quiet_on_excluded_methods() => IsQuietOn(
        Controller("public async Task<int> Get() => await _orders.CountAsync();"),
        test => Set(test, "perf_analyzers.excluded_symbols = IOrders.CountAsync"));

    [Fact]
    public Task Is_quiet_on_code_being_typed() => IsQuietOn(Controller(
        "public async Task<Order> Get(int id) => await _orders.{|CS1061:GetOneAsync|}(id); public async Task<Order> Post() => await _orders.{|CS7036:GetAsync|}(); public async Task Put() => await {|CS0103:missing|}.CountAsync();"));

    [Fact]
    public Task Is_quiet_without_a_server() => IsQuietOn(
        """
        using System.Threading;
        using System.Threading.Tasks;

        public class Tool
        {
            public async Task Run(CancellationToken stop) => await Task.Delay(10);
        }
        """, test => test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net);
}
