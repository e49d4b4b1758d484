using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A local <c>WebClient</c> of which every use is understood.</summary>
/// <param name="Name">The local.</param>
/// <param name="Declaration">The local declaration, or the <c>using</c> statement that declares it.</param>
/// <param name="Headers">The statements that set a header.</param>
/// <param name="Superfluous">Statements that HttpClient needs no counterpart of: the UTF-8 encoding, <c>Dispose</c>.</param>
/// <param name="Requests">The calls that send a request.</param>
internal sealed record WebClientUseFix(
    string Name, StatementSyntax Declaration, IReadOnlyList<HttpHeaderFix> Headers, IReadOnlyList<StatementSyntax> Superfluous, IReadOnlyList<InvocationExpressionSyntax> Requests)
{
    /// <summary>What a finding's call is made on; null where the local is used for anything else.</summary>
    public static WebClientUseFix? Of(IdentifierNameSyntax receiver, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(receiver, finding.Cancel).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references } local
            || references[0].GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declared } declarator
            || !IsPlainCreation(declarator.Initializer?.Value, finding)
            || declared.Parent is not StatementSyntax declaration || Functions.Enclosing(declaration) is not { } function)
        {
            return null;
        }

        var headers = new List<HttpHeaderFix>();
        var superfluous = new List<StatementSyntax>();
        var requests = new List<InvocationExpressionSyntax>();
        foreach (var use in function.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText != local.Name || !SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(use, finding.Cancel).Symbol, local))
                continue;

            if (Functions.Enclosing(use) != function || use.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
                return null;

            if (HttpHeaderFix.Of(statement, local.Name, finding) is { } header && header.Value.Span.Contains(use.Span) == false)
                headers.Add(header);
            else if (IsSuperfluous(statement, local.Name, finding))
                superfluous.Add(statement);
            else if (use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } && IsRequest(call))
                requests.Add(call);
            else
                return null;
        }

        return new WebClientUseFix(local.Name, declaration, headers, superfluous, requests);
    }

    /// <summary><c>new WebClient()</c>, at most with the encoding that is the default anyway.</summary>
    public static bool IsPlainCreation(ExpressionSyntax? value, Finding finding) => value is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation
        && finding.Types.Is(finding.Model.GetTypeInfo(creation, finding.Cancel).Type, "System.Net.WebClient")
        && (creation.Initializer is null || creation.Initializer.Expressions.All(set => set is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "Encoding" }, Right: { } encoding } && IsUtf8(encoding)));

    public static bool IsRequest(InvocationExpressionSyntax call) => Calls.NameOf(call)?.Identifier.ValueText switch
    {
        "DownloadString" or "DownloadData" => call.ArgumentList.Arguments.Count == 1,
        "UploadString" or "UploadData" => call.ArgumentList.Arguments.Count == 2
            || (call.ArgumentList.Arguments.Count == 3 && call.ArgumentList.Arguments[1].Expression is LiteralExpressionSyntax { Token.ValueText: "POST" }),
        _ => false,
    } && call.ArgumentList.Arguments.All(argument => argument.NameColon is null);

    private static bool IsSuperfluous(StatementSyntax statement, string local, Finding finding) => statement is ExpressionStatementSyntax { Expression: { } expression } && expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: IdentifierNameSyntax name } } => name.Identifier.ValueText == local,
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Encoding", Expression: IdentifierNameSyntax name }, Right: { } encoding } =>
            name.Identifier.ValueText == local && IsUtf8(encoding),
        _ => false,
    };

    private static bool IsUtf8(ExpressionSyntax encoding) => encoding is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "UTF8", Expression: var type } && type.ToString().EndsWith("Encoding", System.StringComparison.Ordinal);
}
