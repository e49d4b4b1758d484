using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// Whether an expression can be written at another place: it waits for nothing and calls nothing of the user's, which
/// another edit of the same action could turn into an await.
/// </summary>
internal static class MovableFix
{
    public static bool Is(ExpressionSyntax expression, Finding finding) => expression.DescendantNodesAndSelf().All(node => node switch
    {
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } => true,
        InvocationExpressionSyntax call => finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol method && IsOfTheFramework(method),
        AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax => false,
        _ => true,
    });

    /// <summary>Text, encodings, addresses: of System itself and System.Text, not of System.Linq or System.Net.</summary>
    private static bool IsOfTheFramework(IMethodSymbol method) => method.ContainingNamespace is { } home
        && (home is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            || home is { Name: "Text" or "Globalization", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            || home is { Name: "Json", ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } });
}
