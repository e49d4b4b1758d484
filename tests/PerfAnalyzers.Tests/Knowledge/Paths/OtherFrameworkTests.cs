namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>Frameworks whose packages the tests do not have, by declarations of their public shape.</summary>
public sealed class OtherFrameworkTests : PathTests
{
    [Fact]
    public void Grpc_services_and_interceptors() => Check(
        """
        namespace Grpc.Core
        {
            public abstract class ServerCallContext { }
            namespace Interceptors { public abstract class Interceptor { public virtual Task<R> UnaryServerHandler<Q, R>(Q request, ServerCallContext context, Func<Q, ServerCallContext, Task<R>> next) => next(request, context); } }
        }

        namespace Shop
        {
            using Grpc.Core;

            public static class Greeter { public abstract class GreeterBase { public virtual Task<string> Hello(string name, ServerCallContext context) => Task.FromResult(name); } }
            public class GreeterService : Greeter.GreeterBase
            {
                public override Task<string> Hello(string name, ServerCallContext context) { /*= Request: GreeterService.Hello */ return Task.FromResult(name); }
                public Task<string> Other(string name) { /*= Unknown */ return Task.FromResult(name); }
            }

            public class Logged : Grpc.Core.Interceptors.Interceptor
            {
                public override Task<R> UnaryServerHandler<Q, R>(Q request, ServerCallContext context, Func<Q, ServerCallContext, Task<R>> next) { /*= Request: Logged.UnaryServerHandler */ return next(request, context); }
            }
        }
        """);

    [Fact]
    public void Jobs() => Check(
        """
        using Hangfire;
        using Quartz;

        namespace Quartz { public interface IJobExecutionContext; public interface IJob { Task Execute(IJobExecutionContext context); } }
        namespace Coravel.Invocable { public interface IInvocable { Task Invoke(); } }
        namespace Hangfire
        {
            public static class BackgroundJob { public static string Enqueue(System.Linq.Expressions.Expression<Action> job) => ""; public static string Enqueue<T>(System.Linq.Expressions.Expression<Action<T>> job) => ""; }
            public interface IRecurringJobManager;
            public static class RecurringJobManagerExtensions { public static void AddOrUpdate<T>(this IRecurringJobManager jobs, string id, System.Linq.Expressions.Expression<Action<T>> job, string cron) { } }
        }

        public class Nightly : IJob { public Task Execute(IJobExecutionContext context) { /*= Request: Nightly.Execute */ return Task.CompletedTask; } }
        public class Sweep : Coravel.Invocable.IInvocable { public Task Invoke() { /*= Request: Sweep.Invoke */ return Task.CompletedTask; } }
        public class Mails { public void Send() { /*= Request: Enqueue lambda → Mails.Send */ } public void Clean() { /*= Request: AddOrUpdate lambda → Mails.Clean */ } }
        public static class Jobs
        {
            public static void Start(IRecurringJobManager jobs)
            {
                BackgroundJob.Enqueue<Mails>(mails => mails.Send());
                jobs.AddOrUpdate<Mails>("clean", mails => mails.Clean(), "0 0 * * *");
            }
        }
        """);

    [Fact]
    public void Functions_and_lambdas_of_clouds() => Check(
        """
        using Amazon.Lambda.Core;
        using Microsoft.Azure.Functions.Worker;

        namespace Microsoft.Azure.Functions.Worker { public class FunctionAttribute(string name) : Attribute { public string Name => name; } }
        namespace Amazon.Lambda.Core { public interface ILambdaContext; }

        public class Orders
        {
            [Function("orders")]
            public string Run(string body) { /*= Request: Orders.Run */ return body; }
            public string Helper(string body) { /*= Unknown */ return body; }
        }

        public class Handler { public string Handle(string body, ILambdaContext context) { /*= Request: Handler.Handle */ return body; } }
        """);

    [Fact]
    public void Endpoint_and_service_libraries() => Check(
        """
        using System.ServiceModel;
        using HotChocolate.Types;

        namespace Carter { public interface ICarterModule { void AddRoutes(IEndpointRouteBuilder app); } }
        namespace FastEndpoints { public abstract class BaseEndpoint; public abstract class Endpoint<T> : BaseEndpoint { public virtual Task HandleAsync(T request, CancellationToken cancel) => Task.CompletedTask; } }
        namespace HotChocolate.Types { public class QueryTypeAttribute : Attribute; }
        namespace Orleans { public interface IGrain; public abstract class Grain; }
        namespace System.ServiceModel { public class ServiceContractAttribute : Attribute; }

        public class Routes : Carter.ICarterModule
        {
            public void AddRoutes(IEndpointRouteBuilder app) { /*= Cold: Routes.AddRoutes */ app.MapGet("/carter", () => { /*= Request: GET /carter */ }); }
        }

        public class Create : FastEndpoints.Endpoint<string>
        {
            public override Task HandleAsync(string request, CancellationToken cancel) { /*= Request: Create.HandleAsync */ return Task.CompletedTask; }
        }

        [QueryType] public class Query { public string Book() { /*= Request: Query.Book */ return ""; } }
        public interface ICounter : Orleans.IGrain { Task Add(); }
        public class Counter : Orleans.Grain, ICounter { public Task Add() { /*= Request: Counter.Add */ return Task.CompletedTask; } }
        [ServiceContract] public interface IBank { void Pay(); }
        public class Bank : IBank { public void Pay() { /*= Request: Bank.Pay */ } private void Inner() { /*= Unknown */ } }
        """);

    [Fact]
    public void Message_buses() => Check(
        """
        namespace NServiceBus { public interface IMessageHandlerContext; public interface IHandleMessages<T> { Task Handle(T message, IMessageHandlerContext context); } }
        namespace Rebus.Handlers { public interface IHandleMessages<T> { Task Handle(T message); } }
        namespace Wolverine { public interface IWolverineHandler; }
        namespace DotNetCore.CAP { public class CapSubscribeAttribute(string name) : Attribute { public string Name => name; } }

        public class N : NServiceBus.IHandleMessages<string> { public Task Handle(string message, NServiceBus.IMessageHandlerContext context) { /*= Request: N.Handle */ return Task.CompletedTask; } }
        public class R : Rebus.Handlers.IHandleMessages<string> { public Task Handle(string message) { /*= Request: R.Handle */ return Task.CompletedTask; } }
        public class W : Wolverine.IWolverineHandler { public void Handle(string message) { /*= Request: W.Handle */ } }
        public class C { [DotNetCore.CAP.CapSubscribe("x")] public void On(string message) { /*= Request: C.On */ } }
        """);

    [Fact]
    public void Benchmarks_are_cold() => Check(
        """
        using BenchmarkDotNet.Attributes;

        namespace BenchmarkDotNet.Attributes { public class BenchmarkAttribute : Attribute; public class GlobalSetupAttribute : Attribute; }

        public class Bench
        {
            [GlobalSetup] public void Setup() { /*= Cold: Bench.Setup */ }
            [Benchmark] public void Run() { /*= Cold: Bench.Run */ Step(); }
            private void Step() { /*= Cold: Bench.Run → Bench.Step */ }
        }
        """);
}
