using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Code that the host runs once, when it stops and serves nobody any more: <c>lifetime.ApplicationStopping.Register(OnStop)</c>.</summary>
internal static class LifetimeCallbacks
{
    /// <summary>Whether a function around <paramref name="node"/> is given to the host's lifetime and used for nothing else.</summary>
    public static bool Contain(SyntaxNode node, SemanticModel model, CancellationToken cancel)
    {
        for (var function = Functions.Enclosing(node); function is not null; function = Functions.Enclosing(function))
        {
            var isCallback = function switch
            {
                AnonymousFunctionExpressionSyntax lambda => IsRegistered(lambda, model, cancel),
                LocalFunctionStatementSyntax local => IsOnlyRegistered(local.Identifier.ValueText, local.Parent, model, cancel),
                MethodDeclarationSyntax method when IsPrivate(method) => IsOnlyRegistered(method.Identifier.ValueText, method.Parent, model, cancel),
                _ => false,
            };
            if (isCallback)
                return true;
        }

        return false;
    }

    private static bool IsPrivate(MethodDeclarationSyntax method) =>
        !method.Modifiers.Any(SyntaxKind.PublicKeyword) && !method.Modifiers.Any(SyntaxKind.InternalKeyword) && !method.Modifiers.Any(SyntaxKind.ProtectedKeyword)
        && !(method.Parent is TypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsOnlyRegistered(string name, SyntaxNode? home, SemanticModel model, CancellationToken cancel)
    {
        var any = false;
        foreach (var token in home?.DescendantTokens() ?? [])
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name || token.Parent is not IdentifierNameSyntax mention)
                continue;

            any = true;
            if (!IsRegistered(mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention ? member : mention, model, cancel))
                return false;
        }

        return any;
    }

    private static bool IsRegistered(ExpressionSyntax function, SemanticModel model, CancellationToken cancel) =>
        function.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Register", Expression: MemberAccessExpressionSyntax moment } } } }
        && moment.Name.Identifier.ValueText is "ApplicationStopping" or "ApplicationStopped"
        && model.GetSymbolInfo(moment, cancel).Symbol is IPropertySymbol { ContainingType.ContainingNamespace: { Name: "Hosting", ContainingNamespace: { Name: "Extensions" or "AspNetCore", ContainingNamespace.Name: "Microsoft" } } };
}
