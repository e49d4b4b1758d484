using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Calls of <c>Parallel.For</c>, <c>ForEach</c> and <c>Invoke</c>.</summary>
internal static class ParallelCalls
{
    /// <summary>Whether nothing in sight limits how many threads the call takes.</summary>
    public static bool IsUnlimited(InvocationExpressionSyntax call, IMethodSymbol method, Site site)
    {
        // An async lambda gives its thread back at the first await; no degree limits what it goes on with.
        if (call.ArgumentList.Arguments.Count == 0 || HasAsyncBody(call, site) || IsSmall(call, method, site))
            return false;

        return OptionsOf(call, method) is not { } options || ParallelDegrees.AreMissing(options, site.Model, site.Types, site.Cancel);
    }

    /// <summary>The argument for the parameter <c>parallelOptions</c>; null where the overload has none.</summary>
    public static ExpressionSyntax? OptionsOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name != "parallelOptions")
                continue;

            foreach (var argument in call.ArgumentList.Arguments)
            {
                if (argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
                    return argument.Expression;
            }

            return parameter.Ordinal < call.ArgumentList.Arguments.Count ? call.ArgumentList.Arguments[parameter.Ordinal].Expression : null;
        }

        return null;
    }

    /// <summary>Whether the body is async, or starts a task and leaves it: the loop waits for neither.</summary>
    private static bool HasAsyncBody(InvocationExpressionSyntax call, Site site)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 }
                || (argument.Expression is LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax body } && Functions.IsTask(site.Model.GetTypeInfo(body, site.Cancel).Type, site.Types)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSmall(InvocationExpressionSyntax call, IMethodSymbol method, Site site)
    {
        var first = call.ArgumentList.Arguments[0].Expression;
        var most = site.Read(CommonOptions.SmallLoop);
        return method.Name switch
        {
            "For" => SmallLoops.Is(new Loop(first, null), most, site.Model, site.Types, site.Cancel) || CountsProcessors(call),
            "ForEach" => SmallLoops.Is(new Loop(first, first), most, site.Model, site.Types, site.Cancel),

            // One action takes no thread but the caller's.
            _ => call.ArgumentList.Arguments.Count == (method.Parameters.Length > 1 ? 2 : 1)
                && site.Model.GetTypeInfo(call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression, site.Cancel).ConvertedType?.TypeKind == TypeKind.Delegate,
        };
    }

    /// <summary>Whether the work was divided by hand into as many parts as there are processors.</summary>
    private static bool CountsProcessors(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
                continue;

            foreach (var token in argument.DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "ProcessorCount")
                    return true;
            }
        }

        return false;
    }
}
