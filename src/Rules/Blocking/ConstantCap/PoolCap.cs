using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What a call of <c>ThreadPool.SetMaxThreads</c> allows.</summary>
internal static class PoolCap
{
    // What the pool has unasked (short.MaxValue worker threads): no less is no cap.
    private const int OwnMaximum = 32767;

    /// <summary>The allowance in words; null where the number of worker threads comes from elsewhere, or caps nothing.</summary>
    public static string? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.NameColon is { } named ? named.Name.Identifier.ValueText != "workerThreads" : argument != call.ArgumentList.Arguments[0])
                continue;

            if (model.GetConstantValue(argument.Expression, cancel).Value is int count)
                return count is > 0 and < OwnMaximum ? count == 1 ? "1 pool thread run" : $"{count} pool threads run" : null;

            return IsOfProcessors(argument.Expression, model, cancel) ? $"{argument.Expression} pool threads run" : null;
        }

        return null;
    }

    /// <summary>The number of processors, alone or times a constant: threads that wait need no processor.</summary>
    private static bool IsOfProcessors(ExpressionSyntax count, SemanticModel model, CancellationToken cancel) => count switch
    {
        ParenthesizedExpressionSyntax inner => IsOfProcessors(inner.Expression, model, cancel),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } binary =>
            (IsOfProcessors(binary.Left, model, cancel) && model.GetConstantValue(binary.Right, cancel).HasValue)
            || (IsOfProcessors(binary.Right, model, cancel) && model.GetConstantValue(binary.Left, cancel).HasValue),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ProcessorCount" } or IdentifierNameSyntax { Identifier.ValueText: "ProcessorCount" } =>
            model.GetSymbolInfo(count, cancel).Symbol is IPropertySymbol { ContainingType: { Name: "Environment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } },
        _ => false,
    };
}
