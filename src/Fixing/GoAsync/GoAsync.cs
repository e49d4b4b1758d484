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
        var needs = new List<Need>();
        foreach (var request in _requests)
        {
            var source = await sources.OfAsync(edits.Solution.GetDocument(request.Document.Id)!).ConfigureAwait(false);
            if (request.Change is null)
            {
                var returning = new AsyncFunction(source, request.Node, Functions.Symbol(request.Node, source.Model, cancel)!);
                needs.Add(new Need(request, source, returning, await graph.GroupOfAsync(returning).ConfigureAwait(false)));
                continue;
            }

            var (group, blocker) = await graph.NeedAsync(source, request.Node).ConfigureAwait(false);
            if (blocker is null && graph.FunctionAround(source, request.Node) is { } function)
                needs.Add(new Need(request, source, function, group));
        }

        await graph.CompleteAsync().ConfigureAwait(false);
        if (await ProvenAsync(needs, graph, edits.Solution, sources).ConfigureAwait(false) is { Count: > 0 } proven)
            await Chosen(proven, sources).WriteAsync(edits).ConfigureAwait(false);
    }

    /// <summary>Those of the needs that can be met together, as the compiler says.</summary>
    private static async Task<List<Need>> ProvenAsync(List<Need> needs, CallGraph graph, Solution solution, Sources sources)
    {
        for (var round = 0; round < Rounds; round++)
        {
            needs.RemoveAll(need => need.Group is { Blocker: not null });
            if (needs.Count == 0)
                return needs;

            var faults = await FaultsAsync(needs, solution, sources).ConfigureAwait(false);
            if (faults.Count == 0)
                return needs;

            if (!TakeOut(faults, graph, needs))
                break;
        }

        if (needs.Count <= 1)
            return [];

        // Which of them a fault comes from cannot be told from where it stands: each half is asked alone.
        var half = needs.Count / 2;
        var left = await ProvenAsync(needs.GetRange(0, half), graph, solution, sources).ConfigureAwait(false);
        var right = await ProvenAsync(needs.GetRange(half, needs.Count - half), graph, solution, sources).ConfigureAwait(false);
        if (left.Count == 0 || right.Count == 0)
            return left.Count == 0 ? right : left;

        var both = left.Concat(right).Where(need => need.Group is not { Blocker: not null }).ToList();
        return both.Count == 0 || (await FaultsAsync(both, solution, sources).ConfigureAwait(false)).Count == 0 ? both : left;
    }

    private static async Task<IReadOnlyList<Fault>> FaultsAsync(List<Need> needs, Solution solution, Sources sources)
    {
        var trial = new EditModel(solution);
        await Chosen(needs, sources).WriteAsync(trial).ConfigureAwait(false);
        return await Proof.FaultsAsync(solution, await trial.CompleteAsync(sources.Cancel).ConfigureAwait(false), sources.Cancel).ConfigureAwait(false);
    }

    /// <summary>The groups that the remaining requests need.</summary>
    private static Conversion Chosen(List<Need> needs, Sources sources)
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
    private static bool TakeOut(IReadOnlyList<Fault> faults, CallGraph graph, List<Need> needs)
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

    /// <summary>A request, where it stands, and what must become async for it; no group where it stands in async code.</summary>
    private sealed record Need(AwaitRequest Request, Source Source, AsyncFunction Function, FunctionGroup? Group);
}
