using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// Turns blocking calls into awaits, together with every function that must become async for it: all of a chain or
/// none of it. Several calls in one function, or on one chain, are one edit.
/// </summary>
internal sealed class GoAsync : EditStage
{
    /// <summary>
    /// The plan that replaces <paramref name="node"/> by what <paramref name="change"/> makes of it, which awaits
    /// something (see <see cref="Awaits"/>); null where its function cannot be or become async.
    /// <paramref name="beside"/> makes the other edits of the same document that go with it.
    /// </summary>
    public static Plan? Plan(Finding finding, SyntaxNode node, Func<SyntaxNode, DocumentEdits, SyntaxNode> change, Action<DocumentEdits>? beside = null)
    {
        if (Functions.SymbolAround(node, finding.Model, finding.Cancel) is not { IsAsync: true } || !Functions.CanAwaitAt(node))
            return null;

        return Fixing.Plan.Edit(finding, edits =>
        {
            beside?.Invoke(edits);
            edits.Replace(node, current => change(current, edits));
        });
    }

    public override Task CompleteAsync(EditModel edits, CancellationToken cancel) => Task.CompletedTask;
}
