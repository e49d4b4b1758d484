using System;
using System.IO;

namespace PerfAnalyzers.Fixing;

/// <summary>Files that a tool writes, by their names; an edit of one is lost.</summary>
internal static class GeneratedFiles
{
    private static readonly string[] s_endings = [".designer.cs", ".generated.cs", ".g.cs", ".g.i.cs", ".cshtml.cs.g.cs"];

    public static bool Is(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in s_endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return name.StartsWith("TemporaryGeneratedFile_", StringComparison.OrdinalIgnoreCase);
    }
}
