using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>The functions whose parameters come from an HTTP request and whose result becomes its response: actions and the handlers of minimal APIs.</summary>
internal static class Endpoints
{
    /// <summary>The methods that take a handler.</summary>
    public static readonly ImmutableHashSet<string> MapNames = ImmutableHashSet.Create("MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods");

    /// <summary>Whether the symbol is an action, or a lambda, local function or method that the same file maps as a handler.</summary>
    public static bool Is(ISymbol? function, SemanticModel model, KnownTypes types, CancellationToken cancel) => function is IMethodSymbol method && method.MethodKind switch
    {
        MethodKind.AnonymousFunction => method.DeclaringSyntaxReferences.Length == 1
            && method.DeclaringSyntaxReferences[0].GetSyntax(cancel) is { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument }
            && argument.SyntaxTree == model.SyntaxTree && Maps(call, model, cancel),
        MethodKind.Ordinary or MethodKind.LocalFunction => IsAction(method, types) || IsMapped(method, model, cancel),
        _ => false,
    };

    /// <summary>Whether the method is an action of an MVC or Web API controller.</summary>
    public static bool IsAction(IMethodSymbol method, KnownTypes types)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } || HasAttribute(method, "NonActionAttribute"))
            return false;

        var type = method.ContainingType;
        if (types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.ControllerBase") || types.IsOrInherits(type, "System.Web.Http.ApiController") || types.IsOrInherits(type, "System.Web.Mvc.Controller"))
            return true;

        for (; type is not null; type = type.BaseType)
        {
            if (HasAttribute(type, "ApiControllerAttribute") || HasAttribute(type, "ControllerAttribute"))
                return true;
        }

        return false;
    }

    /// <summary>Whether the syntax leaves open that the method is an action.</summary>
    public static bool MayBeAction(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.PublicKeyword) && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
        && method.Parent is ClassDeclarationSyntax type && (type.BaseList is not null || type.AttributeLists.Count > 0 || type.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether the framework composes on the query that the function returns, as OData and GraphQL do.</summary>
    public static bool ComposesQueries(IMethodSymbol method, KnownTypes types) => HasComposer(method) || HasComposer(method.ContainingType)
        || types.IsOrInherits(method.ContainingType, "Microsoft.AspNetCore.OData.Routing.Controllers.ODataController");

    private static bool HasComposer(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name is "EnableQueryAttribute" or "QueryableAttribute" or "UsePagingAttribute" or "UseOffsetPagingAttribute" or "UseProjectionAttribute" or "UseFilteringAttribute")
                    return true;
            }
        }

        return false;
    }

    /// <summary>The handler that a call maps, where it stands in the same file: a lambda, a local function or a method.</summary>
    public static SyntaxNode? HandlerOf(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, CancellationToken cancel)
    {
        if (method.ContainingType?.Name != "EndpointRouteBuilderExtensions" || call.ArgumentList.Arguments.Count == 0)
            return null;

        var handler = call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression;
        if (handler is AnonymousFunctionExpressionSyntax)
            return handler;

        var info = model.GetSymbolInfo(handler, cancel);
        var symbol = info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null);
        return symbol is IMethodSymbol { DeclaringSyntaxReferences.Length: 1 } named && named.DeclaringSyntaxReferences[0].SyntaxTree == call.SyntaxTree
            ? named.DeclaringSyntaxReferences[0].GetSyntax(cancel)
            : null;
    }

    /// <summary>The first call of the file that maps a method or local function by its name.</summary>
    public static InvocationExpressionSyntax? MappingOf(string function, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in model.SyntaxTree.GetRoot(cancel).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && Calls.NameOf(call) is { } name && MapNames.Contains(name.Identifier.ValueText) && call.ArgumentList.Arguments.Count > 0
                && call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression is var handler and (IdentifierNameSyntax or MemberAccessExpressionSyntax)
                && handler.GetLastToken().ValueText == function && Maps(call, model, cancel))
            {
                return call;
            }
        }

        return null;
    }

    /// <summary>The route template of a mapped handler or the templates of an action, as written.</summary>
    public static string RouteOf(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax { Parent.Parent: ArgumentListSyntax { Arguments.Count: > 1 } arguments } => arguments.Arguments[0].ToString(),
        MethodDeclarationSyntax method => method.AttributeLists.ToString(),
        _ => "",
    };

    /// <summary>The values that a function returns.</summary>
    public static IEnumerable<ExpressionSyntax> Returned(SyntaxNode function)
    {
        var (block, expression) = function switch
        {
            AnonymousFunctionExpressionSyntax lambda => (lambda.Block, lambda.ExpressionBody),
            BaseMethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
            _ => (null, null),
        };

        if (expression is not null)
            yield return expression;

        if (block is null)
            yield break;

        foreach (var node in block.DescendantNodes(static n => n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax))
        {
            if (node is ReturnStatementSyntax { Expression: { } value })
                yield return value;
        }
    }

    /// <summary>The value inside <c>Ok(…)</c>, <c>Results.Ok(…)</c>, <c>Json(…)</c>, <c>new JsonResult(…)</c> and the like; else the expression itself.</summary>
    public static ExpressionSyntax Unwrap(ExpressionSyntax returned, SemanticModel model, CancellationToken cancel)
    {
        while (returned is ParenthesizedExpressionSyntax parenthesized)
            returned = parenthesized.Expression;

        var arguments = returned switch
        {
            InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText is "Ok" or "Json" or "FromResult" => call.ArgumentList,
            BaseObjectCreationExpressionSyntax creation when MayWrap(creation) && model.GetTypeInfo(creation, cancel).Type?.Name is "JsonResult" or "OkObjectResult" or "ObjectResult" => creation.ArgumentList,
            _ => null,
        };

        return arguments is { Arguments.Count: > 0 } ? arguments.Arguments[0].Expression : returned;
    }

    /// <summary>Whether the syntax leaves open that <see cref="Unwrap"/> finds another value inside.</summary>
    public static bool MayWrap(ExpressionSyntax returned) => returned switch
    {
        ParenthesizedExpressionSyntax parenthesized => MayWrap(parenthesized.Expression),
        InvocationExpressionSyntax call => Calls.NameOf(call)?.Identifier.ValueText is "Ok" or "Json" or "FromResult",
        ObjectCreationExpressionSyntax { Type: var type } => type is not IdentifierNameSyntax name || name.Identifier.ValueText is "JsonResult" or "OkObjectResult" or "ObjectResult",
        ImplicitObjectCreationExpressionSyntax => true,
        _ => false,
    };

    private static bool Maps(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel) => Calls.NameOf(call) is { } name
        && MapNames.Contains(name.Identifier.ValueText) && model.GetSymbolInfo(call, cancel).Symbol?.ContainingType?.Name == "EndpointRouteBuilderExtensions";

    private static bool IsMapped(IMethodSymbol method, SemanticModel model, CancellationToken cancel) =>
        method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].SyntaxTree == model.SyntaxTree && MappingOf(method.Name, model, cancel) is not null;

    private static bool HasAttribute(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == name)
                return true;
        }

        return false;
    }
}
