using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Handlers that expect an <c>AggregateException</c>, as a blocking wait throws it; <c>await</c> throws the exception inside.</summary>
internal static class AggregateHandlers
{
    /// <summary>Whether such a handler of the same member catches what <paramref name="place"/> throws.</summary>
    public static bool Cover(SyntaxNode place)
    {
        for (SyntaxNode child = place, parent = place.Parent!; parent is not null and (not MemberDeclarationSyntax or GlobalStatementSyntax); child = parent, parent = parent.Parent!)
        {
            if (parent is TryStatementSyntax attempt && child == attempt.Block && attempt.Catches.Any(Expects))
                return true;
        }

        return false;
    }

    private static bool Expects(CatchClauseSyntax handler) => handler.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken)
        && token.ValueText is "AggregateException" or "InnerException" or "InnerExceptions" or "Flatten");
}
