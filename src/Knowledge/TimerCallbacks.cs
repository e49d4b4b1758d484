using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Code that a timer calls: it runs on a pool thread, again and again, in any program.</summary>
internal static class TimerCallbacks
{
    /// <summary>Whether the innermost function is given to <c>System.Threading.Timer</c>, as a lambda or by its name.</summary>
    public static bool Contain(SyntaxNode node, SemanticModel model, CancellationToken cancel) => Functions.Enclosing(node) switch
    {
        AnonymousFunctionExpressionSyntax lambda => IsGivenToTimer(lambda, model, cancel),
        LocalFunctionStatementSyntax local => IsNamedToTimer(local.Identifier.ValueText, local.Parent, model, cancel),
        MethodDeclarationSyntax method => IsNamedToTimer(method.Identifier.ValueText, method.Parent, model, cancel),
        _ => false,
    };

    private static bool IsNamedToTimer(string name, SyntaxNode? home, SemanticModel model, CancellationToken cancel)
    {
        foreach (var token in home?.DescendantTokens() ?? [])
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && token.Parent is IdentifierNameSyntax mention
                && IsGivenToTimer(mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention ? member : mention, model, cancel))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGivenToTimer(ExpressionSyntax function, SemanticModel model, CancellationToken cancel) =>
        function.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax creation } }
        && model.GetSymbolInfo(creation, cancel).Symbol is IMethodSymbol { ContainingType: { Name: "Timer", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } };
}
