using System.Threading;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>Follows the calls from all entries at once, nearest first: every function gets its shortest distance and whom it was reached from.</summary>
internal sealed class Closure
{
    public const int NotReached = int.MaxValue;

    private readonly FunctionTable _functions;
    private readonly CallTargets _targets;
    private readonly EntryFinder _entries;
    private readonly int[] _depth;
    private readonly int[] _from;
    private readonly bool[] _isColdRoot;
    private readonly Targets _found;

    /// <summary>The lambdas that a function makes: the first of each, and the next after each.</summary>
    private readonly int[] _lambda;
    private readonly int[] _nextLambda;
    private readonly int[] _queue;
    private int _queued;

    public Closure(FunctionTable functions, CallTargets targets, EntryFinder entries, int[] depth, int[] from, bool[] isColdRoot)
    {
        (_functions, _targets, _entries, _depth, _from, _isColdRoot) = (functions, targets, entries, depth, from, isColdRoot);
        _found = new Targets(functions.Count);
        (_lambda, _nextLambda, _queue) = (new int[functions.Count], new int[functions.Count], new int[functions.Count]);
        for (var i = functions.Count - 1; i >= 0; i--)
        {
            (_depth[i], _from[i]) = (NotReached, -1);
            if (functions[i] is { Kind: FunctionKind.Lambda, Parent: >= 0 })
            {
                var parent = functions.ParentOf(i);
                (_nextLambda[i], _lambda[parent]) = (_lambda[parent], i);
            }
        }
    }

    public void Run(int depth, CancellationToken cancel)
    {
        for (var i = 0; i < _functions.Count; i++)
        {
            if (i % 256 == 0)
                cancel.ThrowIfCancellationRequested();

            switch (_entries.Of(i))
            {
                case Reach.Request:
                    Visit(i, 0, -1);
                    break;
                case Reach.Cold:
                    _isColdRoot[i] = true;
                    break;
            }
        }

        VisitHandlers();
        for (var next = 0; next < _queued; next++)
        {
            cancel.ThrowIfCancellationRequested();
            if (_depth[_queue[next]] < depth)
                Follow(_queue[next]);
        }
    }

    private void Follow(int function)
    {
        var slice = _functions[function].Calls;
        var calls = _functions.ContentOf(function).Calls;
        for (var c = slice.Start; c < slice.Start + slice.Count; c++)
        {
            if (!_targets.MayMatter(function, calls[c]))
                continue;

            _targets.Of(function, calls[c], _found, out _);
            for (var i = 0; i < _found.Count; i++)
                Visit(_found[i], _depth[function] + 1, function);
        }
    }

    private void Visit(int function, int depth, int from)
    {
        if (_depth[function] <= depth)
            return;

        // Nearest first: whoever is here has its distance already, but for a lambda whose function turns out to be an entry.
        if (_depth[function] == NotReached)
            _queue[_queued++] = function;

        (_depth[function], _from[function]) = (depth, from);

        // What a lambda does belongs to the function that makes it. No lambda is the first function of all: zero ends the list.
        for (var lambda = _lambda[function]; lambda > 0; lambda = _nextLambda[lambda])
            Visit(lambda, depth, function);
    }

    /// <summary>Methods that are given to a framework as delegates.</summary>
    private void VisitHandlers()
    {
        for (var i = 0; i < _functions.Count; i++)
        {
            var slice = _functions[i].Calls;
            var calls = _functions.ContentOf(i).Calls;
            for (var c = slice.Start; c < slice.Start + slice.Count; c++)
            {
                if (calls[c].Handler == HandlerKind.None)
                    continue;

                var receiver = calls[c].Kind == CallKind.Handler ? calls[c].Arguments : calls[c].Receiver;
                if (!_targets.IsHandler(i, calls[c].Handler, receiver, isHealthCheck: false))
                    continue;

                _targets.Of(i, calls[c], _found, out _);
                for (var t = 0; t < _found.Count; t++)
                {
                    if (_functions[_found[t]].Kind is FunctionKind.Method or FunctionKind.LocalFunction)
                        Visit(_found[t], 0, -1);
                }
            }
        }
    }
}
