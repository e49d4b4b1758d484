using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Requests that code builds itself.</summary>
internal static class HttpRequests
{
    /// <summary>Whether the call sends a request that is made as a GET or HEAD, there or in a local that the same function declares.</summary>
    public static bool IsGet(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (call.ArgumentList.Arguments.Count == 0)
            return false;

        var request = call.ArgumentList.Arguments[0].Expression;
        if (request is IdentifierNameSyntax && model.GetSymbolInfo(request, cancel).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } local)
        {
            if (declared[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Initializer.Value: { } value } || IsGivenMethod(local, call))
                return false;

            request = value;
        }

        return request is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } && types.Is(model.GetTypeInfo(request, cancel).Type, "System.Net.Http.HttpRequestMessage")
            && model.GetSymbolInfo(arguments[0].Expression, cancel).Symbol is IPropertySymbol { IsStatic: true, Name: "Get" or "Head", ContainingType: { Name: "HttpMethod" } };
    }

    private static bool IsGivenMethod(ILocalSymbol request, SyntaxNode call)
    {
        foreach (var node in Functions.Enclosing(call)?.DescendantNodes() ?? [])
        {
            if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Method", Expression: IdentifierNameSyntax owner } } && owner.Identifier.ValueText == request.Name)
                return true;
        }

        return false;
    }
}
