using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Puts an async twin in the place of a call. Only the name and the argument list change; <c>await</c> goes to the front.</summary>
internal static class TwinPlan
{
    /// <summary>The plan; null where the place cannot await. <paramref name="forwardsToken"/> says whether a cancelled wait does no harm there.</summary>
    public static Plan? Of(Finding finding, InvocationExpressionSyntax call, IMethodSymbol method, AsyncTwin twin, bool forwardsToken = true) =>
        Change(finding, call, method, twin, forwardsToken) is { } change ? GoAsync.Plan(finding, call, change) : null;

    /// <summary>What makes the awaited twin of the call; null where the call is made only under a condition.</summary>
    public static Func<SyntaxNode, DocumentEdits, SyntaxNode>? Change(Finding finding, InvocationExpressionSyntax call, IMethodSymbol method, AsyncTwin twin, bool forwardsToken = true)
    {
        if (twin.IsConditional)
            return null;

        var token = forwardsToken ? TokenFor(finding, call, twin) : null;
        var place = token is null ? default : finding.Twins.PlaceOf(token, call, method, twin);
        return (current, edits) =>
        {
            if (twin.Import is not null)
                edits.Import(twin.Import);

            return Awaits.Of(Call((InvocationExpressionSyntax)current, twin, token, place, edits), call, finding.Model);
        };
    }

    /// <summary>The token to hand over; none to what must run to its end, or to clean-up, which a cancelled request needs most.</summary>
    private static string? TokenFor(Finding finding, InvocationExpressionSyntax call, AsyncTwin twin)
    {
        if (call.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node => node is CatchClauseSyntax or FinallyClauseSyntax)
            || MustFinish.Names(twin.Name, finding.Read(CommonOptions.MustFinish)))
        {
            return null;
        }

        return CancellationTokens.InScope(call, finding.Model, finding.Types, finding.Cancel);
    }

    private static InvocationExpressionSyntax Call(InvocationExpressionSyntax current, AsyncTwin twin, string? token, TokenPlace place, DocumentEdits edits)
    {
        var written = Calls.NameOf(current)!;
        var name = TwinCalls.Renamed(written, twin.Name);
        var call = current.ReplaceNode(written, name);
        if (token is null || place.Form == TokenForm.None)
            return call;

        var arguments = call.ArgumentList;
        if (place.Form == TokenForm.AfterArray)
            arguments = TwinCalls.WithArray(arguments, place.ArrayStart, twin.Method, edits.Model);

        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));
        if (place.Form == TokenForm.Named)
            argument = argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(place.Parameter!.Name)).WithTrailingTrivia(SyntaxFactory.Space));

        return call.WithArgumentList(ArgumentLists.Append(arguments, argument));
    }
}
