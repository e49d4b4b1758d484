namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>Where requests and messages come in: controllers, endpoints, message handlers, workers.</summary>
internal static class WebFiles
{
    public static IEnumerable<(string Path, string Text)> Write(Feature feature)
    {
        yield return ($"{feature.Name}Controller.cs", Controller(feature).ToString());
        yield return ($"{feature.Name}Endpoints.cs", Endpoints(feature).ToString());
        yield return ($"{feature.Name}Messages.cs", Messages(feature).ToString());
        yield return ($"{feature.Name}Worker.cs", Worker(feature).ToString());
    }

    private static CodeWriter Controller(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line("using MediatR;");
        code.Line("using Microsoft.AspNetCore.Mvc;");
        code.Line();
        code.Line($"[Route(\"api/{feature.Module.ToLowerInvariant()}/{name.ToLowerInvariant()}\")]");
        code.Open($"public sealed class {name}Controller(I{name}Service service, IMediator mediator, ILogger<{name}Controller> logger) : ApiController");
        code.Block($$"""
            private readonly ILogger _logger = logger;

            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id, CancellationToken cancel) =>
                await service.FindAsync(id, cancel) is { } item ? Ok(item.ToDto()) : Missing(id);

            [HttpGet]
            public async Task<ActionResult<List<{{name}}Dto>>> Search([FromQuery] string text, [FromQuery] int page, CancellationToken cancel)
            {
                var items = await service.SearchAsync(text, page, cancel);
                return items.ToDtos();
            }

            [HttpPost]
            public async Task<IActionResult> Create({{name}}Dto dto, CancellationToken cancel)
            {
                if (Problems(dto).Count > 0)
                    return BadRequest(Problems(dto));

                var id = await mediator.Send(new Create{{name}}(dto), cancel);
                return Accepted(id);
            }

            [HttpGet("{id}/price")]
            public string Price(int id, int count) => service.Price(id, count).Text();

            """);
        code.Line("[HttpPost(\"{id}/ship\")]");
        code.Open("public async Task<IActionResult> Ship(int id, CancellationToken cancel)");
        body.Write("i:id", random.Next(4, 10), new Callee("Steps({i})", 's'));
        code.Line("await service.ShipAsync(id, cancel);");
        code.Line($"await mediator.Publish(new {name}Shipped(id), cancel);");
        code.Line("return NoContent();");
        code.Close();
        code.Line();
        code.Line("[HttpGet(\"by-number/{number}\")]");
        code.Open("public IActionResult ByNumber(string number)");
        body.Write("s:number", random.Next(4, 10));
        code.Line("var item = service.ByNumber(number);");
        code.Line("return item is null ? NotFound() : Ok(item.ToDto());");
        code.Close();
        code.Line();
        code.Open($"private List<string> Problems({name}Dto dto)");
        code.Line("var problems = new List<string>();");
        body.Write("i:dto.Id s:dto.Number", random.Next(4, 10));
        code.Line("return problems;");
        code.Close();
        code.Line();
        code.Open("private string Steps(int id)");
        body.Write("i:id", random.Next(4, 10));
        code.Line($"return {body.Result('s')};");
        code.Close();
        code.Line();
        code.Line("private string OldSteps(int id) => Steps(id);");
        code.Close();
        return code;
    }

    private static CodeWriter Endpoints(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line("using Microsoft.AspNetCore.Builder;");
        code.Line("using Microsoft.AspNetCore.Http;");
        code.Line("using Microsoft.AspNetCore.Routing;");
        code.Line();
        code.Open($"public static class {name}Endpoints");
        code.Open($"public static IEndpointRouteBuilder Map{name}s(this IEndpointRouteBuilder routes)");
        code.Block($$"""
            var group = routes.MapGroup("/{{name.ToLowerInvariant()}}s").WithTags("{{name}}");
            group.MapGet("/{id}", async (int id, I{{name}}Service service, CancellationToken cancel) =>
            {
                var item = await service.FindAsync(id, cancel);
                return item is null ? Results.NotFound() : Results.Ok(Show(item));
            });
            group.MapGet("/", (I{{name}}Service service, string number) => Results.Ok(service.Price(number).Text()));
            group.MapPost("/", Create).AddEndpointFilter(async (context, next) =>
            {
                Note(context.HttpContext.Request.Path);
                return await next(context);
            });
            group.MapDelete("/{number}", Remove);
            return routes;
            """);
        code.Close();
        code.Line();
        code.Block($$"""
            private static async Task<IResult> Create({{name}}Dto dto, I{{name}}Service service, CancellationToken cancel)
            {
                var id = await service.CreateAsync(dto, cancel);
                return Results.Created($"/{id}", id);
            }

            private static IResult Remove(string number, I{{name}}Repository items)
            {
                if (items.ByNumber(number) is not { } item)
                    return Results.NotFound();

                items.Archive(item);
                return Results.NoContent();
            }

            private static string Show({{name}} item) => item.Describe() + Mark(item.Stage);

            private static string Mark(int stage) => stage > 2 ? "*" : "";

            private static string Mark(string stage) => stage + "?";

            private static void Note(PathString path) => Interlocked.Add(ref s_noted, path.Value?.Length ?? 0);

            private static int s_noted;

            """);
        code.Open("private static int Unused(string number, ILogger _logger)");
        body.Write("s:number", random.Next(3, 8));
        code.Line($"return {body.Result('i')};");
        code.Close();
        code.Close();
        return code;
    }

    private static CodeWriter Messages(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line("using MediatR;");
        code.Line();
        code.Line($"public sealed record Create{name}({name}Dto Dto) : IRequest<int>;");
        code.Line();
        code.Line($"public sealed record {name}Shipped(int Id) : INotification;");
        code.Line();
        code.Open($"public sealed class Create{name}Handler(I{name}Service service, ILogger<Create{name}Handler> logger) : IRequestHandler<Create{name}, int>");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        code.Open($"public async Task<int> Handle(Create{name} request, CancellationToken cancellationToken)");
        body.Write("i:request.Dto.Id s:request.Dto.Number", random.Next(3, 8), new Callee("Validate({s}, {i})"));
        code.Line("return await service.CreateAsync(request.Dto, cancellationToken);");
        code.Close();
        code.Line();
        code.Open("private void Validate(string number, int id)");
        body.Write("s:number i:id", random.Next(3, 9));
        code.Close();
        code.Close();
        code.Line();
        code.Open($"public sealed class {name}ShippedHandler({name}Report report, I{name}Repository items, ILogger<{name}ShippedHandler> logger) : INotificationHandler<{name}Shipped>");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        code.Open($"public async Task Handle({name}Shipped notification, CancellationToken cancellationToken)");
        code.Line("var item = await items.FindAsync(notification.Id, cancellationToken);");
        code.Line("if (item is null)");
        code.Line("    return;");
        code.Line();
        body.Write("i:notification.Id", random.Next(3, 8), new Callee("report.Write(item, {i})", 's'), new Callee("Mail({s})"));
        code.Close();
        code.Line();
        code.Open("private void Mail(string text)");
        body.Write("s:text", random.Next(3, 8));
        code.Close();
        code.Close();
        return code;
    }

    private static CodeWriter Worker(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line("using Microsoft.Extensions.DependencyInjection;");
        code.Line("using Microsoft.Extensions.Hosting;");
        code.Line();
        code.Open($"public sealed class {name}Worker(IServiceScopeFactory scopes, ILogger<{name}Worker> logger) : BackgroundService");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        code.Open("public override async Task StartAsync(CancellationToken cancellationToken)");
        code.Line("Prepare(\"worker\", 3);");
        code.Line("await base.StartAsync(cancellationToken);");
        code.Close();
        code.Line();
        code.Open("protected override async Task ExecuteAsync(CancellationToken stoppingToken)");
        code.Open("while (!stoppingToken.IsCancellationRequested)");
        code.Line("await using var scope = scopes.CreateAsyncScope();");
        code.Line($"var service = scope.ServiceProvider.GetRequiredService<I{name}Service>();");
        code.Line("foreach (var item in await service.SearchAsync(\"\", 0, stoppingToken))");
        code.Line("    Sweep(item);");
        code.Line();
        code.Line("await Task.Delay(TimeSpan.FromMinutes(5), stoppingToken);");
        code.Close();
        code.Close();
        code.Line();
        code.Open($"private void Sweep({name} item)");
        body.Write("i:item.Stage s:item.Number", random.Next(3, 9), new Callee("item.Reopen()"));
        code.Close();
        code.Line();
        code.Open("private void Prepare(string name, int retries)");
        body.Write("s:name i:retries", random.Next(3, 9));
        code.Close();
        code.Close();
        return code;
    }
}
