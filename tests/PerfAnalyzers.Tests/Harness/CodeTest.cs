using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Stands for "no code fix" in <see cref="CSharpAnalyzerTest{TAnalyzer}"/>.</summary>
public sealed class EmptyCodeFix;

/// <summary>Runs one analyzer over a small solution.</summary>
public class CSharpAnalyzerTest<TAnalyzer> : CSharpCodeFixTest<TAnalyzer, EmptyCodeFix> where TAnalyzer : DiagnosticAnalyzer, new();

/// <summary>Runs one analyzer and one code fix over a small solution and compares everything that can differ.</summary>
public partial class CSharpCodeFixTest<TAnalyzer, TCodeFix> where TAnalyzer : DiagnosticAnalyzer, new() where TCodeFix : class, new()
{
    public SolutionState TestState { get; } = new();

    public SolutionState FixedState { get; } = new();

    /// <summary>What Fix All makes; <see cref="FixedState"/> where it has no sources.</summary>
    public SolutionState BatchFixedState { get; } = new();

    public string TestCode { set => TestState.Sources.Add(value); }

    public string FixedCode { set => FixedState.Sources.Add(value); }

    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    public ReferenceAssemblies ReferenceAssemblies { get; set; } = ReferenceAssemblies.All;

    public LanguageVersion LanguageVersion { get; set; } = LanguageVersion.Latest;

    public int CodeActionIndex { get; set; }

    /// <summary>How many times the lightbulb is used until nothing is left; by default once per finding that goes away.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    public bool SkipFixAll { get; set; }

    /// <summary>Whether an action may turn out to change nothing, because what it needs is searched only when it is chosen.</summary>
    public bool ActionsMayChangeNothing { get; set; }

    /// <summary>Whether broken input is the point of the test.</summary>
    public bool AllowCompilerErrors { get; set; }

    public Func<Solution, ProjectId, Solution>? SolutionTransform { get; set; }

    /// <summary>With one document the three scopes hold the same findings, so one is enough; PERF_ALL_SCOPES=1 runs all anyway.</summary>
    public bool AllScopes { get; set; } = Environment.GetEnvironmentVariable("PERF_ALL_SCOPES") == "1";

    public async Task RunAsync(CancellationToken cancel = default)
    {
        var solution = Build(TestState, out var expected);
        var found = await VerifyDiagnosticsAsync("input", solution, expected, cancel).ConfigureAwait(false);
        if (new TCodeFix() is not CodeFixProvider fix || FixedState.Sources.Count == 0)
            return;

        var fixedSolution = Build(FixedState, out var fixedExpected);
        var remaining = await VerifyDiagnosticsAsync("fixed", fixedSolution, fixedExpected, cancel).ConfigureAwait(false);
        await Warnings.VerifyNoneNewAsync(solution, fixedSolution, cancel).ConfigureAwait(false);
        await LostTasks.VerifyNoneNewAsync(solution, fixedSolution, cancel).ConfigureAwait(false);

        // Equal sources mean that no fix may be offered.
        var changes = await SolutionText.DiffersAsync(solution, fixedSolution, cancel).ConfigureAwait(false);
        var limit = NumberOfIncrementalIterations ?? (changes ? Math.Max(Fixable(fix, found) - Fixable(fix, remaining), 1) : 0);
        var key = await VerifyOneByOneAsync(fix, solution, fixedSolution, limit, cancel).ConfigureAwait(false);
        if (changes && !SkipFixAll)
            await VerifyFixAllAsync(fix, solution, fixedSolution, key!, cancel).ConfigureAwait(false);
    }

    private static int Fixable(CodeFixProvider fix, ImmutableArray<Diagnostic> diagnostics) => diagnostics.Count(d => IsFixable(fix, d));

    private static bool IsFixable(CodeFixProvider fix, Diagnostic diagnostic) => fix.FixableDiagnosticIds.Contains(diagnostic.Id);

    private Solution Build(SolutionState state, out List<Expected> expected)
    {
        (var solution, var id, expected) = TestSolution.Build(state, state.AnalyzerConfigFiles.Count + state.AdditionalFiles.Count > 0 ? state : TestState, ReferenceAssemblies, LanguageVersion);
        return SolutionTransform?.Invoke(solution, id) ?? solution;
    }

    /// <summary>One finding at a time, as the lightbulb does.</summary>
    private async Task<string?> VerifyOneByOneAsync(CodeFixProvider fix, Solution solution, Solution fixedSolution, int limit, CancellationToken cancel)
    {
        var current = solution;
        string? key = null;
        var iterations = 0;
        for (; iterations <= limit; iterations++)
        {
            if (await FirstActionAsync(fix, current, cancel).ConfigureAwait(false) is not { } action)
                break;

            key ??= action.EquivalenceKey ?? throw new VerifyException($"Code action '{action.Title}' has no equivalence key: Fix All cannot work.");
            var next = await ApplyAsync(action, cancel).ConfigureAwait(false);
            if (!await SolutionText.DiffersAsync(current, next, cancel).ConfigureAwait(false))
                throw new VerifyException($"Code action '{action.Title}' changed nothing.");

            current = await SolutionText.SnapAsync(next, fixedSolution, cancel).ConfigureAwait(false);
        }

        if (iterations != limit)
            throw new VerifyException($"Expected {limit} uses of the lightbulb, but there were {(iterations > limit ? "more" : iterations)}; the code is now:\n{await SolutionText.DumpAsync(current, cancel).ConfigureAwait(false)}");

        await SolutionText.CompareAsync("Fixed one by one", current, fixedSolution, cancel).ConfigureAwait(false);
        return key;
    }

    private async Task VerifyFixAllAsync(CodeFixProvider fix, Solution solution, Solution fixedSolution, string key, CancellationToken cancel)
    {
        var provider = fix.GetFixAllProvider() ?? throw new VerifyException($"{fix.GetType().Name} has no Fix All provider.");
        var expected = BatchFixedState.Sources.Count > 0 ? Build(BatchFixedState, out _) : fixedSolution;
        var many = AllScopes || solution.Projects.SelectMany(project => project.Documents).Skip(1).Any();
        foreach (var scope in many ? [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution] : new[] { FixAllScope.Solution })
        {
            var current = solution;
            var uses = 0;
            for (; uses < 20; uses++)
            {
                var next = await UseFixAllAsync(fix, provider, current, scope, key, cancel).ConfigureAwait(false);
                if (!await SolutionText.DiffersAsync(current, next, cancel).ConfigureAwait(false))
                    break;

                current = await SolutionText.SnapAsync(next, fixedSolution, cancel).ConfigureAwait(false);
            }

            // Document and project scopes need one use for each of them; one use for the whole solution must do all.
            if (scope == FixAllScope.Solution && uses != 1)
                throw new VerifyException($"Fix All in the solution: expected one use, but there were {uses}.");

            await SolutionText.CompareAsync($"Fix All in {scope}", current, expected, cancel).ConfigureAwait(false);
        }
    }

    private async Task<Solution> UseFixAllAsync(CodeFixProvider fix, FixAllProvider provider, Solution current, FixAllScope scope, string key, CancellationToken cancel)
    {
        if (!provider.GetSupportedFixAllScopes().Contains(scope))
            throw new VerifyException($"Fix All in {scope} is not supported.");

        var next = current;
        foreach (var document in current.Projects.SelectMany(project => project.Documents).Select(document => document.Id).ToArray())
        {
            var source = new Source(this);
            var open = (await source.GetDocumentDiagnosticsAsync(next.GetDocument(document)!, cancel).ConfigureAwait(false)).Where(d => IsFixable(fix, d));
            if (!open.Any())
                continue;

            var context = scope == FixAllScope.Document
                ? new FixAllContext(next.GetDocument(document)!, fix, scope, key, fix.FixableDiagnosticIds, source, cancel)
                : new FixAllContext(next.GetDocument(document)!.Project, fix, scope, key, fix.FixableDiagnosticIds, source, cancel);
            if (await provider.GetFixAsync(context).ConfigureAwait(false) is { } action)
                next = await ApplyAsync(action, cancel).ConfigureAwait(false);

            if (scope == FixAllScope.Solution)
                break;
        }

        return next;
    }

    private async Task<CodeAction?> FirstActionAsync(CodeFixProvider fix, Solution solution, CancellationToken cancel)
    {
        foreach (var diagnostic in await DiagnosticsAsync(solution, cancel).ConfigureAwait(false))
        {
            if (await ActionAsync(fix, solution, diagnostic, cancel).ConfigureAwait(false) is { } action)
                return action;
        }

        return null;
    }

    private async Task<CodeAction?> ActionAsync(CodeFixProvider fix, Solution solution, Diagnostic diagnostic, CancellationToken cancel)
    {
        if (!IsFixable(fix, diagnostic) || solution.GetDocument(diagnostic.Location.SourceTree) is not { } document)
            return null;

        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancel)).ConfigureAwait(false);
        return CodeActionIndex < actions.Count && (!ActionsMayChangeNothing || await SolutionText.DiffersAsync(solution, await ApplyAsync(actions[CodeActionIndex], cancel).ConfigureAwait(false), cancel).ConfigureAwait(false))
            ? actions[CodeActionIndex]
            : null;
    }

    private static async Task<Solution> ApplyAsync(CodeAction action, CancellationToken cancel) =>
        (await action.GetOperationsAsync(cancel).ConfigureAwait(false)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private sealed class Source(CSharpCodeFixTest<TAnalyzer, TCodeFix> test) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancel) =>
            (await test.DiagnosticsAsync(project.Solution, cancel).ConfigureAwait(false))
            .Where(d => !d.Id.StartsWith("CS", StringComparison.Ordinal) && d.Location.SourceTree is { } tree && project.GetDocument(tree) is not null);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancel)
        {
            var tree = await document.GetSyntaxTreeAsync(cancel).ConfigureAwait(false);
            return (await GetAllDiagnosticsAsync(document.Project, cancel).ConfigureAwait(false)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancel) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
