using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// Turns blocking calls into awaits, together with every function that must become async for it: all of a chain or
/// none of it. Several calls in one function, or on one chain, are one edit.
/// </summary>
internal sealed class GoAsync : EditStage
{
    // An error that the proof finds takes one finding out; more rounds than this say that the code defies analysis.
    private const int Rounds = 8;

    private readonly List<AwaitRequest> _requests = [];

    /// <summary>
    /// The plan that replaces <paramref name="node"/> by what <paramref name="change"/> makes of it, which awaits
    /// something (see <see cref="Awaits"/>); null where its function cannot be or become async, as far as its document
    /// shows. The change may be made more than once, on trial. Callers in other documents are searched when the action
    /// is chosen; where one of them stands in the way, the action changes nothing.
    /// <paramref name="beside"/> makes the other edits of the same document that go with it.
    /// </summary>
    public static Plan? Plan(Finding finding, SyntaxNode node, Func<SyntaxNode, DocumentEdits, SyntaxNode> change, Action<DocumentEdits>? beside = null)
    {
        if (Functions.Enclosing(node) is not { } declaration || Functions.Symbol(declaration, finding.Model, finding.Cancel) is not { } symbol)
            return null;

        var source = new Source(finding.Document, finding.Node.SyntaxTree.GetCompilationUnitRoot(finding.Cancel), finding.Model);
        var function = new AsyncFunction(source, declaration, symbol);
        if (AwaitPlace.Blocker(node, function, finding.Cancel) is not null || new NearCallers(source, finding.Rule.Id, finding.Cancel).Block(function))
            return null;

        return Of(new AwaitRequest(finding.Document, node, finding.Rule.Id, change, beside));
    }

    /// <summary>The plan that makes an <c>async void</c> function return a task, which its callers await; null where something seen in its document is in the way.</summary>
    public static Plan? PlanTask(Finding finding, SyntaxNode declaration)
    {
        if (Functions.Symbol(declaration, finding.Model, finding.Cancel) is not { } symbol)
            return null;

        var source = new Source(finding.Document, finding.Node.SyntaxTree.GetCompilationUnitRoot(finding.Cancel), finding.Model);
        return new NearCallers(source, finding.Rule.Id, finding.Cancel).BlockTask(new AsyncFunction(source, declaration, symbol))
            ? null
            : Of(new AwaitRequest(finding.Document, declaration, finding.Rule.Id, null, null));
    }

    private static Plan Of(AwaitRequest request) => new((edits, _) =>
    {
        edits.Stage<GoAsync>()._requests.Add(request);
        return Task.CompletedTask;
    });

    public override async Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        if (_requests.Count == 0)
            return;

        var sources = new Sources(edits.Solution, cancel);
        var graph = new CallGraph(sources, _requests[0].RuleId);
        var needs = new List<(AwaitRequest Request, Source Source, AsyncFunction Function, FunctionGroup? Group)>();
        foreach (var request in _requests)
        {
            var source = await sources.OfAsync(edits.Solution.GetDocument(request.Document.Id)!).ConfigureAwait(false);
            if (request.Change is null)
            {
                var returning = new AsyncFunction(source, request.Node, Functions.Symbol(request.Node, source.Model, cancel)!);
                needs.Add((request, source, returning, await graph.GroupOfAsync(returning).ConfigureAwait(false)));
                continue;
            }

            var (group, blocker) = await graph.NeedAsync(source, request.Node).ConfigureAwait(false);
            if (blocker is null && graph.FunctionAround(source, request.Node) is { } function)
                needs.Add((request, source, function, group));
        }

        await graph.CompleteAsync().ConfigureAwait(false);
        for (var round = 0; round < Rounds; round++)
        {
            needs.RemoveAll(need => need.Group is { Blocker: not null });
            if (needs.Count == 0)
                return;

            var conversion = Chosen(needs, sources);
            var trial = new EditModel(edits.Solution);
            await conversion.WriteAsync(trial).ConfigureAwait(false);
            var faults = await Proof.FaultsAsync(edits.Solution, await trial.CompleteAsync(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            if (faults.Count == 0)
            {
                await conversion.WriteAsync(edits).ConfigureAwait(false);
                return;
            }

            if (!TakeOut(faults, graph, needs))
                return;
        }
    }

    /// <summary>The groups that the remaining requests need.</summary>
    private static Conversion Chosen(List<(AwaitRequest Request, Source Source, AsyncFunction Function, FunctionGroup? Group)> needs, Sources sources)
    {
        var groups = new HashSet<FunctionGroup>();
        var open = new Queue<FunctionGroup>(needs.Select(need => need.Group).OfType<FunctionGroup>());
        while (open.Count > 0)
        {
            var group = open.Dequeue();
            if (!groups.Add(group))
                continue;

            foreach (var required in group.Requires.Where(required => required.Blocker is null))
                open.Enqueue(required);
        }

        return new Conversion(
            needs.Where(need => need.Group is not { HasTwin: true }).Select(need => (need.Request, need.Source, need.Function)).ToList(), groups, sources);
    }

    /// <summary>Gives up what a fault stands in; false where it stands in nothing that was changed.</summary>
    private static bool TakeOut(IReadOnlyList<Fault> faults, CallGraph graph, List<(AwaitRequest Request, Source Source, AsyncFunction Function, FunctionGroup? Group)> needs)
    {
        var any = false;
        foreach (var fault in faults)
        {
            var changed = false;
            for (var node = fault.Place; node is not null; node = node.Parent)
            {
                if (graph.Find(FunctionKey.Of(node)) is { Blocker: null } group)
                {
                    graph.Block(group, fault.Message);
                    changed = true;
                    break;
                }

                if (needs.RemoveAll(need => need.Function.Declaration == node && need.Group is null) > 0)
                {
                    changed = true;
                    break;
                }
            }

            any |= changed;
        }

        return any;
    }
}
