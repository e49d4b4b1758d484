using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Adds includes to queries: all that one query lacks together, so that it does not matter who asked first.</summary>
internal sealed class IncludeEdits : EditStage
{
    private readonly List<Request> _requests = [];

    public void Add(Document document, ExpressionSyntax root, LoadingLoop loop, StatementSyntax? removed) => _requests.Add(new Request(document, root, loop, removed));

    public override async Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        foreach (var query in _requests.GroupBy(request => request.Root))
        {
            var document = await edits.OfAsync(query.First().Document, cancel).ConfigureAwait(false);
            var root = document.Root.FindNode(query.Key.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionSyntax>(e => e.Span == query.Key.Span && e.RawKind == query.Key.RawKind)!;
            var chains = IncludeChains.Of(root, query.First().Loop.Query);
            foreach (var request in query)
                chains.Add(request.Loop.Read.Path, request.Loop.Order);

            new IncludeWriter(document, root, chains).Write(SplitQueries.AreNeeded(chains, query.First().Loop.Query, document.Model));
        }

        foreach (var file in _requests.Where(request => request.Removed is not null).GroupBy(request => request.Document.Id))
        {
            var document = await edits.OfAsync(file.First().Document, cancel).ConfigureAwait(false);
            var removed = file.Select(request => document.Root.FindNode(request.Removed!.Span).FirstAncestorOrSelf<StatementSyntax>()!).ToImmutableHashSet();
            foreach (var block in removed.GroupBy(statement => (BlockSyntax)statement.Parent!))
            {
                if (RemovedLoads.EmptiedLoop(block.Key, removed) is { } loop)
                {
                    document.Remove(loop);
                    continue;
                }

                foreach (var statement in block)
                    document.Remove(statement);
            }
        }
    }

    private sealed record Request(Document Document, ExpressionSyntax Root, LoadingLoop Loop, StatementSyntax? Removed);
}
