using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A diagnostic that a test expects; null where it does not care.</summary>
internal sealed record Expected(string? Id, string? Path, LinePositionSpan Span, bool StartOnly, DiagnosticSeverity? Severity, string? Message, bool? Suppressed);

/// <summary>Builds the Roslyn solution of a test. The references are bound once and shared by all tests.</summary>
internal static class TestSolution
{
    private static readonly AdhocWorkspace s_workspace = new();
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(ReferenceAssemblies, OutputKind, LanguageVersion), (Solution Solution, ProjectId Id)> s_bases = [];

    public static (Solution Solution, ProjectId Main, List<Expected> Expected) Build(
        SolutionState state, SolutionState settings, ReferenceAssemblies references, LanguageVersion language)
    {
        var (solution, main) = Base(references, state.OutputKind, language);
        var expected = new List<Expected>();
        var keys = new Dictionary<int, (string Path, TextSpan Span, SourceText Text)>();
        var projects = new Dictionary<string, ProjectId> { [SolutionState.MainProject] = main };
        foreach (var (name, project) in state.AdditionalProjects)
        {
            var id = ProjectId.CreateNewId(name);
            projects.Add(name, id);
            solution = solution.AddProject(Info(id, name, references, project.OutputKind, language));
        }

        foreach (var (name, project) in state.AdditionalProjects.Append(new(SolutionState.MainProject, state)))
        {
            foreach (var other in project.AdditionalProjectReferences)
                solution = solution.AddProjectReference(projects[name], new ProjectReference(projects[other]));

            foreach (var (path, content) in project.Sources)
            {
                var parsed = Markup.Parse(content);
                var text = SourceText.From(parsed.Text, Encoding.UTF8);
                solution = solution.AddDocument(DocumentId.CreateNewId(projects[name]), Path.GetFileName(path), text, filePath: path);
                expected.AddRange(parsed.Spans.Select(span => new Expected(span.Id, path, text.Lines.GetLinePositionSpan(span.Span), false, null, null, null)));
                foreach (var (key, span) in parsed.Keys)
                    keys.Add(key, (path, span, text));
            }

            foreach (var (path, content) in settings.AdditionalFiles)
                solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(projects[name]), Path.GetFileName(path), SourceText.From(content, Encoding.UTF8), filePath: path);

            foreach (var (path, content) in settings.AnalyzerConfigFiles)
                solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(projects[name]), Path.GetFileName(path), SourceText.From(content, Encoding.UTF8), filePath: path);
        }

        expected.AddRange(state.ExpectedDiagnostics.Select(result => Resolve(result, state, keys)));
        return (solution, main, expected);
    }

    private static Expected Resolve(DiagnosticResult result, SolutionState state, Dictionary<int, (string Path, TextSpan Span, SourceText Text)> keys)
    {
        if (result.Locations.IsEmpty)
            return new(result.Id, null, default, false, result.Severity, result.Message, result.IsSuppressed);

        var (path, key, span, startOnly) = result.Locations[0];
        if (key >= 0)
            (path, span) = (keys[key].Path, keys[key].Text.Lines.GetLinePositionSpan(keys[key].Span));

        return new(result.Id, path ?? state.Sources[0].Path, span, startOnly, result.Severity, result.Message, result.IsSuppressed);
    }

    private static (Solution Solution, ProjectId Id) Base(ReferenceAssemblies references, OutputKind output, LanguageVersion language)
    {
        lock (s_gate)
        {
            if (!s_bases.TryGetValue((references, output, language), out var found))
            {
                var id = ProjectId.CreateNewId(SolutionState.MainProject);
                var solution = s_workspace.CurrentSolution.AddProject(Info(id, SolutionState.MainProject, references, output, language));
                solution.GetProject(id)!.GetCompilationAsync().GetAwaiter().GetResult()!.GetTypeByMetadataName("System.Object"); // binds the references once
                s_bases.Add((references, output, language), found = (solution, id));
            }

            return found;
        }
    }

    private static ProjectInfo Info(ProjectId id, string name, ReferenceAssemblies references, OutputKind output, LanguageVersion language) => ProjectInfo.Create(
        id, VersionStamp.Default, name, name, LanguageNames.CSharp, filePath: $"/{name}/{name}.csproj",
        compilationOptions: new CSharpCompilationOptions(output, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable,
            // As in every project of the SDK: references to older frameworks unify silently.
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]),
        parseOptions: new CSharpParseOptions(language, DocumentationMode.Diagnose),
        metadataReferences: references.References);
}
