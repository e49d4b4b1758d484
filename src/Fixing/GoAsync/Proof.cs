using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Fixing;

/// <summary>Something that the changed code made worse.</summary>
/// <param name="Place">The node of the original tree where it stands.</param>
/// <param name="Message">What the compiler says.</param>
internal sealed record Fault(SyntaxNode? Place, string Message);

/// <summary>
/// Asks the compiler whether changed documents have new errors or warnings about tasks and null. The rules of `await`
/// are many (spans in the middle of an expression, interpolated string handlers, overloads that take both kinds of
/// delegates); what the blockers do not know of is found here, before anything is offered to the user.
/// </summary>
internal static class Proof
{
    public static async Task<IReadOnlyList<Fault>> FaultsAsync(Solution before, Solution after, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        foreach (var project in after.GetChanges(before).GetProjectChanges())
        {
            foreach (var id in project.GetChangedDocuments())
            {
                var now = await WorstAsync(after.GetDocument(id)!, cancel).ConfigureAwait(false);
                if (now.Count == 0)
                    continue;

                // Code that did not compile before need not do so now; only what was added counts.
                var had = (await WorstAsync(before.GetDocument(id)!, cancel).ConfigureAwait(false)).ToLookup(d => d.Id);
                foreach (var kind in now.GroupBy(d => d.Id))
                {
                    if (kind.Count() > had[kind.Key].Count())
                        faults.AddRange(await PlacedAsync(kind, before.GetDocument(id)!, after.GetDocument(id)!, cancel).ConfigureAwait(false));
                }
            }
        }

        return faults;
    }

    private static async Task<List<Diagnostic>> WorstAsync(Document document, CancellationToken cancel)
    {
        var model = await document.GetSemanticModelAsync(cancel).ConfigureAwait(false);
        return model!.GetDiagnostics(cancellationToken: cancel).Where(d => d.Severity == DiagnosticSeverity.Error || d.Id is "CS4014" or "CS1998"
            || (d.Severity == DiagnosticSeverity.Warning && d.Id.StartsWith("CS8", System.StringComparison.Ordinal) && d.Id.Length == 6)).ToList();
    }

    private static async Task<IEnumerable<Fault>> PlacedAsync(IEnumerable<Diagnostic> diagnostics, Document before, Document after, CancellationToken cancel)
    {
        var root = (await before.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        var changes = (await after.GetTextChangesAsync(before, cancel).ConfigureAwait(false)).OrderBy(change => change.Span.Start).ToList();
        return diagnostics.Select(diagnostic =>
        {
            var position = diagnostic.Location.SourceSpan.Start;
            foreach (var change in changes)
            {
                if (position < change.Span.Start)
                    break;

                if (position < change.Span.Start + change.NewText!.Length)
                {
                    position = change.Span.Start;
                    break;
                }

                position -= change.NewText.Length - change.Span.Length;
            }

            return new Fault(root.FindToken(System.Math.Min(position, root.FullSpan.End)).Parent, $"{diagnostic.Id}: {diagnostic.GetMessage()}");
        });
    }
}
