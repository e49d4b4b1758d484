using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A local <c>HttpWebRequest</c> that is only created, given headers and answered → <c>HttpRequestMessage</c> and a shared <c>HttpClient</c>.</summary>
internal static class WebRequestFix
{
    private const string Http = "System.Net.Http.";

    public static Plan? Plan(Finding finding, InvocationExpressionSyntax call)
    {
        if (Calls.NameOf(call)?.Identifier.ValueText != "GetResponse" || Calls.ReceiverOf(call) is not IdentifierNameSyntax receiver
            || WebExceptionsFix.AreReadIn(finding.Model.Compilation, finding.Cancel)
            || finding.Model.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
            || WebRequestUseFix.Of(receiver, call, finding) is not { } use
            || SharedHttpClient.For(call, finding.Model, finding.Types, finding.Cancel) is not { } client)
        {
            return null;
        }

        // A cast of the answer goes with the call: the new one has the type that is read.
        ExpressionSyntax answer = call.Parent is CastExpressionSyntax cast ? cast : call;
        var plan = GoAsync.Plan(finding, answer, (_, _) => Send(use, answer, client, finding), edits =>
        {
            client.AddTo(edits, finding.Types);
            Write(edits, use, finding);
        });
        if (plan is null || use.Streams.Any(stream => !Functions.CanAwaitAt(stream)))
            return null;

        return plan with { Key = use.Declaration };
    }

    private static ExpressionSyntax Send(WebRequestUseFix use, ExpressionSyntax answer, SharedHttpClient client, Finding finding)
    {
        var token = WebClientFix.TokenFor(Http + "HttpClient", "SendAsync", answer, finding);
        var sent = Awaits.Of(SyntaxFactory.ParseExpression($"{client.Expression}.SendAsync({use.Name}{(token is null ? "" : $", {token}")})"), answer, finding.Model).WithoutTrivia();
        if (sent is not ParenthesizedExpressionSyntax)
            sent = SyntaxFactory.ParenthesizedExpression(sent);

        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, sent, SyntaxFactory.IdentifierName("EnsureSuccessStatusCode"))).WithTriviaFrom(answer);
    }

    private static void Write(DocumentEdits edits, WebRequestUseFix use, Finding finding)
    {
        var position = use.Declaration.SpanStart;
        var message = edits.NameOf(finding.Types[Http + "HttpRequestMessage"]!, position);
        var method = edits.NameOf(finding.Types[Http + "HttpMethod"]!, position);
        edits.Replace(use.Declaration, SyntaxFactory.ParseStatement(
            $"using var {use.Name} = new {message}({method}.{(use.IsPost ? "Post" : "Get")}, {use.Address});").WithTriviaFrom(use.Declaration));
        foreach (var statement in use.Superfluous)
            edits.Remove(statement);

        foreach (var header in use.Headers)
        {
            if (header.IsContentType)
                edits.Remove(header.Statement);
            else
                edits.Replace(header.Statement, header.On(use.Name));
        }

        if (use.Body is { } body)
        {
            edits.Replace(body.Statement, SyntaxFactory.ParseStatement($"{use.Name}.Content = {NewContent(edits, use, body, finding)};")
                .WithTriviaFrom(body.Statement).WithAdditionalAnnotations(Formatter.Annotation));
        }

        var response = edits.NameOf(finding.Types[Http + "HttpResponseMessage"]!, position);
        if (use.ResponseType is { IsVar: false } type)
            edits.Replace(type, SyntaxFactory.ParseTypeName(response).WithTriviaFrom(type));

        var token = WebClientFix.TokenFor(Http + "HttpContent", "ReadAsStreamAsync", use.Declaration, finding);
        foreach (var stream in use.Streams)
        {
            edits.Replace(stream, current =>
            {
                var call = (InvocationExpressionSyntax)current;
                return Awaits.Of(SyntaxFactory.ParseExpression($"{Calls.ReceiverOf(call)}.Content.ReadAsStreamAsync({token})"), stream, finding.Model);
            });
        }
    }

    private static string NewContent(DocumentEdits edits, WebRequestUseFix use, WebRequestBodyFix body, Finding finding)
    {
        var position = use.Declaration.SpanStart;
        var content = edits.NameOf(finding.Types[Http + (body.IsText ? "StringContent" : "ByteArrayContent")]!, position);
        var header = use.Headers.FirstOrDefault(set => set.IsContentType);
        var type = header is null ? "null" : $"{edits.NameOf(finding.Types["System.Net.Http.Headers.MediaTypeHeaderValue"]!, position)}.Parse({header.Value})";
        return $"new {content}({body.Value}){(body.IsText || header is not null ? $" {{ Headers = {{ ContentType = {type} }} }}" : "")}";
    }
}
