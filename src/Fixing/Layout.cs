using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Text;

namespace PerfAnalyzers.Fixing;

/// <summary>Keeps a document looking as it does: its indentation, its line endings, its encoding.</summary>
internal static class Layout
{
    /// <summary>The user's formatting options; where .editorconfig says nothing about indentation, what the file itself does.</summary>
    public static async Task<OptionSet> OptionsAsync(Document document, CancellationToken cancel)
    {
        var text = await document.GetTextAsync(cancel).ConfigureAwait(false);
        OptionSet options = await document.GetOptionsAsync(cancel).ConfigureAwait(false);
        var tree = await document.GetSyntaxTreeAsync(cancel).ConfigureAwait(false);
        var settings = document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(tree!);
        if (!settings.TryGetValue("indent_style", out _) && !settings.TryGetValue("indent_size", out _) && IndentationOf(text) is var (tabs, size))
        {
            options = options
                .WithChangedOption(FormattingOptions.UseTabs, LanguageNames.CSharp, tabs)
                .WithChangedOption(FormattingOptions.TabSize, LanguageNames.CSharp, size)
                .WithChangedOption(FormattingOptions.IndentationSize, LanguageNames.CSharp, size);
        }

        return options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, NewLineOf(text));
    }

    /// <summary>
    /// The changed document's text with line endings of the old one in what changed; unchanged parts, encoding and
    /// byte order mark are those of the old text to the byte.
    /// </summary>
    public static async Task<SourceText> KeepLineEndingsAsync(Document before, Document after, CancellationToken cancel)
    {
        var text = await before.GetTextAsync(cancel).ConfigureAwait(false);
        var newLine = NewLineOf(text);
        var changes = await after.GetTextChangesAsync(before, cancel).ConfigureAwait(false);
        return text.WithChanges(changes.Select(change => change.NewText is { Length: > 0 } added
            ? new TextChange(change.Span, added.Replace("\r\n", "\n").Replace("\n", newLine))
            : change));
    }

    /// <summary>The line ending that most lines have.</summary>
    private static string NewLineOf(SourceText text)
    {
        var carriage = 0;
        var lines = 0;
        foreach (var line in text.Lines)
        {
            if (line.EndIncludingLineBreak == line.End)
                continue;

            lines++;
            if (text[line.End] == '\r')
                carriage++;
        }

        return carriage * 2 > lines ? "\r\n" : "\n";
    }

    /// <summary>Tabs or spaces and how many, from the first indented lines; null for a file without any.</summary>
    private static (bool Tabs, int Size)? IndentationOf(SourceText text)
    {
        var tabs = 0;
        var depths = new List<int>();
        foreach (var line in text.Lines.Take(500))
        {
            if (line.Start == line.End)
                continue;

            if (text[line.Start] == '\t')
                tabs++;

            var spaces = 0;
            while (line.Start + spaces < line.End && text[line.Start + spaces] == ' ')
                spaces++;

            if (spaces > 0 && line.Start + spaces < line.End && text[line.Start + spaces] != '*')
                depths.Add(spaces);
        }

        if (tabs > depths.Count)
            return (true, 4);

        return depths.Count == 0 ? null : (false, Math.Min(8, Math.Max(2, depths.Min())));
    }
}
