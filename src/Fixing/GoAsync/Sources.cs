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

/// <summary>A tree that a source generator wrote: it can name functions, but is no document to edit.</summary>
internal sealed record Written(SyntaxTree Tree, Compilation Compilation)
{
    public SemanticModel Model => Compilation.GetSemanticModel(Tree);
}

/// <summary>What an action looked at, for tests and benchmarks; kept only where one asks for it.</summary>
internal sealed class SearchLog
{
    private static readonly AsyncLocal<SearchLog?> s_current = new();

    /// <summary>The log of the caller and of what it awaits.</summary>
    public static SearchLog? Current => s_current.Value;

    /// <summary>The documents that were bound, each once for each action.</summary>
    public List<string> Bound { get; } = [];

    /// <summary>How many texts were searched for a name.</summary>
    public int Searched { get; set; }

    public static SearchLog Start() => s_current.Value = new SearchLog();
}

/// <summary>The documents of one action. Models are held, since every function of a chain asks for them again.</summary>
internal sealed class Sources(Solution solution, CancellationToken cancel)
{
    private readonly Dictionary<DocumentId, Source> _sources = new();
    private readonly Dictionary<ProjectId, IReadOnlyList<Written>> _written = new();

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
            SearchLog.Current?.Bound.Add(document.FilePath ?? document.Name);
        }

        return source;
    }

    /// <summary>The document that holds a tree; null for a tree outside the solution.</summary>
    public async Task<Source?> OfAsync(SyntaxTree tree) => Solution.GetDocument(tree) is { } document
        ? await OfAsync(document).ConfigureAwait(false)
        : null;

    /// <summary>The C# projects that can name what <paramref name="project"/> declares, itself included.</summary>
    public IEnumerable<Project> Seeing(Project project) => Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id)
        .Prepend(project.Id).Select(id => Solution.GetProject(id)!).Where(seeing => seeing.Language == LanguageNames.CSharp);

    /// <summary>What source generators wrote for a project.</summary>
    public async Task<IReadOnlyList<Written>> WrittenAsync(Project project)
    {
        if (_written.TryGetValue(project.Id, out var found))
            return found;

        var compilation = (await project.GetCompilationAsync(Cancel).ConfigureAwait(false))!;
        var trees = new HashSet<SyntaxTree>(compilation.SyntaxTrees);
        if (trees.Count > project.DocumentIds.Count)
        {
            foreach (var document in project.Documents)
                trees.Remove((await document.GetSyntaxTreeAsync(Cancel).ConfigureAwait(false))!);
        }
        else
        {
            trees.Clear();
        }

        found = trees.Select(tree => new Written(tree, compilation)).ToList();
        _written.Add(project.Id, found);
        return found;
    }

    /// <summary>Whether an edit of the document reaches all that is compiled from it.</summary>
    public static bool CanEdit(Document document) => document is not SourceGeneratedDocument
        && document.GetLinkedDocumentIds().IsEmpty && !GeneratedFiles.Is(document.FilePath ?? document.Name);
}
