using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>One more parameter at the end of a list, on the lines that the list is written on, and documented where the others are.</summary>
internal static class ParameterListFix
{
    public static void Add(DocumentEdits edits, SyntaxNode function, string type, string name, bool isOptional)
    {
        var list = function switch
        {
            BaseMethodDeclarationSyntax method => method.ParameterList,
            LocalFunctionStatementSyntax local => local.ParameterList,
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList,
            _ => null,
        };
        if (list is null)
            return;

        edits.Replace(list, current => Append(current, type, name, isOptional || list.Parameters.Any(parameter => parameter.Default is not null)));
        if (function is MethodDeclarationSyntax documented && WithDocumentation(documented.GetLeadingTrivia(), name) is { } trivia)
            edits.Replace(documented, current => current.WithLeadingTrivia(trivia));
    }

    private static ParameterListSyntax Append(ParameterListSyntax list, string type, string name, bool isOptional)
    {
        var added = SyntaxFactory.Parameter(SyntaxFactory.Identifier(name))
            .WithType(SyntaxFactory.ParseTypeName(type).WithTrailingTrivia(SyntaxFactory.Space));
        if (isOptional)
        {
            added = added.WithIdentifier(added.Identifier.WithTrailingTrivia(SyntaxFactory.Space)).WithDefault(SyntaxFactory.EqualsValueClause(
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression)));
        }

        var parameters = list.Parameters;
        if (parameters.Count == 0)
            return list.WithParameters(parameters.Add(added));

        // Each on a line of its own: so is the new one.
        var last = parameters[parameters.Count - 1];
        var before = last.GetFirstToken().GetPreviousToken();
        var isOnOwnLine = before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) && (parameters.Count > 1 || before == list.OpenParenToken);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
        if (isOnOwnLine)
        {
            comma = comma.WithTrailingTrivia(before.TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            added = added.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }
        else
        {
            added = added.WithLeadingTrivia(SyntaxFactory.Space);
        }

        // A comment stays with the parameter that it is about.
        var trailing = last.GetTrailingTrivia();
        if (trailing.Any(SyntaxKind.SingleLineCommentTrivia))
        {
            comma = comma.WithTrailingTrivia(trailing);
            added = added.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
                .WithTrailingTrivia(trailing.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            last = last.WithTrailingTrivia();
        }
        else if (!trailing.Any(SyntaxKind.MultiLineCommentTrivia))
        {
            added = added.WithTrailingTrivia(trailing);
            last = last.WithTrailingTrivia();
        }

        var all = parameters.Take(parameters.Count - 1).Append(last).Append(added);
        return list.WithParameters(SyntaxFactory.SeparatedList(all, parameters.GetSeparators().Append(comma)));
    }

    /// <summary>The comment with one more <c>&lt;param&gt;</c>; null where it describes no parameters.</summary>
    private static SyntaxTriviaList? WithDocumentation(SyntaxTriviaList leading, string name)
    {
        var comment = leading.Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>().LastOrDefault();
        var last = comment?.Content.OfType<XmlElementSyntax>().LastOrDefault(element => element.StartTag.Name.LocalName.ValueText == "param");
        if (comment is null || last is null || leading.Any(trivia => trivia.IsDirective) || !comment.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            return null;

        var text = leading.ToFullString();
        var start = leading[0].FullSpan.Start;
        var lineStart = text.LastIndexOf('\n', last.SpanStart - start - 1) + 1;
        var slashes = text.IndexOf("///", lineStart, System.StringComparison.Ordinal);
        var prefix = text.Substring(lineStart, slashes - lineStart);
        var end = last.Span.End - start;
        var newLine = text.IndexOf("\r\n", System.StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";
        return SyntaxFactory.ParseLeadingTrivia(text.Insert(end, $"{newLine}{prefix}/// <param name=\"{name}\">Cancels the request.</param>"));
    }
}
