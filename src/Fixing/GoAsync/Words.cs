using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// Which identifiers a text holds. Names are looked up here before anything is parsed or bound, so that a common name
/// costs only the documents that have it.
/// </summary>
internal static class Words
{
    // Texts outlive the snapshots of a solution, so that one edit re-reads one text.
    private static readonly ConditionalWeakTable<SourceText, HashSet<int>> s_cache = new();

    public static async Task<IReadOnlyList<int>> PositionsAsync(TextDocument document, string word, System.Threading.CancellationToken cancel)
    {
        if (SearchLog.Current is { } log)
            log.Searched++;

        return Positions(await document.GetTextAsync(cancel).ConfigureAwait(false), word);
    }

    public static IReadOnlyList<int> Positions(SourceText text, string word)
    {
        return s_cache.GetValue(text, static t => Read(t)).Contains(Hash(word, 0, word.Length)) ? Positions(text.ToString(), word) : [];
    }

    private static List<int> Positions(string text, string word)
    {
        var found = new List<int>();
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsPart(text[at - 1])) && (at + word.Length == text.Length || !IsPart(text[at + word.Length])))
                found.Add(at);
        }

        return found;
    }

    private static HashSet<int> Read(SourceText text)
    {
        var words = new HashSet<int>();
        var content = text.ToString();
        for (var i = 0; i < content.Length; i++)
        {
            if (!IsPart(content[i]))
                continue;

            var start = i;
            while (i < content.Length && IsPart(content[i]))
                i++;

            words.Add(Hash(content, start, i - start));
        }

        return words;
    }

    private static bool IsPart(char c) => c < 128 ? c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' : char.IsLetterOrDigit(c);

    private static int Hash(string text, int start, int length)
    {
        var hash = unchecked((int)2166136261);
        for (var i = start; i < start + length; i++)
            hash = unchecked((hash ^ text[i]) * 16777619);

        return hash;
    }
}
