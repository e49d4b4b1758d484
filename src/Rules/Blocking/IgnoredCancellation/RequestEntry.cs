using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A function that a framework may call for a request, as it stands around a call.</summary>
/// <param name="Function">The method, local function or lambda.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="CanReach">Whether the call can name a parameter of the function: no static function lies between.</param>
internal sealed record RequestEntry(SyntaxNode Function, IMethodSymbol Symbol, bool CanReach)
{
    /// <summary>
    /// The function that a framework calls and that waits for the call. Null where something between may run after the request, or where
    /// no framework calls any of them. It is found in the text alone.
    /// </summary>
    public static SyntaxNode? Around(InvocationExpressionSyntax call, RequestPaths paths, CancellationToken cancel)
    {
        for (var function = Functions.Enclosing(call); function is not null; function = Functions.Enclosing(function))
        {
            if (BodyOf(function) is not { } body)
                return null;

            // A lambda that runs in place belongs to the function around it.
            if (paths.IsInEntry(body, cancel) && (function is not AnonymousFunctionExpressionSyntax lambda || IsHandler(lambda)))
                return function;

            if (function is MethodDeclarationSyntax)
                return null;
        }

        return null;
    }

    /// <summary>The entry, where nothing between it and the call goes on without being waited for.</summary>
    public static RequestEntry? Of(SyntaxNode entry, InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var canReach = true;
        for (var function = Functions.Enclosing(call); function is not null && function != entry; function = Functions.Enclosing(function))
        {
            switch (function)
            {
                case LocalFunctionStatementSyntax local when Functions.Enclosing(local) is { } around && WaitedCalls.Wait(local, around):
                    canReach &= !local.Modifiers.Any(SyntaxKind.StaticKeyword);
                    break;
                case AnonymousFunctionExpressionSyntax lambda when WaitedCalls.RunInPlace(lambda, model, cancel) || TakesToken(lambda, model, types, cancel):
                    canReach &= !lambda.Modifiers.Any(SyntaxKind.StaticKeyword);
                    break;
                default:
                    return null;
            }
        }

        return Functions.Symbol(entry, model, cancel) is { } symbol && !CleansUp(symbol) ? new RequestEntry(entry, symbol, canReach) : null;
    }

    /// <summary>Whether a framework would bind a token that the function takes as one more parameter.</summary>
    public bool BindsToken(SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (!CanReach || !CanGrow(types))
            return false;

        return Function is AnonymousFunctionExpressionSyntax lambda
            ? lambda is ParenthesizedLambdaExpressionSyntax written && Endpoints.Is(Symbol, model, types, cancel) && IsOpen(written, model, cancel)
            : IsBound(model, types, cancel);
    }

    /// <summary>Whether the function may be called with another parameter: no contract, derived method or iterator says how it looks.</summary>
    private bool CanGrow(KnownTypes types)
    {
        if (Symbol.IsPartialDefinition || Symbol.PartialDefinitionPart is not null || Symbol.IsExtern || types.Is(Symbol.ReturnType, "System.Collections.Generic.IAsyncEnumerable`1"))
            return false;

        if (Symbol.Parameters.Length > 0 && Symbol.Parameters[Symbol.Parameters.Length - 1].IsParams)
            return false;

        if (Symbol.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
            return true;

        if (Symbol.MethodKind != MethodKind.Ordinary || Symbol.IsVirtual || Symbol.IsAbstract || Symbol.IsOverride || Symbol.ContainingType.TypeKind == TypeKind.Interface)
            return false;

        foreach (var _ in Contracts.Of(Symbol))
            return false;

        // An overload with that parameter is there already.
        foreach (var member in Symbol.ContainingType.GetMembers(Symbol.Name))
        {
            if (member is IMethodSymbol other && other.Parameters.Length == Symbol.Parameters.Length + 1 && types.Is(other.Parameters[other.Parameters.Length - 1].Type, "System.Threading.CancellationToken"))
                return false;
        }

        return true;
    }

    private bool IsBound(SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (Symbol.MethodKind == MethodKind.Ordinary && !types.IsOrInherits(Symbol.ContainingType, "System.Web.Mvc.Controller") && Endpoints.IsAction(Symbol, types))
            return true;

        if (types.IsOrInherits(Symbol.ContainingType, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel"))
            return Symbol is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && Symbol.Name.StartsWith("On", System.StringComparison.Ordinal);

        foreach (var attribute in Symbol.GetAttributes())
        {
            if (types.Is(attribute.AttributeClass, "Microsoft.Azure.Functions.Worker.FunctionAttribute") || types.Is(attribute.AttributeClass, "Microsoft.Azure.WebJobs.FunctionNameAttribute"))
                return true;
        }

        // In another file only the name is read: types that frameworks know by a base or an attribute have other entries.
        return Endpoints.Is(Symbol, model, types, cancel)
            || (Symbol is { MethodKind: MethodKind.Ordinary, ContainingType: { Interfaces.IsEmpty: true, BaseType.SpecialType: SpecialType.System_Object } type } && type.GetAttributes().IsEmpty
                && MappedHandlers.Of(model.Compilation, cancel).Contains(Symbol.Name));
    }

    /// <summary>Whether the parameters are written with their types, and given to a <c>Delegate</c>, which takes any of them.</summary>
    private static bool IsOpen(ParenthesizedLambdaExpressionSyntax lambda, SemanticModel model, CancellationToken cancel)
    {
        foreach (var parameter in lambda.ParameterList.Parameters)
        {
            if (parameter.Type is null)
                return false;
        }

        return lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol mapping && MappedHandlers.TakesAny(mapping);
    }

    /// <summary>Whether the framework calls the method because the request has failed or is over: its token may be cancelled from the start.</summary>
    private static bool CleansUp(IMethodSymbol symbol) => symbol.Name is "OnDisconnectedAsync" or "OnDisconnected" or "OnExceptionAsync" or "OnException" or "TryHandleAsync";

    private static SyntaxNode? BodyOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => null,
    };

    /// <summary>Whether the lambda is given to a call that hands requests to it.</summary>
    private static bool IsHandler(AnonymousFunctionExpressionSyntax lambda) => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && Calls.NameOf(call)?.Identifier.ValueText is { } name
        && (Endpoints.MapNames.Contains(name) || (name is "Use" or "Run" or "Map" or "MapFallback" or "AddEndpointFilter" && lambda is not ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0 }));

    private static bool TakesToken(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (Functions.Symbol(lambda, model, cancel) is not { } symbol)
            return false;

        foreach (var parameter in symbol.Parameters)
        {
            if (types.Is(parameter.Type, "System.Threading.CancellationToken"))
                return true;
        }

        return false;
    }
}
