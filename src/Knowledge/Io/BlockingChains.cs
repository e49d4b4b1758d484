using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Locks;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>The way from a function to a blocking call that it leads to.</summary>
/// <param name="Functions">The functions, from the one asked about to the one that makes the call.</param>
/// <param name="Calls">The blocking calls of that last function.</param>
internal sealed record BlockingChain(ImmutableArray<IMethodSymbol> Functions, ImmutableArray<BlockingCall> Calls);

/// <summary>
/// Which functions of a compilation block, directly or through what they call. Asked only where it matters, so that
/// only what is reached from there is ever read.
/// </summary>
internal sealed class BlockingChains
{
    /// <summary>A service that calls a repository that calls a helper; what lies deeper is no longer the reader's lock.</summary>
    private const int Depth = 4;

    /// <summary>More functions than this answer no question at a bearable price.</summary>
    private const int Most = 200;

    private static readonly ConditionalWeakTable<Compilation, BlockingChains> s_cache = new();

    private readonly ConcurrentDictionary<IMethodSymbol, Content> _contents = new(SymbolEqualityComparer.Default);
    private readonly SourceCalls _calls;

    private BlockingChains(Compilation compilation) => _calls = SourceCalls.Of(compilation);

    public static BlockingChains Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new BlockingChains(c));

    /// <summary>The shortest way from a call at <paramref name="node"/> to a blocking call; null where it calls nothing that blocks.</summary>
    public BlockingChain? From(SyntaxNode node, SemanticModel model, CancellationToken cancel) =>
        _calls.Called(node, model, cancel) is { } called && !RunsLater(called, KnownTypes.Of(model.Compilation)) ? From(called, model, cancel) : null;

    private BlockingChain? From(IMethodSymbol called, SemanticModel model, CancellationToken cancel)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var round = _calls.RunBy(called, cancel).Where(seen.Add).Select(function => ImmutableArray.Create(function)).ToList();
        for (var depth = 0; depth < Depth && round.Count > 0 && seen.Count < Most; depth++)
        {
            var next = new List<ImmutableArray<IMethodSymbol>>();
            foreach (var way in round)
            {
                cancel.ThrowIfCancellationRequested();
                var content = ContentOf(way[way.Length - 1], model, cancel);
                if (!content.Blocking.IsEmpty)
                    return new BlockingChain(way, content.Blocking);

                foreach (var inner in content.Calls)
                    next.AddRange(_calls.RunBy(inner, cancel).Where(seen.Add).Select(function => way.Add(function)));
            }

            round = next;
        }

        return null;
    }

    private Content ContentOf(IMethodSymbol function, SemanticModel atHand, CancellationToken cancel)
    {
        if (!_contents.TryGetValue(function, out var content))
        {
            content = Read(function, atHand, cancel);
            _contents.TryAdd(function, content);
        }

        return content;
    }

    private Content Read(IMethodSymbol function, SemanticModel atHand, CancellationToken cancel)
    {
        if (function.DeclaringSyntaxReferences.IsEmpty || Functions.BodyOf(function.DeclaringSyntaxReferences[0].GetSyntax(cancel)) is not { } body || IsIterator(body))
            return Content.Empty;

        var model = SemanticModels.Of(body.SyntaxTree, atHand);
        var types = KnownTypes.Of(model.Compilation);
        var blocking = new BlockingCalls(model, types, cancel);
        var blocks = ImmutableArray.CreateBuilder<BlockingCall>();
        var calls = ImmutableArray.CreateBuilder<IMethodSymbol>();
        foreach (var node in new RunCode(model, types, cancel).In(body))
        {
            if (blocking.Of(node) is { } call)
            {
                if (!OneTimeWork.Contains(call.Node, model, cancel))
                    blocks.Add(call);
            }
            else if (blocks.Count == 0 && _calls.Called(node, model, cancel) is { } called && !RunsLater(called, types) && !OneTimeWork.Contains(node, model, cancel))
            {
                calls.Add(called);
            }
        }

        return new Content(blocks.ToImmutable(), calls.ToImmutable());
    }

    /// <summary>A task that is only started keeps nobody; what a log does is the logger's affair.</summary>
    private static bool RunsLater(IMethodSymbol called, KnownTypes types) => called.IsAsync || Functions.ReturnsTask(called, types) || LogCalls.Is(called);

    private static bool IsIterator(SyntaxNode body) =>
        body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ExpressionSyntax)).Any(node => node is YieldStatementSyntax);

    private sealed record Content(ImmutableArray<BlockingCall> Blocking, ImmutableArray<IMethodSymbol> Calls)
    {
        public static readonly Content Empty = new(ImmutableArray<BlockingCall>.Empty, ImmutableArray<IMethodSymbol>.Empty);
    }
}
