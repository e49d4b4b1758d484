using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>How the pattern is written in the member.</summary>
internal static class RegexPatternFix
{
    /// <summary>As written where that means the same outside the function, else the value as a literal.</summary>
    public static string Code(RegexArguments regex, Finding finding)
    {
        if (MovesAsWritten(regex, finding))
            return regex.PatternSyntax.WithoutTrivia().ToString();

        return regex.Pattern.Contains("\\") && !regex.Pattern.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029')
            ? $"@\"{regex.Pattern.Replace("\"", "\"\"")}\""
            : SymbolDisplay.FormatLiteral(regex.Pattern, quote: true);
    }

    /// <summary>The comments among the arguments that move, but outside the pattern, one a line, to stand above the member.</summary>
    public static string Comments(RegexArguments regex, ExpressionSyntax use)
    {
        var arguments = (use is InvocationExpressionSyntax call ? call.ArgumentList : ((BaseObjectCreationExpressionSyntax)use).ArgumentList)!.Arguments;
        var trivia = new List<SyntaxTrivia>();
        for (var index = 0; index < arguments.Count; index++)
        {
            if (use is InvocationExpressionSyntax && !regex.Moves(arguments[index]))
                continue;

            // The comma before the last arguments goes with them.
            if (index > 0 && !regex.Moves(arguments[index - 1]) && arguments.Skip(index).All(regex.Moves))
                trivia.AddRange(arguments.GetSeparator(index - 1).TrailingTrivia);

            trivia.AddRange(arguments[index].DescendantTrivia());
            if (index < arguments.SeparatorCount)
                trivia.AddRange(arguments.GetSeparator(index).TrailingTrivia);
        }

        return Comments(trivia.Where(part => !regex.PatternSyntax.Span.Contains(part.Span)));
    }

    /// <summary>The comments among <paramref name="trivia"/>, one a line.</summary>
    public static string Comments(IEnumerable<SyntaxTrivia> trivia) => string.Concat(trivia
        .Where(part => part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia)).Select(part => part.ToString() + "\n"));

    private static bool MovesAsWritten(RegexArguments regex, Finding finding)
    {
        var names = regex.PatternSyntax.DescendantNodesAndSelf().OfType<SimpleNameSyntax>();
        if (!names.All(name => finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is IFieldSymbol or INamedTypeSymbol or INamespaceSymbol))
            return false;

        // Added lines end as most lines of the file do; a literal over several lines must not change by that.
        var text = finding.Node.SyntaxTree.GetText(finding.Cancel);
        return !regex.PatternSyntax.DescendantTokens().Any(token => token.Text.IndexOf('\n') >= 0)
            || text.Lines.All(line => line.EndIncludingLineBreak - line.End == text.Lines[0].EndIncludingLineBreak - text.Lines[0].End || line.EndIncludingLineBreak == text.Length);
    }
}
