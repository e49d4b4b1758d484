using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

public partial class CSharpCodeFixTest<TAnalyzer, TCodeFix>
{
    // One analysis per distinct text: the starting point is shared by all passes, and a result that equals the expected code was analysed already.
    private readonly ConditionalWeakTable<Solution, Task<ImmutableArray<Diagnostic>>> _bySolution = [];

    private Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Solution solution, CancellationToken cancel) =>
        _bySolution.GetValue(solution, key => AnalyzeAsync(key, cancel));

    private async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Solution solution, CancellationToken cancel)
    {
        var all = new List<Diagnostic>();
        foreach (var project in solution.Projects.Where(project => project.HasDocuments))
        {
            var analyzer = new TAnalyzer();
            var compilation = (await project.GetCompilationAsync(cancel).ConfigureAwait(false))!;
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.AddRange(
                analyzer.SupportedDiagnostics.Where(d => !d.IsEnabledByDefault).Select(d => KeyValuePair.Create(d.Id, ReportDiagnostic.Warn)))));
            Exception? crash = null;
            var with = compilation.WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(project.AnalyzerOptions,
                onAnalyzerException: (e, _, _) => crash ??= e, concurrentAnalysis: false, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
            all.AddRange(await with.GetAnalyzerDiagnosticsAsync(cancel).ConfigureAwait(false));
            if (crash is not null)
                throw new VerifyException($"{typeof(TAnalyzer).Name} threw: {crash}");

            if (!AllowCompilerErrors)
                all.AddRange(compilation.GetDiagnostics(cancel).Where(d => d.Severity == DiagnosticSeverity.Error));
        }

        return [.. all.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)
            .ThenBy(d => d.Location.SourceSpan.End).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    private async Task<ImmutableArray<Diagnostic>> VerifyDiagnosticsAsync(string what, Solution solution, List<Expected> expected, CancellationToken cancel)
    {
        var actual = await DiagnosticsAsync(solution, cancel).ConfigureAwait(false);
        var ids = new TAnalyzer().SupportedDiagnostics;
        var defaultId = ids.Length == 1 ? ids[0].Id : null;
        var left = actual.Where(d => !d.IsSuppressed || expected.Any(e => e.Suppressed == true && e.Id == d.Id)).ToList();
        var missing = new List<Expected>();
        foreach (var e in expected)
        {
            var index = left.FindIndex(d => Matches(e, d, defaultId));
            if (index >= 0)
                left.RemoveAt(index);
            else
                missing.Add(e);
        }

        if (missing.Count + left.Count == 0)
            return actual;

        var text = new StringBuilder($"Diagnostics of the {what} code differ.\n");
        foreach (var e in missing)
            text.AppendLine($"  missing:    {e.Id ?? defaultId} {e.Path}({e.Span.Start.Line + 1},{e.Span.Start.Character + 1})-({e.Span.End.Line + 1},{e.Span.End.Character + 1}) {e.Severity} {e.Message}");

        foreach (var d in left)
            text.AppendLine($"  unexpected: {d.Location.GetLineSpan()} {d.Severity} {d.Id}: {d.GetMessage()}");

        throw new VerifyException(text.Append(await SolutionText.DumpAsync(solution, cancel).ConfigureAwait(false)).ToString());
    }

    private static bool Matches(Expected expected, Diagnostic actual, string? defaultId)
    {
        var span = actual.Location.GetLineSpan();
        return (expected.Id ?? defaultId ?? actual.Id) == actual.Id
            && (expected.Path is null
                ? actual.Location == Location.None
                : span.Path == expected.Path && span.StartLinePosition == expected.Span.Start && (expected.StartOnly || span.EndLinePosition == expected.Span.End))
            && (expected.Severity is null || expected.Severity == actual.Severity)
            && (expected.Message is null || expected.Message == actual.GetMessage());
    }
}
