using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A statement that sets one request header, in either of the forms that <c>WebHeaderCollection</c> takes.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Name">The header's name.</param>
/// <param name="NameCode">How the name is written.</param>
/// <param name="Value">What it is set to.</param>
internal sealed record HttpHeaderFix(ExpressionStatementSyntax Statement, string Name, string NameCode, ExpressionSyntax Value)
{
    /// <summary>Members of HttpRequestHeader that HttpClient sends as they are.</summary>
    private static readonly ImmutableDictionary<string, string> s_known = ImmutableDictionary.CreateRange(
    [
        new System.Collections.Generic.KeyValuePair<string, string>("Accept", "Accept"), new("AcceptLanguage", "Accept-Language"), new("Authorization", "Authorization"),
        new("CacheControl", "Cache-Control"), new("ContentType", "Content-Type"), new("Cookie", "Cookie"), new("IfNoneMatch", "If-None-Match"),
        new("IfModifiedSince", "If-Modified-Since"), new("Referer", "Referer"), new("UserAgent", "User-Agent"),
    ]);

    public bool IsContentType => string.Equals(Name, "Content-Type", System.StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The header that <c>local.Headers.Add(name, value)</c>, <c>local.Headers.Set(…)</c> or <c>local.Headers[name] = value</c>
    /// sets; null for anything else.
    /// </summary>
    public static HttpHeaderFix? Of(StatementSyntax statement, string local, Finding finding)
    {
        if (statement is not ExpressionStatementSyntax { Expression: { } expression } set)
            return null;

        switch (expression)
        {
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "Set", Expression: { } headers }, ArgumentList.Arguments: { Count: 2 } arguments }
                when IsHeadersOf(headers, local) && NameOf(arguments[0].Expression, finding) is { } name:
                return new HttpHeaderFix(set, name, CodeOf(arguments[0].Expression, name), arguments[1].Expression);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } index } element, Right: { } value }
                when IsHeadersOf(element.Expression, local) && NameOf(index[0].Expression, finding) is { } name:
                return new HttpHeaderFix(set, name, CodeOf(index[0].Expression, name), value);
            default:
                return null;
        }
    }

    /// <summary>The statement that sets the header on a request message; a null value is then left out, as before.</summary>
    public ExpressionStatementSyntax On(string request) => (ExpressionStatementSyntax)SyntaxFactory.ParseStatement(
        $"{request}.Headers.TryAddWithoutValidation({NameCode}, {Value});").WithTriviaFrom(Statement);

    /// <summary>Whether a media type is written as one that the header's type takes.</summary>
    public static bool IsMediaType(string? text) => text is not null && Regex.IsMatch(text, @"^[\w.+-]+/[\w.+-]+(; ?charset=[\w-]+)?$", RegexOptions.CultureInvariant);

    /// <summary>A named constant keeps its name; a member of <c>HttpRequestHeader</c> becomes the text it stands for.</summary>
    private static string CodeOf(ExpressionSyntax written, string name) =>
        written is IdentifierNameSyntax or MemberAccessExpressionSyntax && !written.ToString().Contains("HttpRequestHeader.") ? written.ToString() : $"\"{name}\"";

    private static bool IsHeadersOf(ExpressionSyntax expression, string local) => expression is MemberAccessExpressionSyntax
    {
        Name.Identifier.ValueText: "Headers", Expression: IdentifierNameSyntax { Identifier.ValueText: var name },
    } && name == local;

    private static string? NameOf(ExpressionSyntax written, Finding finding)
    {
        if (finding.Model.GetConstantValue(written, finding.Cancel).Value is string text)
            return IsPlain(text) ? text : null;

        return written is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } && finding.Types.Is(finding.Model.GetTypeInfo(written, finding.Cancel).Type, "System.Net.HttpRequestHeader")
            && s_known.TryGetValue(member, out var name) ? name : null;
    }

    /// <summary>Headers of the content, of the connection, and of what HttpClient handles itself are another matter.</summary>
    private static bool IsPlain(string name) => Regex.IsMatch(name, "^[A-Za-z][A-Za-z0-9-]*$", RegexOptions.CultureInvariant) && name.ToLowerInvariant() switch
    {
        "content-type" => true,
        "host" or "connection" or "expect" or "te" or "transfer-encoding" or "accept-encoding" or "range" or "date" or "allow" or "expires" or "last-modified" => false,
        var lower => !lower.StartsWith("content-", System.StringComparison.Ordinal),
    };
}
