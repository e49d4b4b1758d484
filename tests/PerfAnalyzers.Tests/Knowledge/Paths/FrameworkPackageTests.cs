using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>Entries of frameworks outside ASP.NET Core, each against its real package.</summary>
public sealed class FrameworkPackageTests : PathTests
{
    private static void CheckFrameworks(string source) =>
        Check(Compile(OutputKind.DynamicallyLinkedLibrary, source).WithReferences(ReferenceAssemblies.ServerFrameworks.References), Standard);

    [Fact]
    public void Grpc_services_on_generated_bases_and_interceptors() => CheckFrameworks(
        """
        using Grpc.Core;
        using Grpc.Core.Interceptors;

        public static partial class Greeter
        {
            [BindServiceMethod(typeof(Greeter), "BindService")]
            public abstract partial class GreeterBase
            {
                public virtual Task<string> SayHello(string request, ServerCallContext context) => throw new RpcException(new Status(StatusCode.Unimplemented, ""));
                public virtual Task List(string request, IServerStreamWriter<string> stream, ServerCallContext context) => throw new RpcException(new Status(StatusCode.Unimplemented, ""));
            }

            public static void BindService(ServiceBinderBase binder, GreeterBase service) { }
        }

        public class GreeterService : Greeter.GreeterBase
        {
            public override Task<string> SayHello(string request, ServerCallContext context) { /*= Request: GreeterService.SayHello */ return Task.FromResult(Load(request)); }
            public override async Task List(string request, IServerStreamWriter<string> stream, ServerCallContext context) { /*= Request: GreeterService.List */ await stream.WriteAsync(request); }
            private static string Load(string name) { /*= Request: GreeterService.SayHello → GreeterService.Load */ return name; }
            public Task Other(string name) { /*= Unknown */ return Task.CompletedTask; }
        }

        public class Logged : Interceptor
        {
            public override Task<R> UnaryServerHandler<Q, R>(Q request, ServerCallContext context, UnaryServerMethod<Q, R> next) { /*= Request: Logged.UnaryServerHandler */ return next(request, context); }
        }
        """);

    [Fact]
    public void Azure_functions() => CheckFrameworks(
        """
        using Microsoft.Azure.Functions.Worker;

        public class Orders
        {
            [Function("orders")]
            public string Run(string body, FunctionContext context) { /*= Request: Orders.Run */ return Helper(body); }

            [Function(nameof(Nightly))]
            public static async Task Nightly() { /*= Request: Orders.Nightly */ await Task.Yield(); }

            private string Helper(string body) { /*= Request: Orders.Run → Orders.Helper */ return body; }
            public string NotAFunction(string body) { /*= Unknown */ return body; }
        }

        public class Guard : Microsoft.Azure.Functions.Worker.Middleware.IFunctionsWorkerMiddleware
        {
            public Task Invoke(FunctionContext context, Microsoft.Azure.Functions.Worker.Middleware.FunctionExecutionDelegate next) { /*= Request: Guard.Invoke */ return next(context); }
        }
        """);

    [Fact]
    public void Quartz_jobs() => CheckFrameworks(
        """
        using Quartz;

        [DisallowConcurrentExecution]
        public class Nightly : IJob
        {
            public ValueTask Execute(IJobExecutionContext context, CancellationToken cancel) { /*= Request: Nightly.Execute */ Sweep(); return default; }
            private void Sweep() { /*= Request: Nightly.Execute → Nightly.Sweep */ }
            public void NotCalled() { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Hangfire_jobs() => CheckFrameworks(
        """
        using Hangfire;

        public class Mails
        {
            public void Send(int id) { /*= Request: Enqueue lambda → Mails.Send */ }
            public void Clean() { /*= Request: AddOrUpdate lambda → Mails.Clean */ }
            public void Later() { /*= Request: Schedule lambda → Mails.Later */ }
            public void Never() { /*= Unknown */ }
        }

        public class Jobs(IBackgroundJobClient client)
        {
            public void Start()
            {
                BackgroundJob.Enqueue<Mails>(mails => mails.Send(1));
                client.Schedule<Mails>(mails => mails.Later(), TimeSpan.FromHours(1));
                RecurringJob.AddOrUpdate<Mails>("clean", mails => mails.Clean(), "0 0 * * *");
            }
        }
        """);

    [Fact]
    public void Carter_modules() => CheckFrameworks(
        """
        using Carter;

        public class Routes : ICarterModule
        {
            public void AddRoutes(IEndpointRouteBuilder app)
            {
                /*= Cold: Routes.AddRoutes */ app.MapGet("/carter/{id}", (int id) => { /*= Request: GET /carter/{id} */ return Load(id); });
            }

            private static int Load(int id) { /*= Request: GET /carter/{id} → Routes.Load */ return id; }
        }

        public class Grouped : CarterModule
        {
            public Grouped() : base("/api") { }
            public override void AddRoutes(IEndpointRouteBuilder app) { /*= Cold: Grouped.AddRoutes */ app.MapPost("/x", Add); }
            private static void Add() { /*= Request: Grouped.Add */ }
        }
        """);

    [Fact]
    public void FastEndpoints() => CheckFrameworks(
        """
        using FastEndpoints;

        public record Order(int Id);

        public class Create : Endpoint<Order, int>
        {
            public override async Task HandleAsync(Order request, CancellationToken cancel) { /*= Request: Create.HandleAsync */ await Task.Yield(); Load(); }
            private void Load() { /*= Request: Create.HandleAsync → Create.Load */ }
        }

        public class Ping : EndpointWithoutRequest
        {
            public override Task HandleAsync(CancellationToken cancel) { /*= Request: Ping.HandleAsync */ return Task.CompletedTask; }
            public void Other() { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Orleans_grains() => CheckFrameworks(
        """
        using Orleans;

        public interface ICounter : IGrainWithStringKey { Task Add(); }
        public class Counter : Grain, ICounter
        {
            public Task Add() { /*= Request: Counter.Add */ return Task.CompletedTask; }
            private void Inner() { /*= Unknown */ }
        }
        """);

    [Fact]
    public void Rebus_Wolverine_and_CAP() => CheckFrameworks(
        """
        public record Placed(int Id);
        public class ByRebus : Rebus.Handlers.IHandleMessages<Placed> { public Task Handle(Placed message) { /*= Request: ByRebus.Handle */ return Task.CompletedTask; } }
        public class ByWolverine : Wolverine.IWolverineHandler { public void Handle(Placed message) { /*= Request: ByWolverine.Handle */ } }
        public class ByCap { [DotNetCore.CAP.CapSubscribe("placed")] public void On(Placed message) { /*= Request: ByCap.On */ } public void Off(Placed message) { /*= Unknown */ } }
        """);

    [Fact]
    public void Coravel_and_Mediator() => CheckFrameworks(
        """
        public class Sweep : Coravel.Invocable.IInvocable { public Task Invoke() { /*= Request: Sweep.Invoke */ return Task.CompletedTask; } }
        public record Find(int Id) : Mediator.IRequest<int>;
        public class FindHandler : Mediator.IRequestHandler<Find, int>
        {
            public ValueTask<int> Handle(Find request, CancellationToken cancel) { /*= Request: FindHandler.Handle */ return new(request.Id); }
        }
        """);
}
