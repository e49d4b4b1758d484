using System.Text;

namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>Lines with their indentation.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public int Lines { get; private set; }

    public void Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', _depth * 4).Append(line);

        _text.Append('\n');
        Lines++;
    }

    /// <summary>Several lines of the template, each indented; a line of braces alone opens or closes nothing here.</summary>
    public void Block(string lines)
    {
        foreach (var line in lines.Split('\n'))
            Line(line);
    }

    public void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    public override string ToString() => _text.ToString();
}
