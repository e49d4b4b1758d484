using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Markup: [|x|] (default rule), {|ID:x|} (rule or compiler id), {|#0:x|} (location key), $$ (position).</summary>
internal static class Markup
{
    public sealed record Parsed(string Text, ImmutableArray<(string? Id, TextSpan Span)> Spans, ImmutableDictionary<int, TextSpan> Keys);

    public static Parsed Parse(string input)
    {
        var text = new StringBuilder(input.Length);
        var open = new Stack<(string? Id, int? Key, int Start, bool Named)>();
        var spans = ImmutableArray.CreateBuilder<(string?, TextSpan)>();
        var keys = ImmutableDictionary.CreateBuilder<int, TextSpan>();
        for (var i = 0; i < input.Length;)
        {
            if (At("[|")) { open.Push((null, null, text.Length, false)); i += 2; }
            else if (At("|]") && open.Count > 0 && !open.Peek().Named) { var o = open.Pop(); spans.Add((null, TextSpan.FromBounds(o.Start, text.Length))); i += 2; }
            else if (At("{|") && input.IndexOf(':', i) is var colon and > 0 && IsName(input, i + 2, colon))
            {
                var name = input.Substring(i + 2, colon - i - 2);
                open.Push(name[0] == '#' ? (null, int.Parse(name.Substring(1)), text.Length, true) : (name, null, text.Length, true));
                i = colon + 1;
            }
            else if (At("|}") && open.Count > 0 && open.Peek().Named)
            {
                var o = open.Pop(); var span = TextSpan.FromBounds(o.Start, text.Length);
                if (o.Key is int k) keys.Add(k, span); else spans.Add((o.Id, span));
                i += 2;
            }
            else { text.Append(input[i]); i++; }
            bool At(string s) => string.CompareOrdinal(input, i, s, 0, s.Length) == 0;
        }
        if (open.Count > 0) throw new ArgumentException("Unclosed markup span starting at offset " + open.Peek().Start);
        return new Parsed(text.ToString(), spans.ToImmutable(), keys.ToImmutable());
    }

    private static bool IsName(string s, int from, int to)
    {
        if (to <= from) return false;
        for (var i = from; i < to; i++) if (!(char.IsLetterOrDigit(s[i]) || s[i] is '#' or '_')) return false;
        return true;
    }
}
