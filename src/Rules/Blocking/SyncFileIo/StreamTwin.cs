using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The async call that can stand in the place of one on a file or stream.</summary>
/// <param name="Twin">The method, as it binds.</param>
/// <param name="TakesMemory">Whether its buffer is written as memory: <c>(buffer, 0, n)</c> → <c>(buffer.AsMemory(0, n))</c>, <c>AsSpan</c> → <c>AsMemory</c>.</param>
internal sealed record StreamTwin(AsyncTwin Twin, bool TakesMemory)
{
    /// <summary>What to await, as the message names it; null where nothing better is known.</summary>
    public static string? NameFor(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, AsyncTwins twins, CancellationToken cancel)
    {
        if (method.Name == "ReadLines")
            return LinesTwinOf(method, twins) is null ? null : "foreach over ReadLinesAsync";

        if (Of(call, method, model, types, twins, cancel) is { } found)
            return found.Twin.Name;

        // A span cannot live across an await; memory can.
        return TakesSpan(method) && twins.HasAnother(call, method) ? method.Name + AsyncTwins.Suffix : null;
    }

    /// <summary><c>ReadLinesAsync</c>, which gives an async sequence; null where the framework lacks it or the user excluded it.</summary>
    public static IMethodSymbol? LinesTwinOf(IMethodSymbol method, AsyncTwins twins)
    {
        foreach (var member in method.ContainingType.GetMembers("ReadLinesAsync"))
        {
            if (member is IMethodSymbol twin && !twins.Excludes(method) && !twins.Excludes(twin))
                return twin;
        }

        return null;
    }

    /// <summary>The twin; null where none binds in the place of the call.</summary>
    public static StreamTwin? Of(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, AsyncTwins twins, CancellationToken cancel)
    {
        var twin = twins.Of(call, method);
        if ((twin is not null || (TakesSpan(method) && twins.HasAnother(call, method))) && IsOfTheFramework(call, method, model, cancel) && types["System.MemoryExtensions"] is not null
            && BufferWindow.Write(call.ArgumentList, method, model, isQualified: true, cancel) is { } arguments
            && TwinCalls.InPlace(call, method.Name + AsyncTwins.Suffix, arguments) is { } twinCall
            && model.GetSpeculativeSymbolInfo(call.SpanStart, twinCall, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol bound
            && Awaitables.IsAwaitable(bound.ReturnType, types, out var result)
            && (method.ReturnsVoid || SymbolEqualityComparer.Default.Equals(result, method.ReturnType)))
        {
            return new StreamTwin(new AsyncTwin(bound, null, TwinCalls.IsConditional(call)), true);
        }

        return twin is null ? null : new StreamTwin(twin, false);
    }

    private static bool TakesSpan(IMethodSymbol method) => method.Parameters.Length > 0 && method.Parameters[0].Type is INamedTypeSymbol { IsRefLikeType: true };

    /// <summary>Streams of others may override the methods that take arrays only.</summary>
    private static bool IsOfTheFramework(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, CancellationToken cancel)
    {
        var home = (Calls.ReceiverOf(call) is { } receiver ? model.GetTypeInfo(receiver, cancel).Type : method.ContainingType)?.ContainingNamespace;
        while (home is { ContainingNamespace: { IsGlobalNamespace: false } outer })
            home = outer;

        return home is { Name: "System" };
    }
}
