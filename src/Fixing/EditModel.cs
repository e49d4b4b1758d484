using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Fixing;

/// <summary>All changes of one action: to any document of the solution, made together. Every node that an edit names is a node of the original trees.</summary>
internal sealed class EditModel(Solution solution)
{
    private readonly Dictionary<DocumentId, DocumentEdits> _documents = new();
    private readonly Dictionary<Type, EditStage> _stages = new();

    public Solution Solution { get; } = solution;

    /// <summary>The edits of one document; the same object for every asker.</summary>
    public async Task<DocumentEdits> OfAsync(Document document, CancellationToken cancel)
    {
        if (!_documents.TryGetValue(document.Id, out var edits))
        {
            edits = await DocumentEdits.OfAsync(Solution.GetDocument(document.Id)!, cancel).ConfigureAwait(false);
            _documents.Add(document.Id, edits);
        }

        return edits;
    }

    /// <summary>A stage that gathers requests of many plans and edits for all of them at the end.</summary>
    public T Stage<T>() where T : EditStage, new()
    {
        if (!_stages.TryGetValue(typeof(T), out var stage))
            _stages.Add(typeof(T), stage = new T());

        return (T)stage;
    }

    /// <summary>The solution with all changes; the original one where nothing changed.</summary>
    public async Task<Solution> CompleteAsync(CancellationToken cancel)
    {
        foreach (var stage in _stages.Values.ToArray())
            await stage.CompleteAsync(this, cancel).ConfigureAwait(false);

        var changed = Solution;
        foreach (var edits in _documents.Values)
        {
            if (await edits.CompleteAsync(cancel).ConfigureAwait(false) is { } text)
                changed = changed.WithDocumentText(edits.Document.Id, text, PreservationMode.PreserveIdentity);
        }

        return changed;
    }
}

/// <summary>Requests of many plans that become edits together.</summary>
internal abstract class EditStage
{
    /// <summary>Turns the requests into edits: all that belong together, or none.</summary>
    public abstract Task CompleteAsync(EditModel edits, CancellationToken cancel);
}
