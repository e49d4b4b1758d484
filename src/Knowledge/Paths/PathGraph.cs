using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// All functions of a compilation, and the shortest chain of calls from an entry to each that has one. It is built from
/// summaries; the compilation is asked only for the bases of its types, and nothing of it is kept.
/// </summary>
internal sealed class PathGraph
{
    private const int NotReached = int.MaxValue;

    private readonly int[] _offsets;
    private readonly int[] _depth;
    private readonly int[] _from;
    private readonly ColdProof _cold;

    private PathGraph(TreeContent[] trees, Compilation compilation, PathSettings settings, CancellationToken cancel)
    {
        Trees = trees;
        _offsets = new int[trees.Length + 1];
        for (var i = 0; i < trees.Length; i++)
            _offsets[i + 1] = _offsets[i] + trees[i].Functions.Length;

        var types = new SourceTypes(trees, _offsets, cancel);
        Functions = new FunctionTable(trees, _offsets, types);
        var frameworks = new FrameworkBases(types, compilation.Assembly);
        Targets = new CallTargets(types, Functions, new ReceiverTypes(trees, types, Functions), frameworks);
        var entries = new EntryFinder(trees, types, Functions, Targets, frameworks, settings.EntryTypes);

        _depth = new int[Functions.Count];
        _from = new int[Functions.Count];
        var isColdRoot = new bool[Functions.Count];
        var queue = new Queue<int>();
        var lambdas = new Dictionary<int, List<int>>();
        for (var i = 0; i < Functions.Count; i++)
        {
            _depth[i] = NotReached;
            _from[i] = -1;
            if (Functions[i] is { Kind: FunctionKind.Lambda, Parent: >= 0 })
            {
                var parent = Functions.ParentOf(i);
                if (!lambdas.TryGetValue(parent, out var children))
                    lambdas.Add(parent, children = []);

                children.Add(i);
            }
        }

        for (var i = 0; i < Functions.Count; i++)
        {
            if (i % 256 == 0)
                cancel.ThrowIfCancellationRequested();

            switch (entries.Of(i))
            {
                case Reach.Request:
                    Visit(i, 0, -1);
                    break;
                case Reach.Cold:
                    isColdRoot[i] = true;
                    break;
            }
        }

        VisitHandlers(cancel);
        while (queue.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var function = queue.Dequeue();
            if (_depth[function] >= settings.Depth)
                continue;

            foreach (var target in CalledBy(function))
                Visit(target, _depth[function] + 1, function);
        }

        // The graph outlives the compilation when the next one has equal text; no symbol may.
        frameworks.Release();
        _cold = new ColdProof(Functions, Targets, types, isColdRoot, _depth, compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication);

        void Visit(int function, int depth, int from)
        {
            if (_depth[function] <= depth)
                return;

            (_depth[function], _from[function]) = (depth, from);
            queue.Enqueue(function);

            // What a lambda does belongs to the function that makes it.
            if (lambdas.TryGetValue(function, out var children))
            {
                foreach (var child in children)
                    Visit(child, depth, function);
            }
        }

        void VisitHandlers(CancellationToken cancel)
        {
            for (var i = 0; i < Functions.Count; i++)
            {
                var (calls, slice) = (Functions.ContentOf(i).Calls, Functions[i].Calls);
                for (var c = slice.Start; c < slice.Start + slice.Count; c++)
                {
                    if (calls[c].Handler == HandlerKind.None)
                        continue;

                    var receiver = calls[c].Kind == CallKind.Handler ? calls[c].Arguments : calls[c].Receiver;
                    if (!Targets.IsHandler(i, calls[c].Handler, receiver, isHealthCheck: false))
                        continue;

                    foreach (var target in Targets.Of(i, calls[c], out _))
                    {
                        if (Functions[target].Kind is FunctionKind.Method or FunctionKind.LocalFunction)
                            Visit(target, 0, -1);
                    }
                }
            }
        }
    }

    public TreeContent[] Trees { get; }

    public FunctionTable Functions { get; }

    public CallTargets Targets { get; }

    public static PathGraph Build(TreeContent[] trees, Compilation compilation, PathSettings settings, CancellationToken cancel) => new(trees, compilation, settings, cancel);

    public int Number(int tree, int index) => _offsets[tree] + index;

    public (int Tree, int Index) Place(int function) => (Functions.TreeOf(function), function - _offsets[Functions.TreeOf(function)]);

    public bool IsReached(int function) => _depth[function] != NotReached;

    /// <summary>The functions from the entry to <paramref name="function"/>.</summary>
    public List<int> ChainTo(int function)
    {
        var chain = new List<int>();
        for (var current = function; current >= 0; current = _from[current])
            chain.Add(current);

        chain.Reverse();
        return chain;
    }

    /// <summary>The functions from a cold root to <paramref name="function"/>, or null where it is not proven cold.</summary>
    public List<int>? ColdChainTo(int function, CancellationToken cancel) => IsReached(function) ? null : _cold.ChainTo(function, cancel);

    /// <summary>What a chain calls a function; null for one that has no name of its own.</summary>
    public string? NameOf(int function)
    {
        var part = Functions[function];
        return part.Kind switch
        {
            FunctionKind.Lambda => IsReached(function) && _depth[function] == 0 && _from[function] < 0 ? part.Label : null,
            FunctionKind.TopLevel => "Main",
            FunctionKind.LocalFunction => part.Name,
            FunctionKind.Constructor or FunctionKind.InstanceInitializer or FunctionKind.StaticConstructor or FunctionKind.StaticInitializer => Functions.TypeOf(function)?.Name + "()",
            _ => Functions.TypeOf(function) is { } type ? type.Name + "." + (part.Name == "this[]" ? "this[]" : part.Name) : part.Name,
        };
    }

    /// <summary>The functions that a function calls, as far as its names tell with certainty.</summary>
    public IEnumerable<int> CalledBy(int function)
    {
        var (calls, slice) = (Functions.ContentOf(function).Calls, Functions[function].Calls);
        for (var i = slice.Start; i < slice.Start + slice.Count; i++)
        {
            var targets = Targets.Of(function, calls[i], out var isCertain);
            if (!isCertain && !IsLikely(targets, calls[i].Kind))
                continue;

            foreach (var target in targets)
                yield return target;
        }
    }

    /// <summary>Of a receiver of unknown type: the call is followed where all functions of the name belong to one type.</summary>
    private bool IsLikely(int[] targets, CallKind kind)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            // An override is called by the name that its base gave it.
            if (Functions.TypeOf(targets[i]) != Functions.TypeOf(targets[0]) || (Functions[targets[i]].Traits & Traits.Override) != 0)
                return false;
        }

        return kind == CallKind.Invoke && targets.Length > 0;
    }
}
