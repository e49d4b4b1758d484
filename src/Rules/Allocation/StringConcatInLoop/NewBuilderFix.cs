using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Writes <c>new StringBuilder(…)</c> and declarations.</summary>
internal static class NewBuilder
{
    /// <summary><c>var</c>, or the type's name where the user's settings want it written out.</summary>
    public static TypeSyntax DeclaredType(DocumentEdits edits, string type)
    {
        var settings = edits.Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(edits.Root.SyntaxTree);
        return settings.TryGetValue("csharp_style_var_when_type_is_apparent", out var choice) && choice.StartsWith("false", StringComparison.OrdinalIgnoreCase)
            ? SyntaxFactory.ParseTypeName(type) : SyntaxFactory.IdentifierName("var");
    }

    public static ExpressionSyntax Of(string type, SyntaxNode initial, bool isEmpty)
    {
        var arguments = SyntaxFactory.ArgumentList();
        if (!isEmpty)
        {
            var value = (ExpressionSyntax)initial;
            while (value is ParenthesizedExpressionSyntax parenthesized)
                value = parenthesized.Expression;

            arguments = arguments.AddArguments(SyntaxFactory.Argument(value.WithoutTrivia()));
        }

        return SyntaxFactory.ObjectCreationExpression(
            SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.ParseTypeName(type), arguments, null).WithTriviaFrom(initial);
    }

    /// <summary><c>var name = value</c> for a builder.</summary>
    public static VariableDeclarationSyntax Declaration(DocumentEdits edits, string name, string type, ExpressionSyntax value) =>
        Declaration(DeclaredType(edits, type), name, value.WithoutTrivia());

    /// <summary><c>type name = value</c>.</summary>
    public static VariableDeclarationSyntax Declaration(TypeSyntax type, string name, ExpressionSyntax value) => SyntaxFactory.VariableDeclaration(
        type.WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(SyntaxFactory.Identifier(name), null,
            SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space), value))));
}
