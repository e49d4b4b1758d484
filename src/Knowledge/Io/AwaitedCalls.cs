using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What an <c>await</c> waits for.</summary>
internal static class AwaitedCalls
{
    /// <summary>The call that starts the work, without <c>ConfigureAwait</c> and parentheses; null where something else is awaited.</summary>
    public static InvocationExpressionSyntax? Of(AwaitExpressionSyntax waited) => Started(waited.Expression);

    private static InvocationExpressionSyntax? Started(ExpressionSyntax awaited) => awaited switch
    {
        ParenthesizedExpressionSyntax inner => Started(inner.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured } => Started(configured.Expression),
        _ => awaited as InvocationExpressionSyntax,
    };
}
