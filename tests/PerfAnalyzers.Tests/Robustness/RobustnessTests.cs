using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Tests.Repository;

namespace PerfAnalyzers.Tests.Robustness;

/// <summary>Runs every analyzer and every fix over a source, whatever it looks like; none may throw.</summary>
public abstract class RobustnessTests
{
    /// <summary>What was thrown and by which code; null where nothing was.</summary>
    protected static async Task<string?> FailureOfAsync(string name, string source)
    {
        var (solution, id, _) = TestSolution.Build(new SolutionState(), new SolutionState(), ReferenceAssemblies.All, LanguageVersion.Latest);
        solution = solution.AddDocument(DocumentId.CreateNewId(id), "Test0.cs", source, filePath: "/0/Test0.cs");
        solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".editorconfig", Microsoft.CodeAnalysis.Text.SourceText.From("[*.cs]\nperf_analyzers.fix_all_review = true\n"), filePath: "/.editorconfig");
        var project = solution.GetProject(id)!;
        Exception? crash = null;
        var analyzed = (await project.GetCompilationAsync())!.WithAnalyzers([.. Repo.Analyzers], new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, (e, _, _) => crash ??= e, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        var found = await analyzed.GetAnalyzerDiagnosticsAsync();
        if (crash is not null)
            return $"{name}: {crash}\n{source}";

        foreach (var fix in Repo.Fixes)
        {
            var fixable = found.Where(d => fix.FixableDiagnosticIds.Contains(d.Id)).ToImmutableArray();
            try
            {
                await UseAsync(fix, project.Documents.Single(), fixable);
            }
            catch (Exception e)
            {
                return $"{name}, {fix.GetType().Name}: {e}\n{source}";
            }
        }

        return null;
    }

    private static async Task UseAsync(RuleFix fix, Document document, ImmutableArray<Diagnostic> fixable)
    {
        foreach (var diagnostic in fixable)
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
            foreach (var action in actions)
                await action.GetOperationsAsync(default);
        }

        if (fixable.Length > 0)
            await fix.FixAllAsync(document.Project.Solution, fixable.Select(diagnostic => (document, diagnostic)), default);
    }
}
