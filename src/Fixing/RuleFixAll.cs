using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace PerfAnalyzers.Fixing;

/// <summary>Mends all findings of one rule in one edit over document, project or solution; the batch fixer would lose overlapping edits.</summary>
internal sealed class RuleFixAll(RuleFix fix) : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() =>
        ImmutableArray.Create(FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution);

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        // The second action of a rule is offered for one place at a time.
        if (context.CodeActionEquivalenceKey is { } key && !fix.FixableDiagnosticIds.Contains(key))
            return null;

        var found = new List<(Document Document, Diagnostic Diagnostic)>();
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                foreach (var diagnostic in await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false))
                    found.Add((document, diagnostic));

                break;
            case FixAllScope.Project:
                await AddAsync(context, context.Project, found).ConfigureAwait(false);
                break;
            case FixAllScope.Solution:
                foreach (var project in context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
                    await AddAsync(context, project, found).ConfigureAwait(false);

                break;
        }

        if (found.Count == 0)
            return null;

        var ordered = found.OrderBy(pair => pair.Document.FilePath ?? pair.Document.Name, System.StringComparer.Ordinal)
            .ThenBy(pair => pair.Diagnostic.Location.SourceSpan.Start).ToList();
        return CodeAction.Create(fix.Title, cancel => fix.FixAllAsync(context.Solution, ordered, cancel), fix.FixableDiagnosticIds[0]);
    }

    private static async Task AddAsync(FixAllContext context, Project project, List<(Document Document, Diagnostic Diagnostic)> found)
    {
        foreach (var diagnostic in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
        {
            if (diagnostic.Location.SourceTree is { } tree && project.GetDocument(tree) is { } document)
                found.Add((document, diagnostic));
        }
    }
}
