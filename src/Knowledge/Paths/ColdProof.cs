using System.Collections.Generic;
using System.Threading;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// Proves that a function runs once or never in production: it is start-up code by itself, or nobody outside can call it
/// and every place that may call it is cold. Here a call of the same name counts unless its receiver rules it out.
/// </summary>
internal sealed class ColdProof(FunctionTable functions, CallTargets targets, SourceTypes types, bool[] isRoot, int[] depth, bool isProgram)
{
    private readonly object _gate = new();
    private readonly Dictionary<int, int> _caller = [];
    private readonly Targets _targets = new(functions.Count);
    private CallIndex? _calls;
    private bool? _isComplete;

    private const int Root = -1, No = -2, Open = -3;

    public List<int>? ChainTo(int function, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!IsCold(function, cancel, 0))
                return null;

            var chain = new List<int>();
            for (var current = function; current >= 0; current = _caller[current])
                chain.Add(current);

            chain.Reverse();
            return chain;
        }
    }

    private bool IsCold(int function, CancellationToken cancel, int level)
    {
        if (_caller.TryGetValue(function, out var known))
            return known is not (No or Open);

        if (depth[function] != int.MaxValue || level > 64)
            return false;

        if (isRoot[function])
        {
            _caller[function] = Root;
            return true;
        }

        _caller[function] = Open;
        try
        {
            known = CallerThatProves(function, cancel, level);
            _caller[function] = known;
            return known != No;
        }
        finally
        {
            // A cancelled proof leaves no trace.
            if (_caller[function] == Open)
                _caller.Remove(function);
        }
    }

    private int CallerThatProves(int function, CancellationToken cancel, int level)
    {
        if (!CanBeSeenWhole(function))
            return No;

        ref readonly var part = ref functions[function];
        var caller = No;
        var calls = _calls ??= new CallIndex(functions);
        for (var item = calls.First(part.Name); item >= 0; item = calls.Next(item))
        {
            cancel.ThrowIfCancellationRequested();
            var from = calls.FunctionOf(item);
            ref readonly var call = ref calls.Call(item);
            if (call.Name != part.Name)
                continue;

            if (!MayCall(from, call, function, part))
                continue;

            // A delegate of it may run anywhere.
            if (part.Kind is FunctionKind.Method or FunctionKind.LocalFunction && call.Kind is not (CallKind.Invoke or CallKind.Local))
                return No;

            if (from == function)
                continue;

            if (!IsCold(from, cancel, level + 1))
                return No;

            if (caller == No)
                caller = from;
        }

        return caller;
    }

    private bool MayCall(int from, in CallPart call, int function, in FunctionPart part)
    {
        if (part.Kind == FunctionKind.LocalFunction)
            return call.Kind is CallKind.Local or CallKind.LocalRead && functions.TreeOf(from) == functions.TreeOf(function) && functions.OfTree(functions.TreeOf(from), call.Arguments) == function;

        if (call.Kind is CallKind.Local or CallKind.LocalRead or CallKind.New or CallKind.Operator)
            return false;

        if (call.Kind == CallKind.Invoke && !functions.Takes(function, call.Arguments) && !((part.Traits & Traits.Extension) != 0 && functions.Takes(function, call.Arguments + 1)))
            return false;

        if (IsPrivate(part) && !SharesType(from, function))
            return false;

        if (part.Kind == FunctionKind.Method && targets.IsValue(from, call))
            return false;

        // Another receiver takes the call only where it has such a function.
        targets.Of(from, call, _targets, out var isCertain);
        return !isCertain || _targets.Count == 0 || _targets.Contains(function);
    }

    /// <summary>Whether every call of the function is a call by its name in this compilation.</summary>
    private bool CanBeSeenWhole(int function)
    {
        ref readonly var part = ref functions[function];
        if (!IsComplete())
            return false;

        if (part.Kind == FunctionKind.LocalFunction)
            return true;

        var mayBeProperty = part.Kind is FunctionKind.Getter or FunctionKind.Setter && part.Name != "this[]";
        if ((part.Kind != FunctionKind.Method && !mayBeProperty) || functions.TypeOf(function) is not { IsInterface: false } type)
            return false;

        if ((part.Traits & (Traits.Override | Traits.Virtual | Traits.Abstract)) != 0 || part.Attributes.Count > 0 || part.ExplicitInterface is not null)
            return false;

        if (IsPrivate(part))
            return true;

        // Serializers, binders and views read properties that no call names.
        if (mayBeProperty || !(isProgram || IsHidden(type) || (part.Traits & (Traits.Public | Traits.Protected)) == 0))
            return false;

        return (part.Traits & Traits.Static) != 0 || !HasForeignBase(type, 0);
    }

    private static bool IsPrivate(in FunctionPart part) => (part.Traits & (Traits.Public | Traits.Internal | Traits.Protected)) == 0;

    private static bool IsHidden(SourceType type)
    {
        for (var around = type; around is not null; around = around.Outer)
        {
            if ((around.Traits & Traits.Public) == 0)
                return true;
        }

        return false;
    }

    /// <summary>A public method may implement an interface that the text does not show.</summary>
    private static bool HasForeignBase(SourceType type, int level)
    {
        foreach (var @base in type.Bases)
        {
            if (@base.Type is null || level > 16 || HasForeignBase(@base.Type, level + 1))
                return true;
        }

        return false;
    }

    private bool SharesType(int left, int right) => functions.TypeOf(left) is { } type && Outermost(type) == Outermost(functions.TypeOf(right)!);

    private static SourceType Outermost(SourceType type)
    {
        while (type.Outer is { } outer)
            type = outer;

        return type;
    }

    private bool IsComplete()
    {
        if (_isComplete is null)
        {
            _isComplete = true;
            foreach (var type in types.Trees)
                _isComplete &= type.IsComplete;
        }

        return _isComplete.Value;
    }
}
