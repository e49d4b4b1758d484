using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>
/// Members that give queries whose source lies in another project, but that other code of this compilation awaits with
/// a provider's async operators: that code would throw on every call if they gave anything else.
/// </summary>
internal sealed class AwaitedSources
{
    private static readonly ConditionalWeakTable<Compilation, AwaitedSources> s_cache = new();

    private readonly ConcurrentDictionary<ISymbol, QueryProvider> _known = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;

    private AwaitedSources(Compilation compilation) => _compilation = compilation;

    public static AwaitedSources Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new AwaitedSources(c));

    /// <summary>The provider with whose async operators a query of the member is awaited somewhere.</summary>
    public QueryProvider ProviderOf(ISymbol member, CancellationToken cancel)
    {
        var definition = member.OriginalDefinition;
        if (!_known.TryGetValue(definition, out var provider))
        {
            provider = Find(definition, cancel);
            _known.TryAdd(definition, provider);
        }

        return provider;
    }

    private QueryProvider Find(ISymbol member, CancellationToken cancel)
    {
        foreach (var tree in _compilation.SyntaxTrees)
        {
            var text = tree.GetText(cancel).ToString();
            if (text.IndexOf(member.Name, StringComparison.Ordinal) < 0 || text.IndexOf("Async(", StringComparison.Ordinal) < 0)
                continue;

            SemanticModel? model = null;
            foreach (var node in tree.GetRoot(cancel).DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
                    || !access.Name.Identifier.ValueText.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal)
                    || RootNamed(access.Expression, member.Name) is not { } root)
                {
                    continue;
                }

                model ??= _compilation.GetSemanticModel(tree);
                if (model.GetSymbolInfo(root, cancel).Symbol is { } found && SymbolEqualityComparer.Default.Equals(found.OriginalDefinition, member)
                    && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { IsExtensionMethod: true } awaited
                    && QueryProviders.OfLibrary(Calls.HomeOf(awaited)) is var provider and not QueryProvider.Unknown)
                {
                    return provider;
                }
            }
        }

        return QueryProvider.Unknown;
    }

    /// <summary>The name of that text in a chain of calls and members, or null.</summary>
    private static SimpleNameSyntax? RootNamed(ExpressionSyntax chain, string name)
    {
        while (true)
        {
            switch (chain)
            {
                case InvocationExpressionSyntax call:
                    chain = call.Expression;
                    break;
                case MemberAccessExpressionSyntax access:
                    if (access.Name.Identifier.ValueText == name)
                        return access.Name;

                    chain = access.Expression;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    chain = parenthesized.Expression;
                    break;
                case SimpleNameSyntax simple:
                    return simple.Identifier.ValueText == name ? simple : null;
                default:
                    return null;
            }
        }
    }
}
