using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>The cancellation token that code at a place can name without a change to any signature.</summary>
internal static class CancellationTokens
{
    /// <summary>
    /// The text that names the token in scope: a parameter, else the request's own
    /// (<c>HttpContext.RequestAborted</c>, <c>Context.ConnectionAborted</c>, <c>context.CancellationToken</c>); null where there is none.
    /// </summary>
    public static string? InScope(SyntaxNode node, SemanticModel model, KnownTypes types, CancellationToken cancel) => InScope(node, true, model, types, cancel);

    /// <summary>As <see cref="InScope(SyntaxNode, SemanticModel, KnownTypes, CancellationToken)"/>, without what the type around has: a token that some parameter gives.</summary>
    public static string? FromParameters(SyntaxNode node, SemanticModel model, KnownTypes types, CancellationToken cancel) => InScope(node, false, model, types, cancel);

    private static string? InScope(SyntaxNode node, bool ofTypeToo, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (types.CancellationToken is not { } token)
            return null;

        for (var function = Functions.Enclosing(node); function is not null; function = Functions.Enclosing(function))
        {
            if (Functions.Symbol(function, model, cancel) is not { } symbol)
                return null;

            if (FromParameters(symbol, token, node, model) is { } name)
                return name;

            // A static local function or lambda cannot capture what lies outside it.
            if (function is CompilationUnitSyntax || symbol is { IsStatic: true, MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
                return null;

            if (symbol.MethodKind is not (MethodKind.AnonymousFunction or MethodKind.LocalFunction))
                return symbol.IsStatic || !ofTypeToo ? null : FromType(symbol.ContainingType, types);
        }

        return null;
    }

    private static string? FromParameters(IMethodSymbol function, INamedTypeSymbol token, SyntaxNode node, SemanticModel model)
    {
        foreach (var parameter in function.Parameters)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.Type, token) && IsVisible(parameter, node, model))
                return parameter.Name;
        }

        foreach (var parameter in function.Parameters)
        {
            if ((TokenMemberOf(parameter.Type, token) ?? TokenBehind(parameter.Type, token)) is { } member && IsVisible(parameter, node, model))
                return $"{parameter.Name}.{member}";
        }

        return null;
    }

    /// <summary>A property of a context parameter: <c>HttpContext.RequestAborted</c>, <c>ConsumeContext.CancellationToken</c>, <c>ServerCallContext.CancellationToken</c>.</summary>
    private static string? TokenMemberOf(ITypeSymbol type, INamedTypeSymbol token) => type.Name switch
    {
        "HttpContext" when HasToken(type, "RequestAborted", token) => "RequestAborted",
        "ConsumeContext" or "ServerCallContext" or "ConnectionContext" or "IJobExecutionContext" or "FunctionContext" or "IMessageHandlerContext" or "JobContext" when HasToken(type, "CancellationToken", token) => "CancellationToken",
        _ => null,
    };

    /// <summary>The request's token behind the context of a filter, a model binder or a result: <c>context.HttpContext.RequestAborted</c>.</summary>
    private static string? TokenBehind(ITypeSymbol type, INamedTypeSymbol token)
    {
        if (!type.Name.EndsWith("Context", System.StringComparison.Ordinal))
            return null;

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers("HttpContext"))
            {
                if (member is IPropertySymbol property && TokenMemberOf(property.Type, token) is { } ofRequest)
                    return $"HttpContext.{ofRequest}";
            }
        }

        return null;
    }

    private static string? FromType(INamedTypeSymbol type, KnownTypes types)
    {
        if (types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.ControllerBase") || types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel")
            || types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.ViewComponent"))
        {
            return "HttpContext.RequestAborted";
        }

        return types.IsOrInherits(type, "Microsoft.AspNetCore.SignalR.Hub") ? "Context.ConnectionAborted" : null;
    }

    private static bool HasToken(ITypeSymbol type, string name, INamedTypeSymbol token)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IPropertySymbol property && SymbolEqualityComparer.Default.Equals(property.Type, token))
                    return true;
            }
        }

        foreach (var inherited in type.AllInterfaces)
        {
            foreach (var member in inherited.GetMembers(name))
            {
                if (member is IPropertySymbol property && SymbolEqualityComparer.Default.Equals(property.Type, token))
                    return true;
            }
        }

        return false;
    }

    private static bool IsVisible(IParameterSymbol parameter, SyntaxNode node, SemanticModel model)
    {
        foreach (var symbol in model.LookupSymbols(node.SpanStart, name: parameter.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, parameter))
                return true;
        }

        return false;
    }
}
