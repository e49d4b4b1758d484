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
        return IsBlocked(node, new AsyncFunction(source, declaration, symbol), finding, []) ? null : Of(new AwaitRequest(finding.Document, node, finding.Rule.Id, change, beside));
    }

    /// <summary>The plan that meets all <paramref name="requests"/> of one bundle; null where one that has no fallback cannot be met, as far as its document shows.</summary>
    public static Plan? PlanTogether(Finding finding, IReadOnlyCollection<AwaitRequest> requests)
    {
        foreach (var request in requests)
        {
            if (request.Fallback is not null)
                continue;

            var model = SemanticModels.Of(request.Node.SyntaxTree, finding.Model);
            if (Functions.Enclosing(request.Node) is not { } declaration || Functions.Symbol(declaration, model, finding.Cancel) is not { } symbol)
                return null;

            var source = new Source(request.Document, request.Node.SyntaxTree.GetCompilationUnitRoot(finding.Cancel), model);
            if (IsBlocked(request.Node, new AsyncFunction(source, declaration, symbol), finding, [.. request.Bundle!.Freed]))
                return null;
        }

        return new Plan((edits, _) =>
        {
            edits.Stage<GoAsync>()._requests.AddRange(requests);
            return Task.CompletedTask;
        });
    }

    /// <summary>The plan that makes an <c>async void</c> function return a task, which its callers await; null where something seen in its document is in the way.</summary>
    public static Plan? PlanTask(Finding finding, SyntaxNode declaration)
    {
        if (Functions.Symbol(declaration, finding.Model, finding.Cancel) is not { } symbol)
            return null;

        var source = new Source(finding.Document, finding.Node.SyntaxTree.GetCompilationUnitRoot(finding.Cancel), finding.Model);
        return new NearCallers(source, finding.Rule.Id, [], finding.Cancel).BlockTask(new AsyncFunction(source, declaration, symbol))
            ? null
            : Of(new AwaitRequest(finding.Document, declaration, finding.Rule.Id, null, null));
    }

    private static bool IsBlocked(SyntaxNode node, AsyncFunction function, Finding finding, HashSet<SyntaxNode> freed) =>
        AwaitPlace.Blocker(node, function, freed, finding.Cancel) is not null || new NearCallers(function.Source, finding.Rule.Id, freed, finding.Cancel).Block(function);

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
        var graph = new CallGraph(sources, _requests[0].RuleId, new HashSet<SyntaxNode>(_requests.SelectMany(request => request.Bundle?.Freed ?? [])));
        var needs = new List<AwaitNeed>();
        var lost = new List<AwaitRequest>();
        foreach (var request in _requests)
        {
            var source = await sources.OfAsync(edits.Solution.GetDocument(request.Document.Id)!).ConfigureAwait(false);
            if (request.Change is null)
            {
                var returning = new AsyncFunction(source, request.Node, Functions.Symbol(request.Node, source.Model, cancel)!);
                needs.Add(new AwaitNeed(request, source, returning, await graph.GroupOfAsync(returning).ConfigureAwait(false)));
                continue;
            }

            var (group, blocker) = await graph.NeedAsync(source, request.Node).ConfigureAwait(false);
            if (blocker is null && graph.FunctionAround(source, request.Node) is { } function)
                needs.Add(new AwaitNeed(request, source, function, group));
            else
                lost.Add(request);
        }

        await graph.CompleteAsync().ConfigureAwait(false);
        var proof = new ProvenNeeds(graph, edits.Solution, sources);
        if (await proof.OfAsync(needs, lost).ConfigureAwait(false) is { Count: > 0 } proven)
            await proof.Chosen(proven, lost).WriteAsync(edits).ConfigureAwait(false);
    }
}

/// <summary>A request with the function that it stands in.</summary>
/// <param name="Request">The request.</param>
/// <param name="Source">Its document.</param>
/// <param name="Function">The function that waits.</param>
/// <param name="Group">The functions that become async with it; null where it is async already.</param>
internal sealed record AwaitNeed(AwaitRequest Request, Source Source, AsyncFunction Function, FunctionGroup? Group);
