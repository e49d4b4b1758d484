using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Tasks that only let time pass.</summary>
internal static class Delays
{
    /// <summary>Whether the expression is <c>Task.Delay(…)</c>: who waits for it sleeps.</summary>
    public static bool IsDelay(ExpressionSyntax task, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        task is InvocationExpressionSyntax call && Calls.NameOf(call)?.Identifier.ValueText == "Delay"
        && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(call, cancel).Symbol?.ContainingType, types.Task);
}
