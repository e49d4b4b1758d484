using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Writes <c>await Task.Delay(x)</c> in the place of a call that sleeps.</summary>
internal static class DelayEdit
{
    /// <summary>The awaited delay for the <paramref name="arguments"/> of a call that sleeps.</summary>
    public static ExpressionSyntax Of(Finding finding, DocumentEdits edits, InvocationExpressionSyntax call, ArgumentListSyntax arguments)
    {
        // Task.Delay calls its parameters otherwise.
        if (arguments.Arguments.Count == 1 && arguments.Arguments[0].NameColon is not null)
            arguments = arguments.WithArguments(SyntaxFactory.SingletonSeparatedList(arguments.Arguments[0].WithNameColon(null).WithoutTrivia()));

        if (arguments.Arguments.Count == 1 && finding.TokenAt(call) is { } token)
            arguments = arguments.AddArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)).WithLeadingTrivia(SyntaxFactory.Space));

        var delay = SyntaxFactory.ParseExpression($"{edits.NameOf(finding.Types.Task!, call.SpanStart)}.Delay");
        return Awaits.Of(SyntaxFactory.InvocationExpression(delay, arguments), call, finding.Model);
    }
}
