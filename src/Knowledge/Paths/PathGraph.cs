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

        var types = new SourceTypes(trees, cancel);
        Functions = new FunctionTable(trees, _offsets, types);
        var targets = new CallTargets(types, Functions, new ReceiverTypes(trees, types, Functions), new FrameworkBases(types, compilation.Assembly));
        var entries = new EntryFinder(trees, types, Functions, targets, settings.EntryTypes);
        (_depth, _from) = (new int[Functions.Count], new int[Functions.Count]);
        var isColdRoot = new bool[Functions.Count];
        new Closure(Functions, targets, entries, _depth, _from, isColdRoot).Run(settings.Depth, cancel);
        _cold = new ColdProof(Functions, targets, types, isColdRoot, _depth, compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication);
    }

    public TreeContent[] Trees { get; }

    public FunctionTable Functions { get; }

    public static PathGraph Build(TreeContent[] trees, Compilation compilation, PathSettings settings, CancellationToken cancel) => new(trees, compilation, settings, cancel);

    public int Number(int tree, int index) => _offsets[tree] + index;

    public (int Tree, int Index) Place(int function) => (Functions.TreeOf(function), function - _offsets[Functions.TreeOf(function)]);

    public bool IsReached(int function) => _depth[function] != Closure.NotReached;

    /// <summary>Whether a framework calls the function itself.</summary>
    public bool IsEntry(int function) => _depth[function] == 0 && _from[function] < 0;

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

    /// <summary>Whether an entry is called by the host for itself: a background service, a job, a timer's or a queue's lambda.</summary>
    public bool IsHostWork(int entry)
    {
        ref readonly var part = ref Functions[entry];
        return part.Kind == FunctionKind.Lambda
            ? part.Handler == HandlerKind.Scheduled && part.Label != "health check"
            : Functions.TypeOf(entry) is { } type && IsHostWork(type, 0);
    }

    private static bool IsHostWork(SourceType type, int depth)
    {
        foreach (var @base in type.Bases)
        {
            foreach (var name in @base.External?.Names ?? [])
            {
                if (EntryKinds.HostWork.Contains(name))
                    return true;
            }

            if (@base.Type is { } source && depth < 16 && IsHostWork(source, depth + 1))
                return true;
        }

        return false;
    }

    /// <summary>What a chain calls a function; null for one that has no name of its own.</summary>
    public string? NameOf(int function)
    {
        ref readonly var part = ref Functions[function];
        return part.Kind switch
        {
            FunctionKind.Lambda => IsReached(function) && _depth[function] == 0 && _from[function] < 0 ? part.Label : null,
            FunctionKind.TopLevel => "Main",
            FunctionKind.LocalFunction => part.Name,
            FunctionKind.Constructor or FunctionKind.InstanceInitializer or FunctionKind.StaticConstructor or FunctionKind.StaticInitializer => Functions.TypeOf(function)?.Name + "()",
            _ => Functions.TypeOf(function) is { } type ? type.Name + "." + (part.Name == "this[]" ? "this[]" : part.Name) : part.Name,
        };
    }
}
