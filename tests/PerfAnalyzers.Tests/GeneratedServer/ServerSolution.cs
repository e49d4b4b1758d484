using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>A server as an IDE has it open, and the lightbulb on one of its lines.</summary>
internal static class ServerSolution
{
    public static Solution Open(IEnumerable<Server.Project> projects)
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        var ids = new Dictionary<string, ProjectId>();
        foreach (var project in projects)
        {
            var id = ProjectId.CreateNewId(project.Name);
            ids.Add(project.Name, id);
            solution = solution.AddProject(ProjectInfo.Create(
                id, VersionStamp.Default, project.Name, project.Name, LanguageNames.CSharp, filePath: $"/{project.Name}/{project.Name}.csproj",
                compilationOptions: new CSharpCompilationOptions(project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                metadataReferences: ReferenceAssemblies.All.References,
                projectReferences: project.Uses.Select(name => new ProjectReference(ids[name])),
                documents: project.Files.Select(file => DocumentInfo.Create(
                    DocumentId.CreateNewId(id), Path.GetFileName(file.Path), filePath: $"/{project.Name}/{file.Path}",
                    loader: TextLoader.From(TextAndVersion.Create(SourceText.From(file.Text), VersionStamp.Create()))))));
        }

        return solution;
    }

    /// <summary>Parsed and declared, as after the solution was loaded.</summary>
    public static async Task LoadAsync(Solution solution)
    {
        foreach (var project in solution.Projects)
            (await project.GetCompilationAsync())!.GetDeclarationDiagnostics();
    }

    /// <summary>What the rule about <c>Thread.Sleep</c> finds in a method of one document.</summary>
    public static async Task<Diagnostic> FindingAsync(Document document, string method)
    {
        var compilation = (await document.Project.GetCompilationAsync())!.WithAnalyzers([new ThreadSleepAnalyzer()], document.Project.AnalyzerOptions);
        var text = (await document.GetTextAsync()).ToString();
        var start = text.IndexOf($" {method}(", text.IndexOf("class ", StringComparison.Ordinal), StringComparison.Ordinal);
        return (await compilation.GetAnalyzerSemanticDiagnosticsAsync((await document.GetSemanticModelAsync())!, null, default))
            .OrderBy(d => d.Location.SourceSpan.Start).First(d => d.Location.SourceSpan.Start > start);
    }

    /// <summary>The action that the lightbulb offers; null where there is none.</summary>
    public static async Task<CodeAction?> ActionAsync(Document document, Diagnostic finding)
    {
        CodeAction? found = null;
        await new ThreadSleepFix().RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => found ??= action, default));
        return found;
    }

    public static async Task<Solution> ApplyAsync(CodeAction action) =>
        (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
}
