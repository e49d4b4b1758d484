using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Knowledge;

/// <summary>
/// What runs when a piece of code runs: all of it but functions that are only made there. A lambda that an operator or a
/// dictionary calls before it returns runs with it.
/// </summary>
internal sealed class RunCode(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    /// <summary>The nodes that run with <paramref name="code"/>, in the order of the text. Code under a further <c>lock</c> is left out where <paramref name="skipsLocks"/> says so.</summary>
    public IEnumerable<SyntaxNode> In(SyntaxNode code, bool skipsLocks = false) => code.DescendantNodesAndSelf(node => node switch
    {
        AnonymousFunctionExpressionSyntax lambda => node == code || RunsInPlace(lambda),
        LocalFunctionStatementSyntax or TypeDeclarationSyntax => node == code,
        LockStatementSyntax => !skipsLocks || node == code,
        _ => true,
    });

    private bool RunsInPlace(AnonymousFunctionExpressionSyntax lambda)
    {
        if (Wrappings.Converted(lambda).Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument || Calls.NameOf(call)?.Identifier.ValueText is not { } name)
            return false;

        var ofDictionary = name is "GetOrAdd" or "AddOrUpdate" or "GetOrCreate";
        if (!(ofDictionary || PerElementOperators.MayBe(name)) || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
            return false;

        if (ofDictionary)
            return types.Is(method.ContainingType, "System.Collections.Concurrent.ConcurrentDictionary`2") || types.Is(method.ContainingType, "Microsoft.Extensions.Caching.Memory.CacheExtensions");

        return PerElementOperators.Runs(method, argument, call, types) && !ExpressionTrees.Contain(call, model, types, cancel)
            && !new DeferredQueries(model, types, cancel).IsHandedOut(new Loop(lambda, null));
    }
}
