using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

public partial class CSharpCodeFixTest<TAnalyzer, TCodeFix>
{
    /// <summary>
    /// The sources and what the fix makes of them, one finding at a time and all at once with the same text; for tests
    /// that ask what the fixed code does rather than how it is written. <c>Offered</c> actions are left that change nothing.
    /// </summary>
    internal async Task<(Solution Before, Solution After, int Left, int Offered)> ApplyAsync(CancellationToken cancel = default)
    {
        var before = Build(TestState, out _);
        var fix = new TCodeFix() as CodeFixProvider ?? throw new VerifyException("There is no fix to apply.");
        ActionsMayChangeNothing = true;
        var after = before;
        await CompiledAsync(before, cancel).ConfigureAwait(false);
        string? key = null;
        while (await FirstActionAsync(fix, after, cancel).ConfigureAwait(false) is { } action)
        {
            key = action.EquivalenceKey!;
            after = await ApplyAsync(action, cancel).ConfigureAwait(false);
        }

        var left = await CompiledAsync(after, cancel).ConfigureAwait(false);
        if (key is not null)
        {
            var all = await UseFixAllAsync(fix, fix.GetFixAllProvider()!, before, FixAllScope.Solution, key, cancel).ConfigureAwait(false);
            await SolutionText.CompareAsync("Fix All", all, after, cancel).ConfigureAwait(false);
            await Warnings.VerifyNoneNewAsync(before, after, cancel).ConfigureAwait(false);
            await LostTasks.VerifyNoneNewAsync(before, after, cancel).ConfigureAwait(false);
        }

        ActionsMayChangeNothing = false;
        var offered = 0;
        foreach (var diagnostic in left)
            offered += await ActionAsync(fix, after, diagnostic, cancel).ConfigureAwait(false) is null ? 0 : 1;

        return (before, after, left.Length, offered);
    }

    private async Task<ImmutableArray<Diagnostic>> CompiledAsync(Solution solution, CancellationToken cancel)
    {
        var found = await DiagnosticsAsync(solution, cancel).ConfigureAwait(false);
        return found.FirstOrDefault(d => d.Id.StartsWith("CS", StringComparison.Ordinal)) is { } error
            ? throw new VerifyException($"The code does not compile: {error}\n{await SolutionText.DumpAsync(solution, cancel).ConfigureAwait(false)}")
            : found;
    }
}
