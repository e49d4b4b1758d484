using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>What <c>await</c> gives for a type.</summary>
internal static class Awaitables
{
    /// <summary>Whether code can wait for a value of <paramref name="type"/>; <paramref name="result"/> is what it then has, null for nothing.</summary>
    public static bool IsAwaitable(ITypeSymbol type, KnownTypes types, out ITypeSymbol? result)
    {
        result = null;
        if (type is not INamedTypeSymbol named)
            return false;

        if (Functions.IsTask(named, types))
        {
            result = named.TypeArguments.Length == 1 ? named.TypeArguments[0] : null;
            return true;
        }

        // Other awaitables, such as AsyncUnaryCall<T> of gRPC. An extension GetAwaiter is not looked for.
        for (var current = named; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers("GetAwaiter"))
            {
                if (member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public } getAwaiter
                    && ResultOf(getAwaiter.ReturnType) is { } getResult)
                {
                    result = getResult.ReturnsVoid ? null : getResult.ReturnType;
                    return true;
                }
            }
        }

        return false;
    }

    private static IMethodSymbol? ResultOf(ITypeSymbol awaiter)
    {
        foreach (var member in awaiter.GetMembers("GetResult"))
        {
            if (member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true } getResult)
                return getResult;
        }

        return null;
    }
}
