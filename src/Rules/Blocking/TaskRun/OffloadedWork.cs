using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Work that a function gives to the pool and waits for at once.</summary>
/// <param name="Call">The call that gives it.</param>
/// <param name="Waited">The <c>await</c>, or the task as the function returns it.</param>
/// <param name="Function">The function that waits.</param>
/// <param name="IsUnwrapped">Whether the result is that of the task which the work returns.</param>
internal sealed record OffloadedWork(InvocationExpressionSyntax Call, ExpressionSyntax Waited, SyntaxNode Function, bool IsUnwrapped)
{
    public bool IsAwaited => Waited is AwaitExpressionSyntax;

    /// <summary>The work that a call gives away; null where something else may run meanwhile, or where it has a thread of its own.</summary>
    public static OffloadedWork? Of(InvocationExpressionSyntax call, IMethodSymbol method, KnownTypes types)
    {
        var isRun = method.Name == "Run" && SymbolEqualityComparer.Default.Equals(method.ContainingType, types.Task);
        if (!isRun && !(method.Name == "StartNew" && (types.Is(method.ContainingType, "System.Threading.Tasks.TaskFactory") || types.Is(method.ContainingType, "System.Threading.Tasks.TaskFactory`1"))))
            return null;

        if (Functions.Enclosing(call) is not { } function || (!isRun && HasOwnThread(call, method)))
            return null;

        var isUnwrapped = isRun;
        ExpressionSyntax outer = call;
        while (outer.Parent is ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Unwrap", Parent: InvocationExpressionSyntax })
        {
            if (outer.Parent is MemberAccessExpressionSyntax member)
            {
                isUnwrapped |= member.Name.Identifier.ValueText == "Unwrap";
                outer = (InvocationExpressionSyntax)member.Parent!;
            }
            else
            {
                outer = (ExpressionSyntax)outer.Parent;
            }
        }

        return outer.Parent switch
        {
            AwaitExpressionSyntax wait => new OffloadedWork(call, wait, function, isUnwrapped),
            ReturnStatementSyntax when !IsAsync(function) => new OffloadedWork(call, outer, function, isUnwrapped),
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } when !IsAsync(function) => new OffloadedWork(call, outer, function, isUnwrapped),
            LambdaExpressionSyntax lambda when lambda.Body == outer && !IsAsync(function) => new OffloadedWork(call, outer, function, isUnwrapped),
            _ => null,
        };
    }

    public static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        _ => true, // top-level statements
    };

    /// <summary>A long-running task, or one that another scheduler than the pool's runs.</summary>
    private static bool HasOwnThread(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.Name == "TaskScheduler" && !call.ArgumentList.ToString().Contains("TaskScheduler.Default"))
                return true;
        }

        foreach (var token in call.ArgumentList.DescendantTokens())
        {
            if (token.ValueText == "LongRunning")
                return true;
        }

        return false;
    }
}
