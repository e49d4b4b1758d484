using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Moves statements out of a statement that goes, and keeps how they are laid out.</summary>
internal static class Indentation
{
    /// <summary>The block with the body of its statement that <paramref name="goes"/> in the place of that statement.</summary>
    public static BlockSyntax Spliced(BlockSyntax block, Func<StatementSyntax, bool> goes)
    {
        var outer = block.Statements.FirstOrDefault(goes);
        if (outer is not UsingStatementSyntax { Statement: BlockSyntax body })
            return block;

        var moved = body.Statements.Select(statement => Shifted(statement, outer)).ToList();
        if (moved.Count == 0)
            return block.WithStatements(block.Statements.Remove(outer));

        // Comments above the statement stay above what was in it, and those before its closing brace stay behind.
        moved[0] = moved[0].WithLeadingTrivia(outer.GetLeadingTrivia().AddRange(moved[0].GetLeadingTrivia().SkipWhile(IsBlank)));
        return block.WithStatements(block.Statements.ReplaceRange(outer, moved));
    }

    /// <summary>The statement with its lines as far to the left as those of <paramref name="level"/>.</summary>
    public static T Shifted<T>(T statement, StatementSyntax level) where T : StatementSyntax
    {
        var delta = Width(statement) - Width(level);
        return delta <= 0 ? statement : (T)new Shift(delta).Visit(statement);
    }

    /// <summary>The trivia from its first line that is not blank on.</summary>
    public static IEnumerable<SyntaxTrivia> WithoutFirstBlankLines(SyntaxTriviaList trivia)
    {
        var start = 0;
        for (var i = 0; i < trivia.Count && IsBlank(trivia[i]); i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia))
                start = i + 1;
        }

        return trivia.Skip(start);
    }

    private static bool IsBlank(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    private static int Width(SyntaxNode statement)
    {
        var leading = statement.GetLeadingTrivia();
        return leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? leading[leading.Count - 1].FullSpan.Length : 0;
    }

    private sealed class Shift(int delta) : CSharpSyntaxRewriter
    {
        public override SyntaxToken VisitToken(SyntaxToken token) => token.HasLeadingTrivia
            ? token.WithLeadingTrivia(token.LeadingTrivia.Select(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.FullSpan.Length >= delta
                ? SyntaxFactory.Whitespace(trivia.ToString().Substring(delta))
                : trivia))
            : token;
    }
}
