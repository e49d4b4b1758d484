using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// In which order an entry writes. From the first of several writes to the last, a request that stops has done half of its
/// work: what stands there must go on. What only reads before them, what reads after them, and a single write may be cancelled.
/// </summary>
internal sealed class WriteOrder
{
    // An entry is asked about once for each of its calls.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxNode, WriteOrder>> s_cache = new();

    private readonly SyntaxNode _entry;
    private readonly ImmutableArray<InvocationExpressionSyntax> _writes;
    private readonly LoopFinder _loops;
    private readonly SyntaxNode? _service;

    private WriteOrder(SyntaxNode entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        _entry = entry;
        _loops = new LoopFinder(model, types, 0, CancellationToken.None);
        var writes = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        foreach (var node in entry.DescendantNodes(child => child is not (CatchClauseSyntax or FinallyClauseSyntax)))
        {
            if (node is InvocationExpressionSyntax call && Writes.Is(call, model, types, cancel))
                writes.Add(call);
        }

        _writes = writes.ToImmutable();
        _service = Functions.Symbol(entry, model, cancel) is { Name: "ExecuteAsync", IsOverride: true } symbol && types.IsOrInherits(symbol.ContainingType, "Microsoft.Extensions.Hosting.BackgroundService") ? entry : null;
    }

    public static WriteOrder Of(SyntaxNode entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var known = s_cache.GetOrCreateValue(model.Compilation);
        if (!known.TryGetValue(entry, out var order))
            known.TryAdd(entry, order = new WriteOrder(entry, model, types, cancel));

        return order;
    }

    /// <summary>Whether something is written before or by the call, and something else is still to be written by it or after it.</summary>
    public bool IsBetweenWrites(InvocationExpressionSyntax call)
    {
        var isWrite = _writes.Contains(call);
        if (isWrite && IsRepeated(call))
            return true;

        var (before, after) = (false, false);
        foreach (var write in _writes)
        {
            if (write == call)
                continue;

            before |= MayFollow(write, call);
            after |= MayFollow(call, write);
        }

        return isWrite ? before || after : before && after;
    }

    /// <summary>Whether one run of the entry can reach <paramref name="second"/> after <paramref name="first"/>.</summary>
    private bool MayFollow(InvocationExpressionSyntax first, InvocationExpressionSyntax second)
    {
        foreach (var loop in LoopsAround(first))
        {
            if (loop.Span.Contains(second.Span))
                return true;
        }

        // An argument is evaluated before the call that takes it.
        return first.Span.End <= second.Span.End && !AreExclusive(first, second);
    }

    private bool IsRepeated(SyntaxNode call)
    {
        foreach (var _ in LoopsAround(call))
            return true;

        return false;
    }

    /// <summary>The loops of the entry that come around again after the call; the outer loop of a background service begins a new piece of work each time.</summary>
    private IEnumerable<SyntaxNode> LoopsAround(SyntaxNode call)
    {
        for (var loop = _loops.Enclosing(call); loop is not null && _entry.Span.Contains(loop.Syntax.Span); loop = _loops.Enclosing(loop.Syntax))
        {
            if (!LoopExits.AlwaysLeaves(call, loop) && !(_service is not null && Functions.Enclosing(loop.Syntax) == _service && _loops.Enclosing(loop.Syntax) is null))
                yield return loop.Syntax;
        }
    }

    /// <summary>Whether the two stand in branches of which only one runs, or the function ends between them.</summary>
    private bool AreExclusive(SyntaxNode first, SyntaxNode second)
    {
        var (one, other) = (first, second);
        while (!one.Parent!.Span.Contains(second.Span))
        {
            if (Leaves(one))
                return true;

            one = one.Parent;
        }

        while (!other.Parent!.Span.Contains(first.Span))
            other = other.Parent;

        return one.Parent switch
        {
            IfStatementSyntax branch => one == branch.Statement && other == branch.Else,
            SwitchStatementSyntax => one is SwitchSectionSyntax && other is SwitchSectionSyntax && one != other,
            SwitchExpressionSyntax => one is SwitchExpressionArmSyntax && other is SwitchExpressionArmSyntax && one != other,
            ConditionalExpressionSyntax choice => one == choice.WhenTrue && other == choice.WhenFalse,
            _ => Leaves(one) && one is not ReturnStatementSyntax { Parent: BlockSyntax },
        };
    }

    private static bool Leaves(SyntaxNode node) => node switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax => true,
        BlockSyntax block => block.Parent is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
            && block.Statements.Count > 0 && block.Statements[block.Statements.Count - 1] is ReturnStatementSyntax or ThrowStatementSyntax,
        SwitchSectionSyntax section => section.Statements.Count > 0 && section.Statements[section.Statements.Count - 1] is ReturnStatementSyntax or ThrowStatementSyntax,
        _ => false,
    };
}
