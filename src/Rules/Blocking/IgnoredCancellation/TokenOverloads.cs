using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Where a call could take a cancellation token that it is not given.</summary>
internal static class TokenOverloads
{
    /// <summary>Whether the call passes no token though the method, or one of the same name, has a place for it.</summary>
    public static bool MayTake(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (IsToken(model.GetTypeInfo(argument.Expression, cancel).ConvertedType, types))
                return false;
        }

        foreach (var parameter in method.Parameters)
        {
            if (IsToken(parameter.Type, types))
                return parameter.IsOptional;
        }

        var definition = method.ReducedFrom ?? method;
        for (var type = definition.ContainingType; type is not null; type = type.BaseType)
        {
            if (Has(type, definition, types))
                return true;
        }

        if (definition.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (var inherited in definition.ContainingType.AllInterfaces)
            {
                if (Has(inherited, definition, types))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where <paramref name="token"/> goes, so that the call still does the same.</summary>
    public static TokenPlace PlaceOf(string token, InvocationExpressionSyntax call, IMethodSymbol method, AsyncTwins twins)
    {
        var place = twins.PlaceOf(token, call, method, new AsyncTwin(method, null, TwinCalls.IsConditional(call)));
        return place.Parameter?.ContainingSymbol is IMethodSymbol found && TakesTheSame(call, method, found, place) ? place : default;
    }

    private static bool Has(INamedTypeSymbol type, IMethodSymbol method, KnownTypes types)
    {
        foreach (var member in type.GetMembers(method.Name))
        {
            if (member is IMethodSymbol other && other.Parameters.Length == method.Parameters.Length + 1 && IsToken(other.Parameters[other.Parameters.Length - 1].Type, types))
                return true;
        }

        return false;
    }

    /// <summary>Whether every argument goes to a parameter of the type that it has now.</summary>
    private static bool TakesTheSame(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol found, TokenPlace place)
    {
        if (SymbolEqualityComparer.Default.Equals(method, found))
            return true;

        // A value task where a task was does only for who awaits it.
        if (!SymbolEqualityComparer.Default.Equals(method.ReturnType, found.ReturnType) && !IsAwaited(call))
            return false;

        if (!SymbolEqualityComparer.Default.Equals(Calls.HomeOf(method), Calls.HomeOf(found)) && found.IsExtensionMethod)
            return false;

        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (place.Form == TokenForm.AfterArray && i >= place.ArrayStart)
                break;

            if (TwinCalls.ParameterOf(arguments[i], i, method) is not { } from || TwinCalls.ParameterOf(arguments[i], i, found) is not { } to
                || from.RefKind != to.RefKind || !SymbolEqualityComparer.Default.Equals(from.Type, to.Type))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAwaited(InvocationExpressionSyntax call) => call.Parent is AwaitExpressionSyntax
        || call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax } };

    private static bool IsToken(ITypeSymbol? type, KnownTypes types) => types.Is(type, "System.Threading.CancellationToken")
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && types.Is(nullable.TypeArguments[0], "System.Threading.CancellationToken"));
}
