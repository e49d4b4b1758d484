using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Tests.Repository;

namespace PerfAnalyzers.Tests.QuietCode;

/// <summary>
/// The files of <c>QuietCode/Server</c> are a server as it should be written, full of code that looks like what the
/// rules flag. Every rule is on, also those that are off by default, and none has anything to say.
/// </summary>
public sealed class QuietCodeTests
{
    [Fact]
    public async Task Every_rule_is_silent_on_good_code()
    {
        var (solution, id, _) = TestSolution.Build(new SolutionState(), new SolutionState(), ReferenceAssemblies.All, LanguageVersion.Latest);
        solution = solution.AddAnalyzerReference(id, Generators.Regex);
        var files = Repo.Sources("tests/PerfAnalyzers.Tests/QuietCode/Server").ToList();
        foreach (var path in files)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(path), File.ReadAllText(path), filePath: path);

        solution = solution.WithProjectCompilationOptions(id, solution.GetProject(id)!.CompilationOptions!.WithSpecificDiagnosticOptions(
            solution.GetProject(id)!.CompilationOptions!.SpecificDiagnosticOptions.SetItem("CS1591", ReportDiagnostic.Suppress)
                .SetItems(Repo.Rules.Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn)))));
        var project = solution.GetProject(id)!;
        var compilation = (await project.GetCompilationAsync())!;

        Assert.True(files.Count > 8);
        var found = await compilation.WithAnalyzers([.. Repo.Analyzers], project.AnalyzerOptions).GetAllDiagnosticsAsync();
        var warnings = found.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(warnings.Count == 0, string.Join("\n", warnings));
    }
}
