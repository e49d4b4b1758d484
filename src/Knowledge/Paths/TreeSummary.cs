using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>Where a function stands: its own span, and that of its name. The tag tells initialisers, which share the span of their type, apart.</summary>
internal readonly record struct FunctionSpan(int Start, int Length, int NameStart, int NameLength, byte Tag)
{
    public const byte Whole = 0, Instance = 1, Static = 2, Event = 3;
}

/// <summary>
/// What one tree says about functions and calls: content, which decides the paths, and positions, which change with
/// every keystroke. Nothing in it keeps a tree, a node or a symbol alive.
/// </summary>
internal sealed class TreeSummary(TreeContent content, FunctionSpan[] spans)
{
    // One cache for analyzers and fixes: an edit makes one new tree, and so one new summary.
    private static readonly ConditionalWeakTable<SyntaxTree, TreeSummary> s_cache = new();
    private static int s_read;

    private Dictionary<(int Start, int Length, byte Tag), int>? _bySpan;

    public TreeContent Content { get; } = content;

    public FunctionSpan[] Spans { get; } = spans;

    /// <summary>How many trees were read since the process started, for tests and benchmarks.</summary>
    public static int ReadCount => Volatile.Read(ref s_read);

    /// <summary>Whether somebody asked for this tree, for tests.</summary>
    internal static bool IsRead(SyntaxTree tree) => s_cache.TryGetValue(tree, out _);

    public static TreeSummary Of(SyntaxTree tree, CancellationToken cancel)
    {
        if (s_cache.TryGetValue(tree, out var summary))
            return summary;

        Interlocked.Increment(ref s_read);
        summary = TreeWalker.Read(tree, cancel);
        return s_cache.GetValue(tree, _ => summary);
    }

    /// <summary>The index of the function with this span, or -1.</summary>
    public int FunctionAt(int start, int length, byte tag)
    {
        if (Volatile.Read(ref _bySpan) is not { } bySpan)
        {
            bySpan = new Dictionary<(int, int, byte), int>(Spans.Length);
            for (var i = 0; i < Spans.Length; i++)
                bySpan[(Spans[i].Start, Spans[i].Length, Spans[i].Tag)] = i;

            Volatile.Write(ref _bySpan, bySpan);
        }

        return bySpan.TryGetValue((start, length, tag), out var index) ? index : -1;
    }
}

/// <summary>A <c>using</c>: a namespace, a type whose static members it imports, or an alias.</summary>
internal readonly record struct UsingPart(string Name, string? Alias, bool IsStatic, bool IsGlobal, string Namespace);

/// <summary>The part of a summary that decides paths. Two trees with equal content give equal paths.</summary>
internal sealed class TreeContent(
    TypePart[] types, MemberPart[] members, FunctionPart[] functions, CallPart[] calls, ReceiverPart[] receivers, string[] names, UsingPart[] usings, bool isComplete)
    : IEquatable<TreeContent>
{
    public TypePart[] Types { get; } = types;

    public MemberPart[] Members { get; } = members;

    public FunctionPart[] Functions { get; } = functions;

    public CallPart[] Calls { get; } = calls;

    public ReceiverPart[] Receivers { get; } = receivers;

    public string[] Names { get; } = names;

    public UsingPart[] Usings { get; } = usings;

    /// <summary>False where the tree could not be read to its end.</summary>
    public bool IsComplete { get; } = isComplete;

    public bool Equals(TreeContent? other) => other is not null && (ReferenceEquals(this, other)
        || (IsComplete == other.IsComplete && Same(Types, other.Types) && Same(Members, other.Members) && Same(Functions, other.Functions)
            && Same(Calls, other.Calls) && Same(Receivers, other.Receivers) && Same(Names, other.Names) && Same(Usings, other.Usings)));

    public override bool Equals(object? obj) => Equals(obj as TreeContent);

    public override int GetHashCode() => (((Functions.Length * 397) ^ Calls.Length) * 397) ^ Names.Length;

    private static bool Same<T>(T[] left, T[] right) where T : IEquatable<T>
    {
        if (left.Length != right.Length)
            return false;

        for (var i = 0; i < left.Length; i++)
        {
            if (!left[i].Equals(right[i]))
                return false;
        }

        return true;
    }
}
