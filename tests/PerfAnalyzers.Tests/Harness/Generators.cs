using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The framework's source generators, without which code that uses them does not compile.</summary>
internal static class Generators
{
    /// <summary><c>[GeneratedRegex]</c>, from the reference pack that the tests compile against.</summary>
    public static AnalyzerFileReference Regex { get; } = new(
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "references.txt"))
            .Select(line => line.Split('|')[0]).Single(path => Path.GetFileName(path) == "System.Text.RegularExpressions.dll"))!, "../../analyzers/dotnet/cs/System.Text.RegularExpressions.Generator.dll")),
        new Loader());

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => AssemblyLoadContext.Default.LoadFromAssemblyPath(fullPath);
    }
}
