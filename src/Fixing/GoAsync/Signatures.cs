using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Changes the head of a function: <c>async</c>, the return type, the name.</summary>
internal static class Signatures
{
    /// <summary>Adds <c>async</c>; a function that has it stays.</summary>
    public static SyntaxNode WithAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => WithAsync(method, method.Modifiers, method.ReturnType, (m, modifiers) => m.WithModifiers(modifiers), (m, type) => m.WithReturnType(type)),
        LocalFunctionStatementSyntax local => WithAsync(local, local.Modifiers, local.ReturnType, (l, modifiers) => l.WithModifiers(modifiers), (l, type) => l.WithReturnType(type)),
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0 } lambda => WithAsync(lambda),
        _ => function,
    };

    /// <summary>The function returning a task of what it returned, where <paramref name="task"/> is how <c>Task</c> is written there.</summary>
    public static SyntaxNode ReturningTask(SyntaxNode function, string task) => function switch
    {
        MethodDeclarationSyntax method => method.WithReturnType(TaskOf(method.ReturnType, task)),
        LocalFunctionStatementSyntax local => local.WithReturnType(TaskOf(local.ReturnType, task)),
        ParenthesizedLambdaExpressionSyntax { ReturnType: { } type } lambda => lambda.WithReturnType(TaskOf(type, task)),
        _ => function,
    };

    public static SyntaxNode Named(SyntaxNode function, string name) => function switch
    {
        MethodDeclarationSyntax method => method.WithIdentifier(CallSites.Identifier(method.Identifier, name)),
        LocalFunctionStatementSyntax local => local.WithIdentifier(CallSites.Identifier(local.Identifier, name)),
        _ => function,
    };

    private static TypeSyntax TaskOf(TypeSyntax type, string task) => SyntaxFactory.ParseTypeName(
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? task : $"{task}<{type.WithoutTrivia()}>").WithTriviaFrom(type);

    private static T WithAsync<T>(T function, SyntaxTokenList modifiers, TypeSyntax type, System.Func<T, SyntaxTokenList, T> withModifiers, System.Func<T, TypeSyntax, T> withType)
        where T : SyntaxNode
    {
        if (modifiers.Any(SyntaxKind.AsyncKeyword))
            return function;

        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (modifiers.Count > 0)
        {
            // `partial` stays last.
            var partial = modifiers.IndexOf(SyntaxKind.PartialKeyword);
            if (partial == 0)
                return withModifiers(function, modifiers.Replace(modifiers[0], modifiers[0].WithLeadingTrivia()).Insert(0, keyword.WithLeadingTrivia(modifiers[0].LeadingTrivia)));

            return withModifiers(function, modifiers.Insert(partial < 0 ? modifiers.Count : partial, keyword));
        }

        var leading = type.GetLeadingTrivia();
        return withModifiers(withType(function, type.WithLeadingTrivia()), SyntaxFactory.TokenList(keyword.WithLeadingTrivia(leading)));
    }

    private static AnonymousFunctionExpressionSyntax WithAsync(AnonymousFunctionExpressionSyntax lambda)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (lambda.Modifiers.Count > 0)
            return (AnonymousFunctionExpressionSyntax)lambda.WithModifiers(lambda.Modifiers.Add(keyword));

        var afterAttributes = lambda is LambdaExpressionSyntax { AttributeLists.Count: > 0 } annotated
            ? annotated.AttributeLists.Last().GetLastToken().GetNextToken()
            : lambda.GetFirstToken();
        var leading = afterAttributes.LeadingTrivia;
        var bare = lambda.ReplaceToken(afterAttributes, afterAttributes.WithLeadingTrivia());
        return (AnonymousFunctionExpressionSyntax)bare.WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(leading)));
    }
}
