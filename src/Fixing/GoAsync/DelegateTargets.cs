using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Where a lambda or a method group goes, and whether one that returns a task can go there too.</summary>
internal static class DelegateTargets
{
    /// <summary>
    /// Whether <paramref name="function"/>, which returns no task today, may return one: it is given to an endpoint as
    /// a plain <c>Delegate</c>, or to <c>Task.Run</c>, whose overload for tasks then waits for it.
    /// </summary>
    public static bool TakeTasksToo(ExpressionSyntax function, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var outer = function;
        while (outer.Parent is ParenthesizedExpressionSyntax parenthesized)
            outer = parenthesized;

        if (outer.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
            || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
        {
            return false;
        }

        return SymbolEqualityComparer.Default.Equals(method.ContainingType, types.Task)
            ? method.Name == "Run"
            : IsDelegateParameter(method, argument, call, types)
                && method.ContainingNamespace?.ToDisplayString() is "Microsoft.AspNetCore.Builder" or "Microsoft.AspNetCore.Routing";
    }

    private static bool IsDelegateParameter(IMethodSymbol method, ArgumentSyntax argument, InvocationExpressionSyntax call, KnownTypes types)
    {
        if (argument.NameColon is { } named)
        {
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Name == named.Name.Identifier.ValueText)
                    return types.Is(parameter.Type, "System.Delegate");
            }

            return false;
        }

        var index = call.ArgumentList.Arguments.IndexOf(argument);
        return index < method.Parameters.Length && types.Is(method.Parameters[index].Type, "System.Delegate");
    }
}
