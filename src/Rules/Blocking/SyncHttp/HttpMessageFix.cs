using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>One request of a <c>WebClient</c> written as an <c>HttpRequestMessage</c> that is sent.</summary>
internal sealed class HttpMessageFix
{
    private const string Http = "System.Net.Http.";

    private readonly Finding _finding;
    private readonly WebClientUseFix _use;
    private readonly InvocationExpressionSyntax _call;
    private readonly StatementSyntax _statement;

    // Chosen anew whenever the edits are made, which is more than once where they are tried first.
    private string _request = "request";
    private string _response = "response";

    private HttpMessageFix(Finding finding, WebClientUseFix use, StatementSyntax statement)
    {
        _finding = finding;
        _use = use;
        _call = use.Requests[0];
        _statement = statement;
    }

    private string Method => Calls.NameOf(_call)!.Identifier.ValueText;

    private bool IsUpload => Method.StartsWith("Upload", System.StringComparison.Ordinal);

    private HttpHeaderFix? ContentType => _use.Headers.FirstOrDefault(header => header.IsContentType);

    private ExpressionSyntax Address => _call.ArgumentList.Arguments[0].Expression;

    /// <summary>The message for a local with one request; null where its statements do not follow one another as they must.</summary>
    public static HttpMessageFix? Of(Finding finding, WebClientUseFix use)
    {
        var call = use.Requests[0];
        if (call.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement
            || statement is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax or ReturnStatementSyntax)
            || block != (use.Declaration is UsingStatementSyntax { Statement: var body } ? body : use.Declaration.Parent)
            || !IsEvaluatedFirst(call, statement)
            || !call.ArgumentList.Arguments.All(argument => MovableFix.Is(argument.Expression, finding)) || !use.Headers.All(header => MovableFix.Is(header.Value, finding))
            || use.Headers.Any(header => header.Statement.Parent != block || header.Statement.SpanStart > statement.SpanStart)
            || !CSharp8(finding))
        {
            return null;
        }

        var message = new HttpMessageFix(finding, use, statement);
        var type = message.ContentType;
        if (type is not null && (!message.IsUpload || !HttpHeaderFix.IsMediaType(finding.Model.GetConstantValue(type.Value, finding.Cancel).Value as string)))
            return null;

        return message.AddressIsSettled(block) ? message : null;
    }

    /// <summary>The edits beside the call itself.</summary>
    public void Write(DocumentEdits edits, SharedHttpClient client)
    {
        _request = edits.UniqueName("request", _statement);
        _response = edits.UniqueName("response", _statement);
        var position = _statement.SpanStart;
        var method = IsUpload ? "Post" : "Get";
        var create = Statement($"using var {_request} = new {Name(edits, "HttpRequestMessage")}({Name(edits, "HttpMethod")}.{method}, {Address});");
        var first = _use.Headers.Where(header => !header.IsContentType).Select(header => (StatementSyntax)header.Statement).FirstOrDefault() ?? _statement;
        edits.InsertBefore(first, create.WithLeadingTrivia(OpensBlock(_use.Declaration) ? Indentation.WithoutFirstBlankLines(first.GetLeadingTrivia()) : first.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation));
        foreach (var header in _use.Headers)
        {
            if (header.IsContentType)
                edits.Remove(header.Statement);
            else
                edits.Replace(header.Statement, header.Statement == first ? WithoutBlankLines(header.On(_request)) : header.On(_request));
        }

        if (IsUpload)
            Insert(edits, $"{_request}.Content = {NewContent(edits)};");

        var token = WebClientFix.TokenFor(Http + "HttpClient", "SendAsync", _call, _finding);
        Insert(edits, $"using var {_response} = await {client.Expression}.SendAsync({_request}{(token is null ? "" : $", {token}")});");
        if (_statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax })
            Insert(edits, $"{_response}.EnsureSuccessStatusCode();");

        if (first == _statement)
            edits.Replace(_statement, current => WithoutBlankLines(current));

        if (_use.Declaration is LocalDeclarationStatementSyntax)
            edits.Remove(_use.Declaration);
    }

    /// <summary>What the call becomes.</summary>
    public ExpressionSyntax Content(DocumentEdits edits)
    {
        if (_statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax })
            return SyntaxFactory.ParseExpression($"{_response}.EnsureSuccessStatusCode()").WithTriviaFrom(_call);

        var read = Method is "DownloadString" or "UploadString" ? "ReadAsStringAsync" : "ReadAsByteArrayAsync";
        var token = WebClientFix.TokenFor(Http + "HttpContent", read, _call, _finding);
        return Awaits.Of(SyntaxFactory.ParseExpression($"{_response}.Content.{read}({token})"), _call, _finding.Model);
    }

    private void Insert(DocumentEdits edits, string statement) => edits.InsertBefore(_statement, Statement(statement).WithAdditionalAnnotations(Formatter.Annotation));

    private static StatementSyntax Statement(string text) => SyntaxFactory.ParseStatement(text).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed);

    private string Name(DocumentEdits edits, string type) => edits.NameOf(_finding.Types[Http + type]!, _statement.SpanStart);

    /// <summary>The body as WebClient sends it: no media type but the one that was set.</summary>
    private string NewContent(DocumentEdits edits)
    {
        var body = _call.ArgumentList.Arguments[_call.ArgumentList.Arguments.Count - 1].Expression;
        var type = ContentType is { } header
            ? $"{edits.NameOf(_finding.Types["System.Net.Http.Headers.MediaTypeHeaderValue"]!, _statement.SpanStart)}.Parse({header.Value})"
            : "null";
        var isText = Method == "UploadString";
        var initializer = isText || ContentType is not null ? $" {{ Headers = {{ ContentType = {type} }} }}" : "";
        return $"new {Name(edits, isText ? "StringContent" : "ByteArrayContent")}({body}){initializer}";
    }

    /// <summary>Whether the statement is the first of its block: a blank line after it must go with it.</summary>
    internal static bool OpensBlock(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax { Parent: BlockSyntax block } && block.Statements[0] == statement;

    private static T WithoutBlankLines<T>(T statement) where T : SyntaxNode
    {
        var leading = statement.GetLeadingTrivia();
        return leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? statement.WithLeadingTrivia(leading[leading.Count - 1]) : statement.WithLeadingTrivia();
    }

    private static bool CSharp8(Finding finding) => finding.Model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 };

    /// <summary>Whether nothing else of the statement runs before the call, so that the request may be sent in a statement of its own.</summary>
    private static bool IsEvaluatedFirst(InvocationExpressionSyntax call, StatementSyntax statement) => statement.DescendantNodes().All(node =>
        node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax or ConditionalExpressionSyntax
            or AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax)
        || call.Span.Contains(node.Span) || (node.Span.Contains(call.Span) && node is InvocationExpressionSyntax)
        || node.SpanStart > call.Span.End)
        && !statement.DescendantNodes().Any(node => node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression });

    /// <summary>Whether the address may be read before the headers are set: nothing it uses is declared or set in between.</summary>
    private bool AddressIsSettled(BlockSyntax block)
    {
        var first = _use.Headers.Count == 0 ? _statement : _use.Headers[0].Statement;
        var names = new HashSet<string>(Address.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText));
        foreach (var statement in block.Statements)
        {
            if (statement.SpanStart < first.SpanStart || statement.SpanStart >= _statement.SpanStart)
                continue;

            foreach (var node in statement.DescendantNodes())
            {
                var set = node switch
                {
                    VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                    AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText,
                    _ => null,
                };
                if (set is not null && names.Contains(set))
                    return false;
            }
        }

        return true;
    }
}
