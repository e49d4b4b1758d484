using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>What happens to a delegate that is given to a call of a well-known name.</summary>
internal static class Handlers
{
    private static readonly Dictionary<string, string> s_verbs = new()
    {
        ["MapGet"] = "GET",
        ["MapPost"] = "POST",
        ["MapPut"] = "PUT",
        ["MapDelete"] = "DELETE",
        ["MapPatch"] = "PATCH",
        ["MapMethods"] = "",
        ["MapFallback"] = "fallback",
        ["Map"] = "",
    };

    private static readonly HashSet<string> s_endpoint =
        ["MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "MapFallback", "AddEndpointFilter", "RequireAssertion"];

    private static readonly HashSet<string> s_scheduled =
        ["Enqueue", "Schedule", "AddOrUpdate", "ContinueJobWith", "AddCheck", "AddAsyncCheck"];

    /// <summary>Calls that run their lambda once, while the host or the pipeline is built, and the builder that they pass to it.</summary>
    private static readonly Dictionary<string, string> s_builders = new()
    {
        ["UseEndpoints"] = "IEndpointRouteBuilder",
        ["UseExceptionHandler"] = "IApplicationBuilder",
        ["UseStatusCodePages"] = "IApplicationBuilder",
        ["Map"] = "IApplicationBuilder",
        ["MapWhen"] = "IApplicationBuilder",
        ["UseWhen"] = "IApplicationBuilder",
        ["Configure"] = "IApplicationBuilder",
        ["ConfigureServices"] = "IServiceCollection",
        ["ConfigureTestServices"] = "IServiceCollection",
        ["ConfigureWebHostDefaults"] = "IWebHostBuilder",
        ["ConfigureWebHost"] = "IWebHostBuilder",
        ["ConfigureAppConfiguration"] = "IConfigurationBuilder",
        ["ConfigureHostConfiguration"] = "IConfigurationBuilder",
        ["ConfigureLogging"] = "ILoggingBuilder",
    };

    private static readonly HashSet<string> s_inPlace = ["Invoke"];

    public static bool RunsPerElement(string name) => PerElementOperators.MayBe(name);

    public static bool RunsInPlace(string name) => RunsPerElement(name) || s_inPlace.Contains(name);

    public static bool IsMap(string name) => s_verbs.ContainsKey(name);

    /// <summary>The builder that a call of this name passes to the lambda, which it runs once, while the host starts.</summary>
    public static string? BuilderGivenBy(string name, AnonymousFunctionExpressionSyntax lambda)
    {
        if (!s_builders.TryGetValue(name, out var builder))
            return null;

        return lambda is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: > 0 } parameters } && parameters[0].Type is { } type && TypeNames.Of(type) != builder ? null : builder;
    }

    /// <summary>Whether a delegate at this place in a call of this name may be called by a framework.</summary>
    public static HandlerKind KindOf(string name, int index, bool isLast)
    {
        if (isLast && s_endpoint.Contains(name))
            return HandlerKind.Endpoint;

        if ((isLast && name is "Map" or "Use" or "Run") || (index == 0 && name is "UseWhen" or "MapWhen"))
            return HandlerKind.Pipeline;

        return s_scheduled.Contains(name) ? HandlerKind.Scheduled : HandlerKind.None;
    }

    /// <summary>Whether the lambda of <c>Map("/path", app => …)</c> builds a branch of the pipeline rather than answer a request.</summary>
    public static bool Configures(string name, AnonymousFunctionExpressionSyntax lambda)
    {
        if (name is not ("Map" or "MapWhen" or "UseWhen"))
            return false;

        var parameter = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } when parameters[0].Type is null or IdentifierNameSyntax { Identifier.ValueText: "IApplicationBuilder" }
                => parameters[0].Identifier.ValueText,
            _ => null,
        };

        if (parameter is null)
            return false;

        foreach (var node in lambda.Body.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax on, Name.Identifier.ValueText: var called } }
                && on.Identifier.ValueText == parameter && (called is "Run" || called.StartsWith("Use", System.StringComparison.Ordinal) || called.StartsWith("Map", System.StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>await Task.Run(…)</c>, or one that is waited for on the spot: the caller goes on only when the delegate is done.</summary>
    public static bool IsWaitedRun(InvocationExpressionSyntax call, string name)
    {
        if (name != "Run" || call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" } })
            return false;

        SyntaxNode? outer = call.Parent;
        while (outer is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "Wait" } or InvocationExpressionSyntax)
        {
            if (outer is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult" or "Wait" })
                return true;

            outer = outer.Parent;
        }

        return outer is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" };
    }

    /// <summary>The route that a <c>Map…</c> call names as text.</summary>
    public static string? RouteOf(InvocationExpressionSyntax call, string name) =>
        (IsMap(name) || name == "MapGroup") && call.ArgumentList.Arguments.Count > 0
        && call.ArgumentList.Arguments[0].Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal
            ? literal.Token.ValueText
            : null;

    public static string Joined(string? prefix, string? route)
    {
        if (route is null)
            return "";

        var joined = (prefix is null ? "" : prefix.TrimEnd('/')) + "/" + route.TrimStart('/');
        return joined.Length > 1 ? joined.TrimEnd('/') : joined;
    }

    /// <summary>What a message calls the lambda: <c>GET /orders/{id}</c>, or <c>MapGet lambda</c> where the route cannot be read.</summary>
    public static string Label(string name, InvocationExpressionSyntax call, string route)
    {
        if (name is "AddCheck" or "AddAsyncCheck")
            return "health check";

        if (route.Length == 0 || !s_verbs.TryGetValue(name, out var verb))
            return name + " lambda";

        if (name == "MapMethods")
            verb = Verbs(call);

        return verb.Length == 0 ? route : verb + " " + route;
    }

    public static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        CastExpressionSyntax { Expression: ParenthesizedExpressionSyntax or AnonymousFunctionExpressionSyntax } cast => Bare(cast.Expression),
        _ => expression,
    };

    private static string Verbs(InvocationExpressionSyntax call)
    {
        var verbs = new List<string>();
        if (call.ArgumentList.Arguments.Count > 2)
        {
            foreach (var token in call.ArgumentList.Arguments[1].DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.StringLiteralToken))
                    verbs.Add(token.ValueText.ToUpperInvariant());
            }
        }

        return string.Join(",", verbs);
    }
}
