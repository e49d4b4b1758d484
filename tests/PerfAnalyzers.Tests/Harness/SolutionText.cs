using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Compares solutions by the text of their documents.</summary>
internal static class SolutionText
{
    public static async Task<bool> DiffersAsync(Solution left, Solution right, CancellationToken cancel) =>
        left != right && await DumpAsync(left, cancel).ConfigureAwait(false) != await DumpAsync(right, cancel).ConfigureAwait(false);

    public static async Task<string> DumpAsync(Solution solution, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var document in solution.Projects.SelectMany(p => p.Documents.Concat(p.AdditionalDocuments)).OrderBy(d => d.FilePath ?? d.Name, StringComparer.Ordinal))
            text.Append("==== ").Append(document.FilePath ?? document.Name).Append('\n').Append(await document.GetTextAsync(cancel).ConfigureAwait(false)).Append('\n');

        return text.ToString();
    }

    /// <summary>Checks that each tree is what its text parses to, then swaps in the already analysed solution when the text is the same.</summary>
    public static async Task<Solution> SnapAsync(Solution actual, Solution expected, CancellationToken cancel)
    {
        foreach (var document in actual.Projects.SelectMany(project => project.Documents))
        {
            var root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
            var parsed = await CSharpSyntaxTree.ParseText(root.ToFullString(), (CSharpParseOptions)document.Project.ParseOptions!, cancellationToken: cancel).GetRootAsync(cancel).ConfigureAwait(false);
            if (!root.IsEquivalentTo(parsed, topLevel: false))
                throw new VerifyException($"The tree of {document.FilePath} differs from what its text parses to:\n{root.ToFullString()}");
        }

        return await DiffersAsync(actual, expected, cancel).ConfigureAwait(false) ? actual : expected;
    }

    public static async Task CompareAsync(string what, Solution actual, Solution expected, CancellationToken cancel)
    {
        var (wanted, got) = (await DumpAsync(expected, cancel).ConfigureAwait(false), await DumpAsync(actual, cancel).ConfigureAwait(false));
        if (wanted == got)
            return;

        var (wantedLines, gotLines) = (wanted.Split('\n'), got.Split('\n'));
        var line = 0;
        while (line < wantedLines.Length && line < gotLines.Length && wantedLines[line] == gotLines[line])
            line++;

        throw new VerifyException($"""
            {what}: differs from the expected code at line {line + 1}:
              expected: {(line < wantedLines.Length ? wantedLines[line] : "(end)")}
              actual:   {(line < gotLines.Length ? gotLines[line] : "(end)")}
            ---- actual
            {got}
            """);
    }
}
