using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>WebClient</c> → a shared <c>HttpClient</c>: downloads, and a POST of a string or bytes, with headers set on the same local.</summary>
internal static class WebClientFix
{
    public static Plan? Plan(Finding finding, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (!WebClientUseFix.IsRequest(call) || !finding.Types.Is(method.ContainingType, "System.Net.WebClient")
            || WebExceptionsFix.AreReadIn(finding.Model.Compilation, finding.Cancel)
            || SharedHttpClient.For(call, finding.Model, finding.Types, finding.Cancel) is not { } client)
        {
            return null;
        }

        switch (Calls.ReceiverOf(call))
        {
            case BaseObjectCreationExpressionSyntax creation when WebClientUseFix.IsPlainCreation(creation, finding) && IsDownload(call):
                return GoAsync.Plan(finding, call, (current, edits) => Download((InvocationExpressionSyntax)current, call, client, finding), edits => client.AddTo(edits, finding.Types));
            case IdentifierNameSyntax local when WebClientUseFix.Of(local, finding) is { } use:
                return use.Headers.Count == 0 && use.Requests.All(IsDownload) ? PlainDownloads(finding, use, client) : OneMessage(finding, use, client);
            default:
                return null;
        }
    }

    /// <summary>Nothing but downloads: each becomes one call, and the local goes.</summary>
    private static Plan? PlainDownloads(Finding finding, WebClientUseFix use, SharedHttpClient client)
    {
        Plan? plan = null;
        foreach (var request in use.Requests)
        {
            var isFirst = request == use.Requests[0];
            var one = GoAsync.Plan(finding, request, (current, edits) => Download((InvocationExpressionSyntax)current, request, client, finding), edits =>
            {
                if (!isFirst)
                    return;

                client.AddTo(edits, finding.Types);
                foreach (var statement in use.Superfluous)
                    edits.Remove(statement);

                Unwrap(edits, use);
            });
            if (one is null)
                return null;

            var before = plan;
            plan = before is null ? one : new Plan(async (edits, cancel) =>
            {
                await before.Apply(edits, cancel).ConfigureAwait(false);
                await one.Apply(edits, cancel).ConfigureAwait(false);
            });
        }

        return CanUnwrap(use) && plan is not null ? plan with { Key = use.Declaration } : null;
    }

    private static bool IsDownload(InvocationExpressionSyntax call) => Calls.NameOf(call)!.Identifier.ValueText.StartsWith("Download", System.StringComparison.Ordinal);

    private static ExpressionSyntax Download(InvocationExpressionSyntax current, InvocationExpressionSyntax original, SharedHttpClient client, Finding finding)
    {
        var name = Calls.NameOf(current)!.Identifier.ValueText == "DownloadString" ? "GetStringAsync" : "GetByteArrayAsync";
        var arguments = current.ArgumentList;
        if (TokenFor("System.Net.Http.HttpClient", name, original, finding) is { } token)
            arguments = ArgumentLists.Append(arguments, SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)));

        var target = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParseExpression(client.Expression), SyntaxFactory.IdentifierName(name));
        return Awaits.Of(SyntaxFactory.InvocationExpression(target, arguments), original, finding.Model);
    }

    /// <summary>The token in scope, where the framework's method takes one.</summary>
    public static string? TokenFor(string type, string method, SyntaxNode place, Finding finding) =>
        finding.Types[type] is { } home && home.GetMembers(method).OfType<IMethodSymbol>().Any(overload =>
            overload.Parameters.Length > 0 && SymbolEqualityComparer.Default.Equals(overload.Parameters[overload.Parameters.Length - 1].Type, finding.Types.CancellationToken))
            ? CancellationTokens.InScope(place, finding.Model, finding.Types, finding.Cancel)
            : null;

    private static bool CanUnwrap(WebClientUseFix use) => use.Declaration switch
    {
        LocalDeclarationStatementSyntax { Parent: BlockSyntax } => true,
        UsingStatementSyntax { Parent: BlockSyntax outer, Statement: BlockSyntax inner } => !SharesNames(outer, inner),
        UsingStatementSyntax { Statement: not (BlockSyntax or UsingStatementSyntax) } => true,
        _ => false,
    };

    private static bool SharesNames(BlockSyntax outer, BlockSyntax inner)
    {
        var declared = new HashSet<string>(inner.DescendantNodes().Select(DeclaredName).OfType<string>());
        var function = Functions.Enclosing(outer) ?? outer;
        return function.DescendantNodes(node => node != inner).Select(DeclaredName).Any(name => name is not null && declared.Contains(name));
    }

    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Takes the declaration away; what a <c>using</c> statement held moves one level out.</summary>
    private static void Unwrap(DocumentEdits edits, WebClientUseFix use)
    {
        switch (use.Declaration)
        {
            case UsingStatementSyntax { Statement: BlockSyntax, Parent: BlockSyntax outer }:
                edits.Replace(outer, current => Indentation.Spliced(current, statement => statement is UsingStatementSyntax { Declaration.Variables: { Count: 1 } variables } && variables[0].Identifier.ValueText == use.Name));
                break;
            case UsingStatementSyntax single:
                edits.Replace(single, current => Indentation.Shifted(current.Statement, current).WithLeadingTrivia(current.GetLeadingTrivia()));
                break;
            default:
                if (HttpMessageFix.OpensBlock(use.Declaration) && ((BlockSyntax)use.Declaration.Parent!).Statements.Skip(1).Except(use.Superfluous).FirstOrDefault() is { } next)
                    edits.Replace(next, current => current.WithLeadingTrivia(Indentation.WithoutFirstBlankLines(current.GetLeadingTrivia())));

                edits.Remove(use.Declaration);
                break;
        }
    }

    /// <summary>One request with headers or a body: an HttpRequestMessage in the place of the local.</summary>
    private static Plan? OneMessage(Finding finding, WebClientUseFix use, SharedHttpClient client)
    {
        if (use.Requests.Count != 1 || !CanUnwrap(use) || HttpMessageFix.Of(finding, use) is not { } message)
            return null;

        var plan = GoAsync.Plan(finding, use.Requests[0], (_, edits) => message.Content(edits), edits =>
        {
            client.AddTo(edits, finding.Types);
            foreach (var statement in use.Superfluous)
                edits.Remove(statement);

            message.Write(edits, client);
            if (use.Declaration is UsingStatementSyntax)
                Unwrap(edits, use);
        });
        return plan is null ? null : plan with { Key = use.Declaration };
    }
}
