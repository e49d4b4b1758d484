using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Whether everybody who calls a function waits for it before going on, so that nothing ever ran beside it.</summary>
internal static class WaitingCallersFix
{
    // A chain with more functions than this is not worth the search.
    private const int Most = 32;

    /// <summary>How many places call the function; null where one of them, or of their callers, may do something else meanwhile.</summary>
    public static async Task<int?> OfAsync(IMethodSymbol function, Solution solution, CancellationToken cancel)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { function };
        var open = new Queue<IMethodSymbol>([function]);
        int? first = null;
        while (open.Count > 0)
        {
            var next = open.Dequeue();
            var callers = 0;

            // A lambda is called by whom it is given to.
            if (next.MethodKind != MethodKind.AnonymousFunction)
            {
                foreach (var reference in await SymbolFinder.FindReferencesAsync(next, solution, cancel).ConfigureAwait(false))
                {
                    foreach (var place in reference.Locations)
                    {
                        var root = await place.Document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
                        var model = await place.Document.GetSemanticModelAsync(cancel).ConfigureAwait(false);
                        if (place.IsImplicit || root is null || model is null)
                            return null;

                        var mention = root.FindNode(place.Location.SourceSpan, getInnermostNodeForTie: true);
                        if (ExpressionTrees.IsOnlyNamed(mention) || IsHandler(mention))
                            continue;

                        callers++;
                        if (CallerOf(mention, model, cancel) is not { } caller)
                            return null;

                        if (seen.Add(caller))
                            open.Enqueue(caller);
                    }
                }
            }

            first ??= callers;
            if (seen.Count > Most)
                return null;
        }

        return first;
    }

    /// <summary>Whether a place in the function's own document is seen to go on without waiting: asked before the fix is offered.</summary>
    public static bool AreSeenToGoOn(IMethodSymbol function, SyntaxNode root, SemanticModel model, CancellationToken cancel)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction)
            return false;

        foreach (var token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == function.Name && token.Parent is SimpleNameSyntax mention
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(mention, cancel).Symbol?.OriginalDefinition, function)
                && !ExpressionTrees.IsOnlyNamed(mention) && !IsHandler(mention) && CallerOf(mention, model, cancel) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A method given to an endpoint is called by the framework.</summary>
    private static bool IsHandler(SyntaxNode mention) => mention is IdentifierNameSyntax or MemberAccessExpressionSyntax
        && (mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention ? member.Parent : mention.Parent) is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && Calls.NameOf(call) is { } name && Endpoints.MapNames.Contains(name.Identifier.ValueText);

    /// <summary>The function that waits at a place; null where the place is no call, or its task is kept.</summary>
    private static IMethodSymbol? CallerOf(SyntaxNode mention, SemanticModel model, CancellationToken cancel)
    {
        if (mention.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || Calls.NameOf(call) is not { } name || !name.Span.Contains(mention.Span))
            return null;

        ExpressionSyntax outer = call;
        while (outer.Parent is ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax })
            outer = outer.Parent is MemberAccessExpressionSyntax member ? (InvocationExpressionSyntax)member.Parent! : (ExpressionSyntax)outer.Parent;

        var waits = outer.Parent is AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax }
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" };
        if (!waits || Functions.Enclosing(call) is not { } function || Functions.Symbol(function, model, cancel) is not { } symbol)
            return null;

        // A lambda in a query may run many times at once; one that an endpoint maps is the entry.
        return function is not AnonymousFunctionExpressionSyntax || Endpoints.Is(symbol, model, KnownTypes.Of(model.Compilation), cancel) ? symbol : null;
    }
}
