using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Fixing;

/// <summary>Finds those of the needs that can be met together, as the compiler says.</summary>
internal sealed class ProvenNeeds(CallGraph graph, Solution solution, Sources sources)
{
    // An error that the proof finds takes one finding out; more rounds than this say that the code defies analysis.
    private const int Rounds = 8;

    /// <summary>The needs that can be met; what cannot goes to <paramref name="lost"/>.</summary>
    public async Task<List<AwaitNeed>> OfAsync(List<AwaitNeed> needs, List<AwaitRequest> lost)
    {
        var dead = new HashSet<AwaitBundle>();
        for (var round = 0; round < Rounds; round++)
        {
            Settle(needs, lost, dead);
            if (needs.Count == 0)
                return needs;

            var faults = await FaultsAsync(needs, lost).ConfigureAwait(false);
            if (faults.Count == 0)
                return needs;

            if (!TakeOut(faults, needs, lost))
                break;
        }

        // A bundle cannot be divided.
        if (needs.Count <= 1 || needs.Any(need => need.Request.Bundle is not null))
            return [];

        // Which of them a fault comes from cannot be told from where it stands: each half is asked alone.
        var half = needs.Count / 2;
        var left = await OfAsync(needs.GetRange(0, half), []).ConfigureAwait(false);
        var right = await OfAsync(needs.GetRange(half, needs.Count - half), []).ConfigureAwait(false);
        if (left.Count == 0 || right.Count == 0)
            return left.Count == 0 ? right : left;

        var both = left.Concat(right).Where(need => need.Group is not { Blocker: not null }).ToList();
        return both.Count == 0 || (await FaultsAsync(both, []).ConfigureAwait(false)).Count == 0 ? both : left;
    }

    /// <summary>The groups that the remaining requests need.</summary>
    public Conversion Chosen(List<AwaitNeed> needs, List<AwaitRequest> lost)
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
            needs.Where(need => need.Group is not { HasTwin: true }).Select(need => (need.Request, need.Source, need.Function)).ToList(),
            lost.Where(request => request.Fallback is not null).ToList(), groups, sources);
    }

    private async Task<IReadOnlyList<Fault>> FaultsAsync(List<AwaitNeed> needs, List<AwaitRequest> lost)
    {
        var trial = new EditModel(solution);
        await Chosen(needs, lost).WriteAsync(trial).ConfigureAwait(false);
        return await Proof.FaultsAsync(solution, await trial.CompleteAsync(sources.Cancel).ConfigureAwait(false), sources.Cancel).ConfigureAwait(false);
    }

    /// <summary>Moves what cannot be met from the needs to the lost, with the bundles that do not hold without it and all that depends on their locks being gone.</summary>
    private void Settle(List<AwaitNeed> needs, List<AwaitRequest> lost, HashSet<AwaitBundle> dead)
    {
        for (var changed = true; changed;)
        {
            lost.AddRange(needs.Where(need => need.Group is { Blocker: not null } || (need.Group is { HasTwin: true } && need.Request.IsInPlace)).Select(need => need.Request));
            var fallen = lost.Where(request => request.Fallback is null).Select(request => request.Bundle).OfType<AwaitBundle>().Where(dead.Add).ToList();
            changed = fallen.Count > 0;
            needs.RemoveAll(need => lost.Contains(need.Request) || (need.Request.Bundle is { } bundle && dead.Contains(bundle)));
            lost.RemoveAll(request => request.Bundle is { } bundle && dead.Contains(bundle));
            graph.BlockUnder(fallen.SelectMany(bundle => bundle.Freed));
        }
    }

    /// <summary>Gives up what a fault stands in; false where it stands in nothing that was changed.</summary>
    private bool TakeOut(IReadOnlyList<Fault> faults, List<AwaitNeed> needs, List<AwaitRequest> lost)
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

                if (needs.FindAll(need => need.Request.Bundle?.Home == node || (need.Function.Declaration == node && need.Group is null)) is { Count: > 0 } taken)
                {
                    lost.AddRange(taken.Select(need => need.Request.Bundle is null ? need.Request : need.Request with { Fallback = null }));
                    needs.RemoveAll(new HashSet<AwaitNeed>(taken).Contains);
                    changed = true;
                    break;
                }
            }

            any |= changed;
        }

        return any;
    }
}
