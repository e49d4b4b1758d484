using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>For any function of one compilation: is it reached by a request, provably cold, or unknown?</summary>
internal sealed class RequestPaths
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<PathSettings, RequestPaths>> s_cache = new();
    private static readonly ConcurrentDictionary<(string?, PathSettings), WeakReference<Last>> s_last = new();
    private static int s_built;

    private readonly Compilation _compilation;
    private readonly PathSettings _settings;
    private readonly object _gate = new();
    private Built? _built;
    private Last? _last;

    private RequestPaths(Compilation compilation, PathSettings settings) => (_compilation, _settings) = (compilation, settings);

    /// <summary>How many graphs were built since the process started, for tests and benchmarks.</summary>
    public static int BuildCount => Volatile.Read(ref s_built);

    /// <summary>Whether somebody asked and the answer was published.</summary>
    public bool IsBuilt => Volatile.Read(ref _built) is not null;

    /// <summary>The graph, for tests of its edges.</summary>
    internal PathGraph Graph(CancellationToken cancel) => Build(cancel).Graph;

    /// <summary>The paths of a compilation. Nothing is built until the first question.</summary>
    public static RequestPaths Of(Compilation compilation, PathSettings settings)
    {
        var bySettings = s_cache.GetValue(compilation, static _ => new ConcurrentDictionary<PathSettings, RequestPaths>());
        return bySettings.TryGetValue(settings, out var paths) ? paths : bySettings.GetOrAdd(settings, new RequestPaths(compilation, settings));
    }

    /// <summary>How the innermost function around <paramref name="node"/> is reached.</summary>
    public RequestPath To(SyntaxNode node, SemanticModel model, CancellationToken cancel)
    {
        var built = Build(cancel);
        if (!built.Trees.TryGetValue(node.SyntaxTree, out var tree))
            return RequestPath.Unknown;

        List<AnonymousFunctionExpressionSyntax>? inline = null;
        var index = FunctionAround(node, built.Summaries[tree], ref inline);
        if (index < 0)
            return RequestPath.Unknown;

        var graph = built.Graph;
        var function = graph.Number(tree, index);
        if (graph.IsReached(function))
            return Request(built, graph.ChainTo(function));

        if (graph.ColdChainTo(function, cancel) is { } cold && RunInPlace(inline, model, cancel))
            return RequestPath.ProvenCold(Names(graph, cold));

        // A seeder or migrator is called by start-up code, often that of another project.
        return SetupCode.Contains(node) || LifetimeCallbacks.Contain(node, model, cancel) ? RequestPath.Cold : RequestPath.Unknown;
    }

    /// <summary>Whether a framework calls the innermost function around <paramref name="node"/> for a request. Cheaper than <see cref="To"/>: nothing is bound or proven.</summary>
    public bool IsInEntry(SyntaxNode node, CancellationToken cancel)
    {
        var built = Build(cancel);
        if (!built.Trees.TryGetValue(node.SyntaxTree, out var tree))
            return false;

        var index = FunctionAround(node, built.Summaries[tree]);
        return index >= 0 && built.Graph.IsEntry(built.Graph.Number(tree, index));
    }

    private static RequestPath Request(Built built, List<int> chain)
    {
        var names = Names(built.Graph, chain);
        var isBackground = built.Graph.IsHostWork(chain[0]);
        if (names.Length < 2)
            return new RequestPath(Reach.Request, names, null) { IsBackground = isBackground };

        var (tree, index) = built.Graph.Place(chain[0]);
        var span = built.Summaries[tree].Spans[index];
        return new RequestPath(Reach.Request, names, Location.Create(built.Order[tree], new TextSpan(span.NameStart, span.NameLength))) { IsBackground = isBackground };
    }

    private static ImmutableArray<string> Names(PathGraph graph, List<int> chain)
    {
        var names = ImmutableArray.CreateBuilder<string>(chain.Count);
        foreach (var function in chain)
        {
            if (graph.NameOf(function) is { } name && (names.Count == 0 || names[names.Count - 1] != name))
                names.Add(name);
        }

        return names.ToImmutable();
    }

    /// <summary>The index of the innermost function around <paramref name="node"/>, or -1, for tests of the graph.</summary>
    internal static int FunctionAround(SyntaxNode node, TreeSummary summary)
    {
        List<AnonymousFunctionExpressionSyntax>? inline = null;
        return FunctionAround(node, summary, ref inline);
    }

    /// <summary>The innermost function that the summary knows; lambdas on the way are parts of it.</summary>
    private static int FunctionAround(SyntaxNode node, TreeSummary summary, ref List<AnonymousFunctionExpressionSyntax>? inline)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            var tag = FunctionSpan.Whole;
            var at = parent;
            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax lambda when child == lambda.Body:
                    var index = summary.FunctionAt(parent.SpanStart, parent.Span.Length, tag);
                    if (index >= 0)
                        return index;

                    (inline ??= []).Add(lambda);
                    continue;
                case LocalFunctionStatementSyntax local when child == local.Body || child == local.ExpressionBody:
                case BaseMethodDeclarationSyntax method when child == method.Body || child == method.ExpressionBody || child is ConstructorInitializerSyntax:
                case AccessorDeclarationSyntax accessor when child == accessor.Body || child == accessor.ExpressionBody:
                case PropertyDeclarationSyntax property when child == property.ExpressionBody:
                case IndexerDeclarationSyntax indexer when child == indexer.ExpressionBody:
                    break;
                case GlobalStatementSyntax:
                    at = parent.Parent!;
                    break;
                case BaseFieldDeclarationSyntax or PropertyDeclarationSyntax when parent.Parent is TypeDeclarationSyntax && child is not (AttributeListSyntax or AccessorListSyntax):
                    at = parent.Parent;
                    tag = ((MemberDeclarationSyntax)parent).Modifiers.Any(SyntaxKind.StaticKeyword) ? FunctionSpan.Static : FunctionSpan.Instance;
                    break;
                case BaseListSyntax when parent.Parent is TypeDeclarationSyntax:
                    at = parent.Parent;
                    tag = FunctionSpan.Instance;
                    break;
                case TypeDeclarationSyntax or AttributeListSyntax:
                    return -1;
                default:
                    continue;
            }

            return summary.FunctionAt(at.SpanStart, at.Span.Length, tag);
        }

        return -1;
    }

    /// <summary>The names said that these lambdas run where they stand; before that silences a rule, the symbols must say it too.</summary>
    private static bool RunInPlace(List<AnonymousFunctionExpressionSyntax>? lambdas, SemanticModel model, CancellationToken cancel)
    {
        if (lambdas is null)
            return true;

        foreach (var lambda in lambdas)
        {
            var outer = Wrappings.Converted(lambda);
            if (outer.Parent is InvocationExpressionSyntax)
                continue;

            if (outer.Parent is not ArgumentSyntax { Parent.Parent: ExpressionSyntax call }
                || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol { ContainingNamespace: { } space }
                || Root(space) is not ("System" or "Microsoft"))
            {
                return false;
            }
        }

        return true;
    }

    private static string Root(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
            space = outer;

        return space.Name;
    }

    private Built Build(CancellationToken cancel)
    {
        if (Volatile.Read(ref _built) is { } built)
            return built;

        // Double-checked, not Lazy: a build that is cancelled throws out of here and leaves the field empty for the next to ask.
        lock (_gate)
        {
            if (_built is { } other)
                return other;

            var order = _compilation.SyntaxTrees.ToArray();
            var summaries = new TreeSummary[order.Length];
            var contents = new TreeContent[order.Length];
            var trees = new Dictionary<SyntaxTree, int>(order.Length);
            for (var i = 0; i < order.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                trees[order[i]] = i;
                summaries[i] = TreeSummary.Of(order[i], cancel);
                contents[i] = summaries[i].Content;
            }

            if (Reusable(contents) is not { } graph)
            {
                graph = PathGraph.Build(contents, _compilation, _settings, cancel);
                Interlocked.Increment(ref s_built);
                s_last[Key] = new WeakReference<Last>(_last = new Last(graph, [.. _compilation.References], _compilation.Options.OutputKind));
            }

            built = new Built(graph, order, summaries, trees);
            Volatile.Write(ref _built, built);
            return built;
        }
    }

    private (string?, PathSettings) Key => (_compilation.AssemblyName, _settings);

    /// <summary>The graph of an earlier compilation of the project, where no edit since changed what its trees say.</summary>
    private PathGraph? Reusable(TreeContent[] contents)
    {
        if (!s_last.TryGetValue(Key, out var weak) || !weak.TryGetTarget(out var last) || last.Graph.Trees.Length != contents.Length || last.Output != _compilation.Options.OutputKind)
            return null;

        for (var i = 0; i < contents.Length; i++)
        {
            if (!contents[i].Equals(last.Graph.Trees[i]))
                return null;
        }

        var references = 0;
        foreach (var reference in _compilation.References)
        {
            if (references >= last.References.Length || !ReferenceEquals(reference, last.References[references++]))
                return null;
        }

        if (references != last.References.Length)
            return null;

        _last = last;
        return last.Graph;
    }

    /// <summary>A graph and what it was built from, beside its trees. Held weakly by the process, and strongly by the compilations that use it.</summary>
    private sealed record Last(PathGraph Graph, MetadataReference[] References, OutputKind Output);

    private sealed record Built(PathGraph Graph, SyntaxTree[] Order, TreeSummary[] Summaries, Dictionary<SyntaxTree, int> Trees);
}
