using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Removes declarations that became superfluous; their comments stay, above the statement after them.</summary>
internal static class RegexStatementsFix
{
    /// <summary>Removes locals with their uses gone, and constants, whose comments went with their values.</summary>
    public static void Remove(DocumentEdits document, IEnumerable<LocalDeclarationStatementSyntax> statements)
    {
        var removed = new HashSet<StatementSyntax>(statements);
        foreach (var statement in removed)
        {
            var siblings = SiblingsOf(statement);
            var index = siblings.IndexOf(statement);
            if (index == 0 || !removed.Contains(siblings[index - 1]))
                RemoveRun(document, siblings, index, removed);
        }
    }

    private static void RemoveRun(DocumentEdits document, SyntaxList<StatementSyntax> siblings, int first, HashSet<StatementSyntax> removed)
    {
        var above = new List<SyntaxTrivia>();
        var wasBlank = first == 0;
        var next = first;
        for (; next < siblings.Count && removed.Contains(siblings[next]); next++)
        {
            var isConstant = siblings[next] is LocalDeclarationStatementSyntax { IsConst: true };
            AddLines(above, siblings[next].GetLeadingTrivia(), isConstant, ref wasBlank);
            if (!isConstant)
                AddComments(above, siblings[next], ref wasBlank);

            document.Remove(siblings[next]);
        }

        if (next == siblings.Count)
            return;

        var trivia = siblings[next].GetLeadingTrivia();
        AddLines(above, trivia, onlyBlank: false, ref wasBlank);
        above.AddRange(Indentation(trivia));
        document.Replace(siblings[next], current => current.WithLeadingTrivia(above));
    }

    private static SyntaxList<StatementSyntax> SiblingsOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => default,
    };

    /// <summary>Adds the lines above a statement; where blank ones meet, or one would start the block, they go.</summary>
    private static void AddLines(List<SyntaxTrivia> above, SyntaxTriviaList trivia, bool onlyBlank, ref bool wasBlank)
    {
        var start = 0;
        for (var index = 0; index < trivia.Count; index++)
        {
            if (!trivia[index].IsKind(SyntaxKind.EndOfLineTrivia) && !trivia[index].HasStructure)
                continue;

            var line = trivia.Skip(start).Take(index + 1 - start).ToList();
            var isBlank = line.TrueForAll(part => part.IsKind(SyntaxKind.WhitespaceTrivia) || part.IsKind(SyntaxKind.EndOfLineTrivia));
            if (isBlank ? !wasBlank : !onlyBlank)
                above.AddRange(line);

            wasBlank = isBlank || (onlyBlank && wasBlank);
            start = index + 1;
        }
    }

    /// <summary>A comment behind the statement becomes a line of its own.</summary>
    private static void AddComments(List<SyntaxTrivia> above, StatementSyntax statement, ref bool wasBlank)
    {
        foreach (var comment in statement.GetTrailingTrivia().Where(part => part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            above.AddRange(Indentation(statement.GetLeadingTrivia()));
            above.Add(comment);
            above.Add(SyntaxFactory.LineFeed);
            wasBlank = false;
        }
    }

    private static IEnumerable<SyntaxTrivia> Indentation(SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia[trivia.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? [trivia[trivia.Count - 1]] : [];
}
