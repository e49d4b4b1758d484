using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Writes <c>await Task.Delay(x)</c> in the place of a call that sleeps.</summary>
internal static class DelayEdit
{
    /// <summary>The text of the token that a wait at <paramref name="place"/> should observe; none in code that runs because of a cancellation.</summary>
    public static string? TokenAt(Finding finding, SyntaxNode place)
    {
        foreach (var ancestor in place.Ancestors())
        {
            if (ancestor is CatchClauseSyntax or FinallyClauseSyntax)
                return null;

            if (ancestor is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                break;
        }

        return CancellationTokens.InScope(place, finding.Model, finding.Types, finding.Cancel);
    }

    /// <summary>The awaited delay for the <paramref name="arguments"/> of a call that sleeps.</summary>
    public static ExpressionSyntax Of(Finding finding, DocumentEdits edits, InvocationExpressionSyntax call, ArgumentListSyntax arguments)
    {
        // Task.Delay calls its parameters otherwise.
        if (arguments.Arguments.Count == 1 && arguments.Arguments[0].NameColon is not null)
            arguments = arguments.WithArguments(SyntaxFactory.SingletonSeparatedList(arguments.Arguments[0].WithNameColon(null).WithoutTrivia()));

        if (arguments.Arguments.Count == 1 && TokenAt(finding, call) is { } token)
            arguments = arguments.AddArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)).WithLeadingTrivia(SyntaxFactory.Space));

        var delay = SyntaxFactory.ParseExpression($"{edits.NameOf(finding.Types.Task!, call.SpanStart)}.Delay");
        return Awaits.Of(SyntaxFactory.InvocationExpression(delay, arguments), call, finding.Model);
    }
}
