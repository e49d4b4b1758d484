using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Changes argument lists and keeps the lines they are written on.</summary>
internal static class ArgumentLists
{
    /// <summary>The list with one more argument: on a line of its own where each of the others has one.</summary>
    public static ArgumentListSyntax Append(ArgumentListSyntax list, ArgumentSyntax added)
    {
        var arguments = list.Arguments;
        if (arguments.Count == 0)
            return list.WithArguments(arguments.Add(added));

        var last = arguments[arguments.Count - 1];
        var separators = arguments.GetSeparators().ToList();
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
        if (separators.Count > 0 && separators[separators.Count - 1].TrailingTrivia is var after && after.Any(SyntaxKind.EndOfLineTrivia))
        {
            comma = comma.WithTrailingTrivia(after.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
            added = added.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }
        else
        {
            added = added.WithLeadingTrivia(SyntaxFactory.Space);
        }

        // What follows the last argument, such as the line break before the parenthesis, follows the new one.
        added = added.WithTrailingTrivia(last.GetTrailingTrivia());
        var all = arguments.Take(arguments.Count - 1).Append(last.WithTrailingTrivia()).Append(added);
        return list.WithArguments(SyntaxFactory.SeparatedList(all, separators.Append(comma)));
    }
}
