using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// <c>Task.Run(() =&gt; LoadAsync())</c>, started on another thread only so that waiting for it could not deadlock: awaited,
/// it is <c>LoadAsync()</c>. In a server, which has no synchronization context, both run the same.
/// </summary>
internal static class StartedWorkFix
{
    public static bool CanStandAlone(ExpressionSyntax task, Finding finding) =>
        task is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call && Calls.NameOf(call)?.Identifier.ValueText == "Run"
        && arguments[0] is { NameColon: null, Expression: ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ReturnType: null, ExpressionBody: { } body } lambda }
        && ServerFrameworks.AreReferencedBy(finding.Model.Compilation)
        && finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol { Parameters: { Length: 1 } parameters } method
        && SymbolEqualityComparer.Default.Equals(method.ContainingType, finding.Types.Task)
        && parameters[0].Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { } result } && Functions.IsTask(result, finding.Types)
        && (lambda.AsyncKeyword.RawKind == 0 ? body : (body as AwaitExpressionSyntax)?.Expression) is InvocationExpressionSyntax work
        && !work.ContainsDirectives && Functions.IsTask(finding.Model.GetTypeInfo(work, finding.Cancel).Type, finding.Types);

    /// <summary>The work in the call as earlier edits left it.</summary>
    public static ExpressionSyntax Work(ExpressionSyntax call)
    {
        var body = ((LambdaExpressionSyntax)((InvocationExpressionSyntax)call).ArgumentList.Arguments[0].Expression).ExpressionBody!;
        return body is AwaitExpressionSyntax wait ? wait.Expression : body;
    }
}
