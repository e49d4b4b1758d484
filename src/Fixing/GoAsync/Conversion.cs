using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>A place that shall await something.</summary>
/// <param name="Document">The document of the place.</param>
/// <param name="Node">What is replaced, or the function that shall return a task.</param>
/// <param name="RuleId">The rule that asks.</param>
/// <param name="Change">Makes the replacement from the node as other edits left it; null where an async function that returns nothing shall return a task.</param>
/// <param name="Beside">Makes the other edits of the document that go with it; null where there are none.</param>
internal sealed record AwaitRequest(
    Document Document, SyntaxNode Node, string RuleId, System.Func<SyntaxNode, DocumentEdits, SyntaxNode>? Change, System.Action<DocumentEdits>? Beside)
{
    /// <summary>The requests that it is met together with; null where it stands alone.</summary>
    public AwaitBundle? Bundle { get; init; }

    /// <summary>What is done where it cannot be met while its bundle is; null where the bundle then is not met.</summary>
    public System.Action<DocumentEdits>? Fallback { get; init; }

    /// <summary>Whether it is met only by the change itself, and not by callers that move to an async twin of its function.</summary>
    public bool IsInPlace { get; init; }
}

/// <summary>Requests that are met together or not at all, since they give up the same lock.</summary>
/// <param name="Document">The document with the lock.</param>
/// <param name="Home">The type whose lock it is.</param>
/// <param name="Freed">The <c>lock</c> statements, and the calls that take the lock, that are gone once the requests are met.</param>
/// <param name="Edit">Makes the edits that all requests share.</param>
internal sealed record AwaitBundle(Document Document, SyntaxNode Home, IReadOnlyCollection<SyntaxNode> Freed, System.Action<DocumentEdits> Edit);

/// <summary>The requests that can be met, the functions that change for them, and the edits for all of it.</summary>
internal sealed class Conversion(
    IReadOnlyCollection<(AwaitRequest Request, Source Source, AsyncFunction Function)> requests, IReadOnlyCollection<AwaitRequest> fallbacks,
    IReadOnlyCollection<FunctionGroup> groups, Sources sources)
{
    public async Task WriteAsync(EditModel edits)
    {
        var waiting = new HashSet<FunctionKey>();
        var done = new HashSet<SyntaxNode>();
        foreach (var bundle in requests.Select(request => request.Request.Bundle).OfType<AwaitBundle>().Distinct())
            bundle.Edit(await edits.OfAsync(bundle.Document, sources.Cancel).ConfigureAwait(false));

        foreach (var request in fallbacks)
            request.Fallback!(await edits.OfAsync(request.Document, sources.Cancel).ConfigureAwait(false));

        foreach (var (request, source, function) in requests)
        {
            // Two locks can lead to one call.
            if (!done.Add(request.Node))
                continue;

            var document = await edits.OfAsync(source.Document, sources.Cancel).ConfigureAwait(false);
            request.Beside?.Invoke(document);
            if (request.Change is { } change)
                document.Replace(request.Node, current => change(current, document));

            waiting.Add(function.Key);
        }

        foreach (var group in groups)
            await WriteSitesAsync(edits, group, waiting).ConfigureAwait(false);

        foreach (var group in groups.Where(group => group.Loop is not null))
        {
            var document = await edits.OfAsync(group.Members[0].Source.Document, sources.Cancel).ConfigureAwait(false);
            LinqLoops.Edit(document, group.Loop!, group.Members[0].Source);
            if (Functions.Enclosing(group.Loop!.Around) is { } around)
                waiting.Add(FunctionKey.Of(around));
        }

        foreach (var group in groups.Where(group => group is { HasTwin: false, Loop: null }))
        {
            foreach (var member in group.Members)
            {
                var document = await edits.OfAsync(member.Source.Document, sources.Cancel).ConfigureAwait(false);
                var waits = waiting.Contains(member.Key) || member.Symbol.IsAsync;
                var task = document.NameOf(member.Source.Types.Task!, member.Declaration.SpanStart);
                if (group.KeepsSignature)
                    TaskReturns.Edit(document, member, sources.Cancel);
                else if (!waits)
                    SyncBodies.Edit(document, member, task, sources.Cancel);

                document.Replace(member.Declaration, current => Head(current, group, waits, task));
            }
        }

        foreach (var loops in groups.Where(group => group.Loop is not null).GroupBy(group => group.Members[0].Source.Document.Id))
            LinqLoops.Splice(await edits.OfAsync(loops.First().Members[0].Source.Document, sources.Cancel).ConfigureAwait(false), loops.Select(group => group.Loop!));
    }

    private async Task WriteSitesAsync(EditModel edits, FunctionGroup group, HashSet<FunctionKey> waiting)
    {
        foreach (var site in group.Sites)
        {
            var name = group.NewName ?? site.Name.Identifier.ValueText;
            if (site.Kind == SiteKind.Name ? group.HasTwin || !AllAreRenamed(site) : !CanMove(group, site))
                continue;

            var document = await edits.OfAsync(site.Source.Document, sources.Cancel).ConfigureAwait(false);
            CallSites.Edit(document, site, name);
            if (site.Caller is { } caller)
                waiting.Add(caller.Key);
        }
    }

    /// <summary>Where callers move to a twin, those that stay sync go on calling the method itself.</summary>
    private bool CanMove(FunctionGroup group, CallSite site) => !group.HasTwin || (site.Caller is { } caller
        && (caller.Symbol.IsAsync || caller.Declaration is CompilationUnitSyntax || groups.Any(other => !other.HasTwin && other.Members.Any(member => member.Key == caller.Key))));

    /// <summary>A <c>nameof</c> of several overloads follows only when all of them get the new name; the first group that is asked does it.</summary>
    private bool AllAreRenamed(CallSite site)
    {
        var renamed = groups.Where(group => group is { NewName: not null, HasTwin: false }).ToList();
        return site.Others.All(other => renamed.Any(group => group.Members.Any(member => member.Key == other)));
    }

    private static SyntaxNode Head(SyntaxNode current, FunctionGroup group, bool waits, string task)
    {
        if (!group.KeepsSignature)
        {
            current = Signatures.ReturningTask(current, task);
            if (group.NewName is { } name)
                current = Signatures.Named(current, name);
        }

        return waits || group.KeepsSignature ? Signatures.WithAsync(current) : current;
    }
}
