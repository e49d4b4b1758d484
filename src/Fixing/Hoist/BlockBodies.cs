using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace PerfAnalyzers.Fixing.Hoist;

/// <summary>Turns expression bodies into blocks, so that statements can stand before the expression.</summary>
internal static class BlockBodies
{
    /// <summary>Whether the function gives its expression's value back.</summary>
    public static bool ReturnsValue(SyntaxNode function, SemanticModel model, CancellationToken cancel)
    {
        if (function is AccessorDeclarationSyntax accessor)
            return accessor.IsKind(SyntaxKind.GetAccessorDeclaration);

        var symbol = function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancel).Symbol as IMethodSymbol : model.GetDeclaredSymbol(function, cancel) as IMethodSymbol;
        return symbol is null || !(symbol.ReturnsVoid || (symbol.IsAsync && symbol.ReturnType is INamedTypeSymbol { Arity: 0 }));
    }

    /// <summary>The member, local function or accessor with a block that declares <paramref name="locals"/> and then does what the arrow did.</summary>
    public static SyntaxNode OfMember(SyntaxNode member, List<StatementSyntax> locals, bool returnsValue)
    {
        switch (member)
        {
            case MethodDeclarationSyntax { ExpressionBody: { } arrow } method:
                return method.WithExpressionBody(null).WithSemicolonToken(default).WithParameterList(method.ParameterList.WithoutTrailingTrivia())
                    .WithBody(Block(locals, arrow.Expression, returnsValue, method.SemicolonToken.TrailingTrivia));
            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local:
                return local.WithExpressionBody(null).WithSemicolonToken(default).WithParameterList(local.ParameterList.WithoutTrailingTrivia())
                    .WithBody(Block(locals, arrow.Expression, returnsValue, local.SemicolonToken.TrailingTrivia));
            case AccessorDeclarationSyntax { ExpressionBody: { } arrow } accessor:
                return accessor.WithExpressionBody(null).WithSemicolonToken(default).WithKeyword(accessor.Keyword.WithTrailingTrivia())
                    .WithBody(Block(locals, arrow.Expression, returnsValue, accessor.SemicolonToken.TrailingTrivia));
            case PropertyDeclarationSyntax { ExpressionBody: { } arrow } property:
                var getter = SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration).WithBody(Block(locals, arrow.Expression, true, SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine("\n"))));
                return property.WithExpressionBody(null).WithSemicolonToken(default).WithIdentifier(property.Identifier.WithTrailingTrivia())
                    .WithAccessorList(SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(getter)).WithTrailingTrivia(property.SemicolonToken.TrailingTrivia).WithAdditionalAnnotations(Formatter.Annotation));
            default:
                return member;
        }
    }

    /// <summary>The lambda with a block that declares <paramref name="locals"/> and then does what the expression did.</summary>
    public static SyntaxNode OfLambda(SyntaxNode lambda, List<StatementSyntax> locals, bool returnsValue, string indentation)
    {
        if (lambda is not LambdaExpressionSyntax { ExpressionBody: { } body } function)
            return lambda;

        // The formatter lines the block up with its brace, which it leaves where it stands.
        var block = Block(locals, body, returnsValue, body.GetTrailingTrivia());
        return WithoutSpaceAfterArrow(function).WithBody(block.WithLeadingTrivia(block.GetLeadingTrivia().Add(SyntaxFactory.Whitespace(indentation))));
    }

    private static LambdaExpressionSyntax WithoutSpaceAfterArrow(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.WithArrowToken(simple.ArrowToken.WithTrailingTrivia()),
        ParenthesizedLambdaExpressionSyntax parenthesized => parenthesized.WithArrowToken(parenthesized.ArrowToken.WithTrailingTrivia()),
        _ => lambda,
    };

    /// <summary>A block on lines of its own that begins with <paramref name="first"/>; what followed the original follows it.</summary>
    public static BlockSyntax Of(List<StatementSyntax> first, StatementSyntax last, bool onNewLine, SyntaxTriviaList trailing)
    {
        var newLine = SyntaxFactory.EndOfLine("\n");
        var statements = new List<StatementSyntax>();
        foreach (var statement in first)
            statements.Add(statement.WithTrailingTrivia(newLine));

        statements.Add(last.WithTrailingTrivia(newLine));
        return SyntaxFactory.Block(
            SyntaxFactory.Token(onNewLine ? SyntaxFactory.TriviaList(newLine) : default, SyntaxKind.OpenBraceToken, SyntaxFactory.TriviaList(newLine)),
            SyntaxFactory.List(statements),
            SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, trailing)).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>
    /// A block in the place of the statement <paramref name="original"/>, which has no braces of its own around it; <paramref name="current"/>
    /// is what edits have made of it. Its comments stay with <paramref name="last"/>, inside the block.
    /// </summary>
    public static BlockSyntax Embedded(List<StatementSyntax> first, StatementSyntax last, SyntaxNode current, StatementSyntax original)
    {
        var leading = current.GetLeadingTrivia();
        var isOnOwnLine = original.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var block = Of(first, last == current && !isOnOwnLine ? last.WithoutLeadingTrivia() : last, !isOnOwnLine, current.GetTrailingTrivia());
        return isOnOwnLine && leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } indentation ? block.WithLeadingTrivia(indentation) : block;
    }

    private static BlockSyntax Block(List<StatementSyntax> locals, ExpressionSyntax expression, bool returnsValue, SyntaxTriviaList trailing)
    {
        var last = expression.WithoutTrivia();
        return Of(locals, returnsValue
            ? SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), last, SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            : SyntaxFactory.ExpressionStatement(last), true, trailing);
    }
}
