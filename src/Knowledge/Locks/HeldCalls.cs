using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Knowledge.Locks;

/// <summary>A call that waits while a lock is held.</summary>
/// <param name="Node">The call under the lock.</param>
/// <param name="Place">The name that a reader would point at.</param>
/// <param name="Text">What a message calls it: with the way to the blocking call, where that lies in another function.</param>
/// <param name="Blocking">The calls that block: itself, or those of the function that it leads to.</param>
internal sealed record HeldCall(SyntaxNode Node, SyntaxNode Place, string Text, ImmutableArray<BlockingCall> Blocking);

/// <summary>Finds the calls that wait under a lock.</summary>
internal static class HeldCalls
{
    /// <summary>All of them, in the order of the text; of equal ones the first.</summary>
    public static IReadOnlyList<HeldCall> In(LockRegion region, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var found = new List<HeldCall>();
        var texts = new HashSet<string>();
        foreach (var held in AllIn(region, model, types, cancel))
        {
            if (texts.Add(held.Text))
                found.Add(held);
        }

        return found;
    }

    /// <summary>All of them, also equal ones.</summary>
    public static IEnumerable<HeldCall> AllIn(LockRegion region, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var blocking = new BlockingCalls(model, types, cancel);
        var run = new RunCode(model, types, cancel);
        foreach (var body in region.Body)
        {
            // The call is the inner lock's, which those who wait for the outer one queue behind.
            if (body is LockStatementSyntax)
                continue;

            foreach (var node in run.In(body, skipsLocks: true))
            {
                if (Of(node, blocking, model, cancel) is { } held && !IsUnderTheSameAgain(held.Node, region, model, types, cancel) && !LockRegions.IsGivenBackBefore(node, region) && !OneTimeWork.Contains(held.Node, model, cancel))
                    yield return held;
            }
        }
    }

    /// <summary>Whether the code has taken the same lock again, as a writer after a reader: then it is said there.</summary>
    private static bool IsUnderTheSameAgain(SyntaxNode node, LockRegion region, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (region.Type is not ("ReaderWriterLockSlim" or "ReaderWriterLock"))
            return false;

        foreach (var call in region.Body.SelectMany(body => body.DescendantNodes()).OfType<InvocationExpressionSyntax>())
        {
            if (call != region.Anchor && Calls.NameOf(call) is { } name && LockRegions.Taking.Contains(name.Identifier.ValueText) && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method
                && LockRegions.Of(call, method, model, types, cancel) is { } again && again.Name == region.Name && again.Body.Any(body => body.Span.Contains(node.Span)))
            {
                return true;
            }
        }

        return false;
    }

    private static HeldCall? Of(SyntaxNode node, BlockingCalls blocking, SemanticModel model, CancellationToken cancel)
    {
        if (blocking.Of(node) is { } call)
            return new HeldCall(call.Node, call.Place, call.Text, ImmutableArray.Create(call));

        if (BlockingChains.Of(model.Compilation).From(node, model, cancel) is not { } chain)
            return null;

        var place = node switch
        {
            InvocationExpressionSyntax invoked => Calls.NameOf(invoked) ?? node,
            ObjectCreationExpressionSyntax creation => creation.Type,
            _ => node,
        };
        var names = chain.Functions.Select((function, i) => i == 0 && place is SimpleNameSyntax name && function.MethodKind == MethodKind.Ordinary ? name.Identifier.ValueText : Functions.Name(function));
        return new HeldCall(node, place, string.Join(" → ", names.Concat([chain.Calls[0].Text])), chain.Calls);
    }
}
