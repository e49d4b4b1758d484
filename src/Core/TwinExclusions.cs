using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Core;

/// <summary>
/// The async methods that the user never wants suggested: option <c>excluded_symbols</c>, and AdditionalFiles named
/// <c>PerfAnalyzers.ExcludedSymbols*.txt</c> with one name a line.
/// </summary>
internal static class TwinExclusions
{
    private const string FilePrefix = "PerfAnalyzers.ExcludedSymbols";

    // One list per distinct setting, not per file of the project.
    private static readonly ConditionalWeakTable<AnalyzerOptions, ConcurrentDictionary<string, ExcludedSymbols>> s_cache = new();

    public static ExcludedSymbols Of(AnalyzerOptions options, ImmutableArray<string> named, CancellationToken cancel)
    {
        var lists = s_cache.GetValue(options, static _ => new ConcurrentDictionary<string, ExcludedSymbols>());
        var key = named.IsEmpty ? "" : string.Join(";", named);
        if (!lists.TryGetValue(key, out var excluded))
        {
            excluded = Read(options, named, cancel);
            lists.TryAdd(key, excluded);
        }

        return excluded;
    }

    private static ExcludedSymbols Read(AnalyzerOptions options, ImmutableArray<string> named, CancellationToken cancel)
    {
        var lines = named;
        foreach (var file in options.AdditionalFiles)
        {
            var name = Path.GetFileName(file.Path);
            if (name.StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase) && name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)
                && file.GetText(cancel) is { } text)
            {
                lines = lines.AddRange(text.Lines.Select(line => line.ToString()));
            }
        }

        return lines.IsEmpty ? ExcludedSymbols.None : new ExcludedSymbols(lines);
    }
}
