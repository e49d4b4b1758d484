using System;
using System.Threading;
using System.Threading.Tasks;

namespace PerfAnalyzers.Fixing;

/// <summary>A proven change: made only where its preconditions hold, so that whoever shows it may apply it.</summary>
/// <param name="Apply">Adds the change to the edits. What searches the solution does so here, when the action was chosen.</param>
internal sealed record Plan(Func<EditModel, CancellationToken, Task> Apply)
{
    /// <summary>What the change covers. Plans with equal keys are one change: several findings that one edit mends.</summary>
    public object? Key { get; init; }

    /// <summary>The title of the lightbulb, where it says more than the rule's own.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the change is observable; null where the rule's declaration says it.</summary>
    public bool? IsReview { get; init; }

    /// <summary>A change to the finding's own document.</summary>
    public static Plan Edit(Finding finding, Action<DocumentEdits> edit) =>
        new(async (edits, cancel) => edit(await edits.OfAsync(finding.Document, cancel).ConfigureAwait(false)));
}
