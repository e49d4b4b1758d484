using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// What frameworks call for a request or a message, and what they call once: by the metadata name of a base type, an
/// interface or an attribute, and the names of the methods. <c>*</c> stands for every public method; a name may end in <c>*</c>.
/// </summary>
internal static class EntryKinds
{
    /// <summary>Types whose methods are entries. A <c>+</c> in front: such a type is made anew for every request, its constructor runs there too.</summary>
    private static readonly (string Types, string Methods)[] s_entries =
    [
        // ASP.NET Core MVC, Razor and Blazor
        ("+Microsoft.AspNetCore.Mvc.ControllerBase +@Microsoft.AspNetCore.Mvc.ControllerAttribute +@Microsoft.AspNetCore.Mvc.ApiControllerAttribute", "*"),
        ("+System.Web.Mvc.ControllerBase +System.Web.Http.ApiController", "*"),
        ("+Microsoft.AspNetCore.Mvc.RazorPages.PageModel +@Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageModelAttribute", "OnGet* OnPost* OnPut* OnDelete* OnPatch* OnHead* OnOptions* OnPageHandler*"),
        ("+Microsoft.AspNetCore.Mvc.ViewComponent +@Microsoft.AspNetCore.Mvc.ViewComponentAttribute", "Invoke InvokeAsync"),
        ("Microsoft.AspNetCore.Mvc.Razor.RazorPageBase", "ExecuteAsync"),
        ("Microsoft.AspNetCore.Razor.TagHelpers.ITagHelper", "Process ProcessAsync Init"),
        ("Microsoft.AspNetCore.Components.IComponent", "OnInitialized* OnParametersSet* OnAfterRender* SetParametersAsync ShouldRender BuildRenderTree"),

        // Filters, handlers and middleware
        ("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata", "OnAction* OnAuthorization* OnException* OnResult* OnResource* OnPageHandler*"),
        ("Microsoft.AspNetCore.Http.IEndpointFilter Microsoft.AspNetCore.Http.IMiddleware", "InvokeAsync"),
        ("Microsoft.Azure.Functions.Worker.Middleware.IFunctionsWorkerMiddleware", "Invoke"),
        ("Microsoft.AspNetCore.SignalR.IHubFilter", "InvokeMethodAsync OnConnectedAsync OnDisconnectedAsync"),
        ("Microsoft.AspNetCore.Authorization.IAuthorizationHandler", "HandleAsync HandleRequirementAsync"),
        ("Microsoft.AspNetCore.Authorization.IAuthorizationPolicyProvider", "GetPolicyAsync GetDefaultPolicyAsync GetFallbackPolicyAsync"),
        ("Microsoft.AspNetCore.Authentication.IAuthenticationHandler", "HandleAuthenticate* HandleChallenge* HandleForbidden* HandleSign* HandleRequestAsync AuthenticateAsync ChallengeAsync ForbidAsync"),
        ("Microsoft.AspNetCore.Authentication.IClaimsTransformation", "TransformAsync"),
        ("Microsoft.AspNetCore.Diagnostics.IExceptionHandler", "TryHandleAsync"),
        ("Microsoft.AspNetCore.Mvc.ModelBinding.IModelBinder", "BindModelAsync"),
        ("Microsoft.AspNetCore.Mvc.IActionResult", "ExecuteResult ExecuteResultAsync"),
        ("Microsoft.AspNetCore.Http.IResult", "ExecuteAsync"),
        ("Microsoft.AspNetCore.Mvc.Formatters.IInputFormatter Microsoft.AspNetCore.Mvc.Formatters.IOutputFormatter", "ReadAsync ReadRequestBodyAsync WriteAsync WriteResponseBodyAsync"),
        ("System.Web.IHttpHandler", "ProcessRequest"),
        ("System.Web.IHttpAsyncHandler System.Web.HttpTaskAsyncHandler", "ProcessRequestAsync BeginProcessRequest"),

        // Remote calls
        ("+Microsoft.AspNetCore.SignalR.Hub +Microsoft.AspNet.SignalR.Hub", "*"),
        ("Grpc.Core.Interceptors.Interceptor", "UnaryServerHandler ServerStreamingServerHandler ClientStreamingServerHandler DuplexStreamingServerHandler"),
        ("@System.ServiceModel.ServiceContractAttribute @CoreWCF.ServiceContractAttribute", "*"),
        ("ServiceStack.Service", "Any* Get* Post* Put* Delete* Patch*"),
        ("@HotChocolate.Types.QueryTypeAttribute @HotChocolate.Types.MutationTypeAttribute @HotChocolate.Types.SubscriptionTypeAttribute @HotChocolate.Types.ExtendObjectTypeAttribute @HotChocolate.Types.ObjectTypeAttribute", "*"),
        ("Orleans.Grain Orleans.IGrainBase Orleans.IGrain", "*"),
        ("+FastEndpoints.BaseEndpoint +FastEndpoints.Endpoint`1 +FastEndpoints.Endpoint`2 +FastEndpoints.Endpoint`3 +FastEndpoints.EndpointWithoutRequest +FastEndpoints.EndpointWithoutRequest`1", "HandleAsync ExecuteAsync"),
        ("FastEndpoints.ICommandHandler`1 FastEndpoints.ICommandHandler`2", "ExecuteAsync"),
        ("FastEndpoints.IEventHandler`1", "HandleAsync"),

        // Messages
        ("+MediatR.IRequestHandler`1 +MediatR.IRequestHandler`2 +MediatR.IStreamRequestHandler`2 +MediatR.INotificationHandler`1 +MediatR.IPipelineBehavior`2 +MediatR.IStreamPipelineBehavior`2 MediatR.RequestHandler`1 MediatR.RequestHandler`2", "Handle"),
        ("MediatR.Pipeline.IRequestPreProcessor`1 MediatR.Pipeline.IRequestPostProcessor`2", "Process"),
        ("MediatR.Pipeline.IRequestExceptionHandler`2 MediatR.Pipeline.IRequestExceptionHandler`3", "Handle"),
        ("Mediator.IRequestHandler`1 Mediator.IRequestHandler`2 Mediator.ICommandHandler`1 Mediator.ICommandHandler`2 Mediator.IQueryHandler`2 Mediator.INotificationHandler`1 Mediator.IPipelineBehavior`2", "Handle"),
        ("+MassTransit.IConsumer`1 MassTransit.IMessageConsumer`1", "Consume"),
        ("MassTransit.IJobConsumer`1", "Run"),
        ("NServiceBus.IHandleMessages`1 Rebus.Handlers.IHandleMessages`1", "Handle"),
        ("Wolverine.IWolverineHandler @Wolverine.Attributes.WolverineHandlerAttribute", "Handle* Consume*"),
        ("EasyNetQ.AutoSubscribe.IConsume`1 EasyNetQ.AutoSubscribe.IConsumeAsync`1", "Consume ConsumeAsync"),
        ("KafkaFlow.IMessageHandler`1", "Handle"),

        // Work that the host runs
        ("Microsoft.Extensions.Hosting.BackgroundService", "ExecuteAsync"),
        ("Quartz.IJob", "Execute"),
        ("Coravel.Invocable.IInvocable", "Invoke"),
        ("Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck", "CheckHealthAsync"),
    ];

    private static readonly (string Types, string Methods)[] s_cold =
    [
        ("Microsoft.Extensions.Hosting.IHostedService", "StartAsync StopAsync"),
        ("Microsoft.Extensions.Hosting.IHostedLifecycleService", "StartingAsync StartedAsync StoppingAsync StoppedAsync"),
        ("Microsoft.AspNetCore.Hosting.IStartupFilter Microsoft.AspNetCore.Hosting.IHostingStartup Microsoft.AspNetCore.Hosting.IStartup", "Configure ConfigureServices"),
        ("Microsoft.EntityFrameworkCore.Design.IDesignTimeDbContextFactory`1 System.Data.Entity.Infrastructure.IDbContextFactory`1", "CreateDbContext Create"),
        ("Microsoft.EntityFrameworkCore.Migrations.Migration", "Up Down BuildTargetModel"),
        ("Microsoft.EntityFrameworkCore.Infrastructure.ModelSnapshot", "BuildModel"),
        ("FluentMigrator.MigrationBase FluentMigrator.IMigration System.Data.Entity.Migrations.DbMigration", "Up Down"),
        ("Microsoft.EntityFrameworkCore.DbContext System.Data.Entity.DbContext", "OnModelCreating ConfigureConventions"),
        ("Microsoft.EntityFrameworkCore.IEntityTypeConfiguration`1", "Configure"),
        ("Microsoft.Extensions.Options.IValidateOptions`1", "Validate"),
        ("Carter.ICarterModule", "AddRoutes"),
        ("Autofac.Module", "Load"),
        ("System.Web.HttpApplication", "Application_Start Application_End"),
    ];

    private static readonly string[] s_entryAttributes =
    [
        "Microsoft.Azure.Functions.Worker.FunctionAttribute", "Microsoft.Azure.WebJobs.FunctionNameAttribute", "Amazon.Lambda.Annotations.LambdaFunctionAttribute",
        "DotNetCore.CAP.CapSubscribeAttribute", "Dapr.TopicAttribute", "Wolverine.Attributes.WolverineHandlerAttribute", "Wolverine.Http.WolverineGetAttribute", "Wolverine.Http.WolverinePostAttribute",
        "Microsoft.JSInterop.JSInvokableAttribute", "System.Web.Services.WebMethodAttribute",
    ];

    private static readonly string[] s_coldAttributes =
    [
        "BenchmarkDotNet.Attributes.BenchmarkAttribute", "BenchmarkDotNet.Attributes.GlobalSetupAttribute", "BenchmarkDotNet.Attributes.GlobalCleanupAttribute",
        "BenchmarkDotNet.Attributes.IterationSetupAttribute", "BenchmarkDotNet.Attributes.IterationCleanupAttribute",
        "Xunit.FactAttribute", "Xunit.TheoryAttribute", "NUnit.Framework.TestAttribute", "NUnit.Framework.TestCaseAttribute", "NUnit.Framework.SetUpAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", "TUnit.Core.TestAttribute",
        "System.Runtime.CompilerServices.ModuleInitializerAttribute",
    ];

    /// <summary>What a method takes when it registers services or builds the pipeline: it runs while the host starts.</summary>
    private static readonly HashSet<string> s_builders =
    [
        "IServiceCollection", "IApplicationBuilder", "WebApplication", "WebApplicationBuilder", "IHostBuilder", "IHostApplicationBuilder", "HostApplicationBuilder", "IWebHostBuilder",
        "IEndpointRouteBuilder", "RouteGroupBuilder", "IMvcBuilder", "IMvcCoreBuilder", "ILoggingBuilder", "IConfigurationBuilder", "AuthenticationBuilder", "IHealthChecksBuilder",
        "ISignalRServerBuilder", "IRazorPagesBuilder", "IdentityBuilder", "IFunctionsHostBuilder", "IAppBuilder", "ContainerBuilder", "ModelBuilder", "MigrationBuilder",
    ];

    public static Dictionary<string, TypeRule> Types { get; } = Read();

    public static HashSet<string> EntryAttributes { get; } = [.. s_entryAttributes];

    public static HashSet<string> ColdAttributes { get; } = [.. s_coldAttributes];

    /// <summary>Base types of what the host runs by itself, not because a client asks.</summary>
    public static HashSet<string> HostWork { get; } = ["Microsoft.Extensions.Hosting.BackgroundService", "Quartz.IJob", "Coravel.Invocable.IInvocable"];

    public static bool IsBuilder(string type) => s_builders.Contains(type);

    private static Dictionary<string, TypeRule> Read()
    {
        var rules = new Dictionary<string, TypeRule>();
        foreach (var (types, methods) in s_cold)
            Add(types, methods, Reach.Cold);

        foreach (var (types, methods) in s_entries)
            Add(types, methods, Reach.Request);

        return rules;

        void Add(string types, string methods, Reach reach)
        {
            foreach (var type in types.Split(' '))
                rules[type.TrimStart('+')] = new TypeRule(reach, methods.Split(' '), type[0] == '+');
        }
    }
}

/// <summary>Which methods of a type a framework calls, and what that says.</summary>
/// <param name="Reach">What the methods are.</param>
/// <param name="Methods">Their names; <c>*</c> for all public ones.</param>
/// <param name="PerRequest">Whether an object of the type is made for every request.</param>
internal sealed record TypeRule(Reach Reach, string[] Methods, bool PerRequest)
{
    public bool Names(string method, bool isPublic)
    {
        foreach (var name in Methods)
        {
            if (name == "*" ? isPublic : name[name.Length - 1] == '*' ? method.StartsWith(name.Substring(0, name.Length - 1), System.StringComparison.Ordinal) : method == name)
                return true;
        }

        return false;
    }
}
