using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// Reads one tree into strings and integers, in one walk, binding nothing. This part holds the state and the functions;
/// the others read declarations, statements, expressions and handlers.
/// </summary>
internal sealed partial class TreeWalker
{
    /// <summary>More room than this is not kept for the next tree.</summary>
    private const int LargestKept = 1 << 14;

    // One walker a thread: its lists keep the room that they have grown to.
    [ThreadStatic]
    private static TreeWalker? s_free;

    private readonly List<TypePart> _types = [];
    private readonly List<MemberPart> _members = [];
    private readonly List<FunctionPart> _functions = [];
    private readonly List<FunctionSpan> _spans = [];
    private readonly List<CallPart> _calls = [];
    private readonly List<ReceiverPart> _receivers = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<(ReceiverPart Part, int Scope), int> _receiverIndex = [];

    /// <summary>Locals and parameters in sight: the index of their receiver, or the complement of a local function's index.</summary>
    private readonly List<(string Name, int Meaning)> _locals = [];
    private readonly Stack<Frame> _free = new();
    private readonly List<ReceiverPart> _kept = [];
    private CancellationToken _cancel;
    private int[] _places = [];
    private Frame? _frame;
    private string _namespace = "";
    private int _type = -1;
    private int _conditional = Unknown;

    /// <summary>What the pattern that is being read is matched against.</summary>
    private int _matched = Unknown;

    /// <summary>Which type or generic function is being read: receivers are told apart by it, for the same words may mean different things.</summary>
    private int _scope;
    private int _scopes;

    // The first receivers of every tree, in the order of their kinds.
    private const int None = (int)ReceiverKind.None, Unknown = (int)ReceiverKind.Unknown, This = (int)ReceiverKind.This, Base = (int)ReceiverKind.Base;

    private TreeWalker()
    {
        for (var kind = ReceiverKind.None; kind <= ReceiverKind.Base; kind++)
            _receivers.Add(new ReceiverPart(kind, "", None, 0));
    }

    public static TreeSummary Read(SyntaxTree tree, CancellationToken cancel)
    {
        var walker = s_free ?? new TreeWalker();
        (s_free, walker._cancel) = (null, cancel);
        try
        {
            if (tree.GetRoot(cancel) is CompilationUnitSyntax unit)
                walker.Unit(unit);
        }
        catch (InsufficientExecutionStackException)
        {
            // An expression nested beyond reason: the tree says nothing, and nothing may be concluded from its silence.
            return new TreeWalker().Summary(isComplete: false);
        }

        // A walker that was left half-way, here or by a cancellation, is not used again.
        var summary = walker.Summary(isComplete: true);
        if (walker._calls.Count <= LargestKept && walker._receivers.Count <= LargestKept)
        {
            walker.Clear();
            s_free = walker;
        }

        return summary;
    }

    private void Clear()
    {
        _types.Clear();
        _members.Clear();
        _functions.Clear();
        _spans.Clear();
        _calls.Clear();
        _names.Clear();
        _usings.Clear();
        _subscribed.Clear();
        _localFunctions.Clear();
        _events.Clear();
        _kept.Clear();
        _receiverIndex.Clear();
        _receivers.RemoveRange(Base + 1, _receivers.Count - Base - 1);
        (_namespace, _scopes, _cancel) = ("", 0, default);
    }

    private TreeSummary Summary(bool isComplete)
    {
        var receivers = UsedReceivers();
        return new(new TreeContent([.. _types], [.. _members], [.. _functions], [.. _calls], receivers, [.. _names], [.. _usings], isComplete), [.. _spans]);
    }

    /// <summary>Drops the receivers that no call names, so that an edit which adds none leaves the content equal.</summary>
    private ReceiverPart[] UsedReceivers()
    {
        if (_places.Length < _receivers.Count)
            _places = new int[_receivers.Capacity];
        else
            Array.Clear(_places, 0, _receivers.Count);

        Keep(None);
        for (var i = 0; i < _calls.Count; i++)
        {
            var call = _calls[i];
            _calls[i] = call with { Receiver = Keep(call.Receiver), Arguments = call.Kind == CallKind.Handler ? Keep(call.Arguments) : call.Arguments, First = Keep(call.First) };
        }

        for (var i = 0; i < _functions.Count; i++)
        {
            if (_functions[i].Handler != HandlerKind.None)
                _functions[i] = _functions[i] with { HandlerReceiver = Keep(_functions[i].HandlerReceiver) };
        }

        return [.. _kept];

        int Keep(int receiver)
        {
            if (_places[receiver] == 0)
            {
                var part = _receivers[receiver];
                if (part.Of != None)
                    part = part with { Of = Keep(part.Of) };

                _kept.Add(part);
                _places[receiver] = _kept.Count;
            }

            return _places[receiver] - 1;
        }
    }

    private int Receiver(ReceiverKind kind, string name = "", int of = None, int arguments = 0)
    {
        if (kind <= ReceiverKind.Base)
            return (int)kind;

        var part = new ReceiverPart(kind, name, of, arguments);
        if (!_receiverIndex.TryGetValue((part, _scope), out var index))
        {
            index = _receivers.Count;
            _receivers.Add(part);
            _receiverIndex.Add((part, _scope), index);
        }

        return index;
    }

    private int ReceiverOf(TypeSyntax? type) => type is null || type.IsVar ? Unknown : Receiver(ReceiverKind.Type, TypeNames.Of(type));

    private void Call(string name, int arguments, CallKind kind, int receiver, HandlerKind handler = HandlerKind.None, int first = None)
    {
        if (_frame is null || name.Length == 0)
            return;

        var call = new CallPart(name, arguments, kind, receiver, handler, first);
        if (_frame.Seen.Add(call))
            _frame.Calls.Add(call);
    }

    /// <summary>Makes room for a function before its body is read, so that what is nested in it can name it.</summary>
    private int Reserve()
    {
        _functions.Add(default);
        _spans.Add(default);
        return _functions.Count - 1;
    }

    private Frame Enter(int function)
    {
        var frame = _free.Count > 0 ? _free.Pop() : new Frame();
        frame.Function = function;
        frame.Outer = _frame;
        frame.OuterConditional = _conditional;
        frame.Locals = _locals.Count;
        frame.Kind = FunctionKind.Method;
        frame.Returns = null;
        _frame = frame;
        return frame;
    }

    private void Leave(FunctionPart part, FunctionSpan span)
    {
        var frame = _frame!;
        _functions[frame.Function] = part with { Calls = new Slice(_calls.Count, frame.Calls.Count) };
        _spans[frame.Function] = span;
        _calls.AddRange(frame.Calls);
        Forget(frame.Locals);
        _frame = frame.Outer;
        _conditional = frame.OuterConditional;
        frame.Calls.Clear();
        frame.Seen.Clear();
        (frame.Outer, frame.Returns) = (null, null);
        _free.Push(frame);
    }

    private void Declare(string name, int meaning) => _locals.Add((name, meaning));

    private void Forget(int count) => _locals.RemoveRange(count, _locals.Count - count);

    private bool TryFindLocal(string name, out int meaning)
    {
        for (var i = _locals.Count - 1; i >= 0; i--)
        {
            if (_locals[i].Name == name)
            {
                meaning = _locals[i].Meaning;
                return true;
            }
        }

        meaning = Unknown;
        return false;
    }

    /// <summary>Visits whatever is inside, in the order of the text.</summary>
    private void Children(SyntaxNode node)
    {
        EnsureStack();
        foreach (var child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is { } inner)
                Node(inner);
        }
    }

    private static void EnsureStack() => RuntimeHelpers.EnsureSufficientExecutionStack();

    private Slice Names(int from) => new(from, _names.Count - from);

    /// <summary>The function whose body is being read.</summary>
    private sealed class Frame
    {
        public readonly List<CallPart> Calls = [];
        public readonly HashSet<CallPart> Seen = [];
        public int Function;
        public int Locals;
        public int OuterConditional;
        public FunctionKind Kind;

        /// <summary>What its <c>return new(…)</c> creates.</summary>
        public TypeSyntax? Returns;
        public Frame? Outer;
    }
}
