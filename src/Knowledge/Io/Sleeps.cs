using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Calls that let time pass and keep their thread for it.</summary>
internal static class Sleeps
{
    /// <summary>Whether a method of this name can be one; asked before anything is bound.</summary>
    public static bool MayBe(string name) => name is "Sleep" or "SpinUntil" or "SpinWait" or "Wait";

    public static bool Is(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel) => method.Name switch
    {
        "Sleep" => types.Is(method.ContainingType, "System.Threading.Thread") && !IsZero(call.ArgumentList.Arguments[0].Expression, model, cancel),
        "SpinUntil" => types.Is(method.ContainingType, "System.Threading.SpinWait"),
        "SpinWait" => types.Is(method.ContainingType, "System.Threading.Thread"),
        "Wait" => SymbolEqualityComparer.Default.Equals(method.ContainingType, types.Task) && Calls.ReceiverOf(call) is { } task && Delays.IsDelay(task, model, types, cancel),
        _ => false,
    };

    /// <summary>What a message calls it.</summary>
    public static string Text(InvocationExpressionSyntax call) => call.Expression.DescendantTokens().Any(token => token.IsKind(SyntaxKind.OpenParenToken))
        ? "Task.Delay(…).Wait"
        : call.Expression.ToString();

    private static bool IsZero(ExpressionSyntax duration, SemanticModel model, CancellationToken cancel) => model.GetConstantValue(duration, cancel).Value is 0
        || duration is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" };
}
