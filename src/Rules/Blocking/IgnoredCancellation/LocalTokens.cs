using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Tokens that code before a call has put into a local, and linked sources.</summary>
internal static class LocalTokens
{
    /// <summary>The nearest local that holds a request's token, or the token of the nearest linked source; null where there is none.</summary>
    public static string? Before(SyntaxNode call, SyntaxNode entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        for (SyntaxNode child = call, parent = call.Parent!; child != entry; child = parent, parent = parent.Parent!)
        {
            if (parent is UsingStatementSyntax { Declaration: { } declaration } scope && child == scope.Statement && TokenOf(declaration, model, types, cancel) is { } ofScope)
                return ofScope;

            // What a static function does not see is not looked for behind it.
            if (parent is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.StaticKeyword))
                return null;

            if (parent is AnonymousFunctionExpressionSyntax lambda && lambda.Modifiers.Any(SyntaxKind.StaticKeyword))
                return null;

            if (parent is not BlockSyntax block || child is not StatementSyntax inside)
                continue;

            for (var i = block.Statements.IndexOf(inside) - 1; i >= 0; i--)
            {
                if (block.Statements[i] is LocalDeclarationStatementSyntax statement && TokenOf(statement.Declaration, model, types, cancel) is { } found)
                    return found;
            }
        }

        return null;
    }

    private static string? TokenOf(VariableDeclarationSyntax declaration, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (declaration.Variables.Count != 1 || declaration.Variables[0] is not { Initializer.Value: { } value } variable)
            return null;

        switch (value)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequestAborted" or "ConnectionAborted" or "CancellationToken" or "Token" } when IsToken(value):
                return variable.Identifier.ValueText;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateLinkedTokenSource" } }:
                return $"{variable.Identifier.ValueText}.Token";
            default:
                return null;
        }

        bool IsToken(ExpressionSyntax expression) => types.Is(model.GetTypeInfo(expression, cancel).Type, "System.Threading.CancellationToken");
    }
}
