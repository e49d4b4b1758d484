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
    /// <summary>What the function runs.</summary>
    public SyntaxNode? Body => Function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => null,
    };

    /// <summary>
    /// The outermost function that waits for the call; null where something between may run after the request, or where
    /// no function is one that frameworks call.
    /// </summary>
    public static RequestEntry? Around(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var canReach = true;
        for (var function = Functions.Enclosing(call); function is not null; function = Functions.Enclosing(function))
        {
            switch (function)
            {
                case MethodDeclarationSyntax method:
                    return model.GetDeclaredSymbol(method, cancel) is { } symbol ? new RequestEntry(method, symbol, canReach) : null;
                case LocalFunctionStatementSyntax local:
                    if (model.GetDeclaredSymbol(local, cancel) is not IMethodSymbol localSymbol)
                        return null;

                    if (Endpoints.Is(localSymbol, model, types, cancel))
                        return new RequestEntry(local, localSymbol, canReach);

                    if (Functions.Enclosing(local) is not { } around || !WaitedCalls.Wait(local, around))
                        return null;

                    canReach &= !localSymbol.IsStatic;
                    break;
                case AnonymousFunctionExpressionSyntax lambda:
                    if (model.GetSymbolInfo(lambda, cancel).Symbol is not IMethodSymbol lambdaSymbol)
                        return null;

                    if (IsHandler(lambda, lambdaSymbol, model, types, cancel))
                        return new RequestEntry(lambda, lambdaSymbol, canReach);

                    if (!WaitedCalls.RunInPlace(lambda, model, cancel) && !TakesToken(lambdaSymbol, types))
                        return null;

                    canReach &= !lambdaSymbol.IsStatic;
                    break;
                default:
                    return null;
            }
        }

        return null;
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

        return Endpoints.Is(Symbol, model, types, cancel) || (Symbol.MethodKind == MethodKind.Ordinary && MappedHandlers.Of(model.Compilation, cancel).Contains(Symbol.Name));
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

    private static bool IsHandler(AnonymousFunctionExpressionSyntax lambda, IMethodSymbol symbol, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        Endpoints.Is(symbol, model, types, cancel)
        || (lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && Calls.NameOf(call)?.Identifier.ValueText is "Use" or "Run" or "Map" or "MapFallback" or "AddEndpointFilter"
            && symbol.Parameters.Length > 0 && symbol.Parameters[0].Type.Name is "HttpContext" or "EndpointFilterInvocationContext");

    private static bool TakesToken(IMethodSymbol lambda, KnownTypes types)
    {
        foreach (var parameter in lambda.Parameters)
        {
            if (types.Is(parameter.Type, "System.Threading.CancellationToken"))
                return true;
        }

        return false;
    }
}
