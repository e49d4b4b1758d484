using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The statement that writes the body of a request.</summary>
internal sealed record WebRequestBodyFix(StatementSyntax Statement, ExpressionSyntax Value, bool IsText);

/// <summary>A local <c>HttpWebRequest</c> of which every use is understood, and its answer.</summary>
internal sealed record WebRequestUseFix(string Name, LocalDeclarationStatementSyntax Declaration, ExpressionSyntax Address)
{
    /// <summary>Properties that are headers.</summary>
    private static readonly Dictionary<string, string> s_headers = new() { ["Accept"] = "Accept", ["UserAgent"] = "User-Agent", ["Referer"] = "Referer", ["ContentType"] = "Content-Type" };

    public List<HttpHeaderFix> Headers { get; } = [];

    public List<StatementSyntax> Superfluous { get; } = [];

    /// <summary>The calls that take the stream of the answer.</summary>
    public List<InvocationExpressionSyntax> Streams { get; } = [];

    public WebRequestBodyFix? Body { get; private set; }

    public bool IsPost { get; private set; }

    /// <summary>The declared type of the answer.</summary>
    public TypeSyntax? ResponseType { get; private set; }

    public static WebRequestUseFix? Of(IdentifierNameSyntax receiver, InvocationExpressionSyntax call, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(receiver, finding.Cancel).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references } local
            || references[0].GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax, Declaration.Variables.Count: 1 } declaration } declarator
            || Functions.Enclosing(declaration) is not { } function
            || AddressIn(declarator.Initializer?.Value, finding) is not { } address)
        {
            return null;
        }

        var use = new WebRequestUseFix(local.Name, declaration, address);
        foreach (var name in UsesOf(local, function, finding))
        {
            if (Functions.Enclosing(name) != function || name.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
                || !(name.Parent == call.Expression || use.Takes(statement, name, finding)))
            {
                return null;
            }
        }

        var type = use.Headers.FirstOrDefault(header => header.IsContentType);
        var isSound = use.IsPost == (use.Body is not null)
            && (type is null || (use.IsPost && HttpHeaderFix.IsMediaType(finding.Model.GetConstantValue(type.Value, finding.Cancel).Value as string)));
        isSound &= MovableFix.Is(address, finding) && use.Headers.All(header => MovableFix.Is(header.Value, finding)) && (use.Body is null || MovableFix.Is(use.Body.Value, finding));
        return isSound && use.TakesAnswer(call, function, finding) ? use : null;
    }

    /// <summary>The address of <c>(HttpWebRequest)WebRequest.Create(url)</c> or <c>WebRequest.CreateHttp(url)</c>; a request of another kind has no HttpClient.</summary>
    private static ExpressionSyntax? AddressIn(ExpressionSyntax? value, Finding finding)
    {
        var isHttp = value is CastExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression };
        value = value switch
        {
            CastExpressionSyntax cast => cast.Expression,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } cast => cast.Left,
            _ => value,
        };
        if (value is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } create
            || finding.Model.GetSymbolInfo(create, finding.Cancel).Symbol is not IMethodSymbol { IsStatic: true, Name: "Create" or "CreateHttp" } method
            || !finding.Types.Is(method.ContainingType, "System.Net.WebRequest"))
        {
            return null;
        }

        return isHttp || method.Name == "CreateHttp" ? arguments[0].Expression : null;
    }

    private bool Takes(StatementSyntax statement, IdentifierNameSyntax name, Finding finding)
    {
        if (HttpHeaderFix.Of(statement, Name, finding) is { } header)
        {
            Headers.Add(header);
            return true;
        }

        if (statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var property } left, Right: { } value } } set
            && left.Expression == name)
        {
            if (s_headers.TryGetValue(property, out var known))
            {
                Headers.Add(new HttpHeaderFix(set, known, $"\"{known}\"", value));
                return true;
            }

            Superfluous.Add(statement);
            return property switch
            {
                "ContentLength" => true,
                "Method" => IsKnownMethod(finding.Model.GetConstantValue(value, finding.Cancel).Value as string),
                _ => false,
            };
        }

        return name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetRequestStream", Parent: InvocationExpressionSyntax open } && TakesBody(open, finding);
    }

    private bool IsKnownMethod(string? method)
    {
        IsPost = method == "POST";
        return method is "GET" or "POST";
    }

    /// <summary>
    /// <c>using (var s = request.GetRequestStream()) { s.Write(bytes, 0, bytes.Length); }</c>, or a <c>StreamWriter</c> over it that
    /// writes one text.
    /// </summary>
    private bool TakesBody(InvocationExpressionSyntax open, Finding finding)
    {
        if (Body is not null || open.FirstAncestorOrSelf<UsingStatementSyntax>() is not { Declaration.Variables: { Count: 1 } variables } block
            || variables[0].Initializer?.Value is not { } value)
        {
            return false;
        }

        var isText = value is ObjectCreationExpressionSyntax { Type: { } type, ArgumentList.Arguments: { Count: 1 } arguments } && type.ToString() == "StreamWriter" && arguments[0].Expression == open;
        if (!isText && value != open)
            return false;

        var writer = variables[0].Identifier.ValueText;
        var statements = block.Statement is BlockSyntax body ? body.Statements.ToList() : [block.Statement];
        var writes = statements.Where(statement => !IsCall(statement, writer, "Flush", "Close", "Dispose")).ToList();
        if (writes.Count != 1 || writes[0] is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: var given } } || !IsCall(writes[0], writer, "Write"))
            return false;

        var isWhole = isText ? given.Count == 1 : given.Count == 3 && given[1].ToString() == "0" && given[2].ToString() == $"{given[0]}.Length";
        if (!isWhole || (isText && finding.Model.GetTypeInfo(given[0].Expression, finding.Cancel).Type?.SpecialType != SpecialType.System_String))
            return false;

        Body = new WebRequestBodyFix(block, given[0].Expression, isText);
        return true;
    }

    private static bool IsCall(StatementSyntax statement, string local, params string[] methods) => statement is ExpressionStatementSyntax
    {
        Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name }, Name.Identifier.ValueText: var method } },
    } && name == local && methods.Contains(method);

    /// <summary>What is done with the answer: its stream and its status are read, and it is closed.</summary>
    private bool TakesAnswer(InvocationExpressionSyntax call, SyntaxNode function, Finding finding)
    {
        ExpressionSyntax answer = call.Parent is CastExpressionSyntax cast ? cast : call;
        if (answer.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declared } declarator }
            || finding.Model.GetDeclaredSymbol(declarator, finding.Cancel) is not ILocalSymbol local)
        {
            return false;
        }

        ResponseType = declared.Type;
        foreach (var name in UsesOf(local, function, finding))
        {
            if (Functions.Enclosing(name) != function || name.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access || access.Expression != name)
                return false;

            switch (member)
            {
                case "GetResponseStream" when access.Parent is InvocationExpressionSyntax stream:
                    Streams.Add(stream);
                    break;
                case "StatusCode":
                    break;
                case "Close" or "Dispose" when access.Parent is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } close } && declared.Parent is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }:
                    Superfluous.Add(close);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static IEnumerable<IdentifierNameSyntax> UsesOf(ILocalSymbol local, SyntaxNode function, Finding finding) => function.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol, local));
}
