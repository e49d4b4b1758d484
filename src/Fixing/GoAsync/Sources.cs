using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>A document with what reading it takes.</summary>
internal sealed record Source(Document Document, CompilationUnitSyntax Root, SemanticModel Model)
{
    public KnownTypes Types => KnownTypes.Of(Model.Compilation);

    public LanguageVersion Language => ((CSharpParseOptions)Root.SyntaxTree.Options).LanguageVersion;
}

/// <summary>The documents of one action. Models are held, since every function of a chain asks for them again.</summary>
internal sealed class Sources(Solution solution, CancellationToken cancel)
{
    private readonly Dictionary<DocumentId, Source> _sources = new();
    private readonly Dictionary<ProjectId, IReadOnlyList<Document>> _written = new();

    public Solution Solution { get; } = solution;

    public CancellationToken Cancel { get; } = cancel;

    public async Task<Source> OfAsync(Document document)
    {
        if (!_sources.TryGetValue(document.Id, out var source))
        {
            source = new Source(
                document,
                (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(Cancel).ConfigureAwait(false))!,
                (await document.GetSemanticModelAsync(Cancel).ConfigureAwait(false))!);
            _sources.Add(document.Id, source);
        }

        return source;
    }

    /// <summary>The document that holds a tree; null for a tree outside the solution.</summary>
    public async Task<Source?> OfAsync(SyntaxTree tree) => Solution.GetDocument(tree) is { } document
        ? await OfAsync(document).ConfigureAwait(false)
        : null;

    /// <summary>All C# documents that can name what <paramref name="project"/> declares, what source generators write included.</summary>
    public async Task<IReadOnlyList<Document>> SeeingAsync(Project project)
    {
        if (_written.TryGetValue(project.Id, out var found))
            return found;

        var documents = new List<Document>();
        foreach (var id in Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id).Prepend(project.Id))
        {
            var seeing = Solution.GetProject(id)!;
            if (seeing.Language != LanguageNames.CSharp)
                continue;

            documents.AddRange(seeing.Documents);
            documents.AddRange(await seeing.GetSourceGeneratedDocumentsAsync(Cancel).ConfigureAwait(false));
        }

        _written.Add(project.Id, documents);
        return documents;
    }

    /// <summary>Whether an edit of the document reaches all that is compiled from it.</summary>
    public static bool CanEdit(Document document) => document is not SourceGeneratedDocument
        && document.GetLinkedDocumentIds().IsEmpty && !GeneratedFiles.Is(document.FilePath ?? document.Name);
}
