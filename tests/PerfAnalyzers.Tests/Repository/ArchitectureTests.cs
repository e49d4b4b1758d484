using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PerfAnalyzers.Tests.Repository;

/// <summary>Which layer may name which, kept on symbols. Read the table as the architecture diagram.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> s_mayName = new()
    {
        ["Knowledge"] = [],
        ["Core"] = ["Knowledge"],
        ["Fixing"] = ["Knowledge", "Core"],
        ["Rules"] = ["Knowledge", "Core", "Fixing"],
    };

    private static readonly Lazy<CSharpCompilation> s_source = new(() => CSharpCompilation.Create("Source",
        Repo.Sources("src").Select(path => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path)), new CSharpParseOptions(LanguageVersion.Latest), path)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("PerfAnalyzers", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    private static readonly Lazy<ImmutableArray<Use>> s_uses = new(() => [.. s_source.Value.SyntaxTrees.AsParallel().AsOrdered().SelectMany(UsesIn)]);

    [Fact]
    public void Layers_point_one_way()
    {
        var wrong = Uses().Where(use => use.From.Layer != use.To.Layer && !s_mayName[use.From.Layer].Contains(use.To.Layer));
        Assert.Empty(wrong.Select(use => $"{use.Where}: {use.From.Layer} may not name {use.To.Layer}").Distinct());
    }

    [Fact]
    public void No_rule_names_another_rule()
    {
        var wrong = Uses().Where(use => use.From is { Layer: "Rules" } && use.To is { Layer: "Rules" } && use.From.Rule != use.To.Rule);
        Assert.Empty(wrong.Select(use => $"{use.Where}: {use.From.Rule} names {use.To.Rule}").Distinct());
    }

    [Fact]
    public void Only_what_edits_code_knows_workspaces()
    {
        var workspaces = typeof(CodeFixProvider).Assembly.GetName().Name!;
        var wrong = s_uses.Value.Where(use => !use.Path.EndsWith("Fix.cs", StringComparison.Ordinal) && Place(use.Path)?.Layer != "Fixing"
            && use.Symbol.ContainingAssembly?.Name is { } assembly && (assembly == workspaces || assembly.Contains("Workspaces", StringComparison.Ordinal)));
        Assert.Empty(wrong.Select(use => $"{use.Where}: {use.Symbol}"));
    }

    private static IEnumerable<(string Where, (string Layer, string Rule) From, (string Layer, string Rule) To)> Uses()
    {
        foreach (var use in s_uses.Value)
        {
            var type = use.Symbol as INamedTypeSymbol ?? use.Symbol.ContainingType;
            if (Place(use.Path) is { } from && type?.OriginalDefinition.DeclaringSyntaxReferences is { Length: > 0 } declarations && Place(declarations[0].SyntaxTree.FilePath) is { } to)
                yield return (use.Where, from, to);
        }
    }

    private static IEnumerable<Use> UsesIn(SyntaxTree tree)
    {
        var model = s_source.Value.GetSemanticModel(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is { } symbol)
                yield return new Use(tree.FilePath, name.GetLocation().GetLineSpan().StartLinePosition.Line + 1, symbol);
        }
    }

    private static (string Layer, string Rule)? Place(string path)
    {
        var parts = Path.GetRelativePath(Path.Combine(Repo.Root, "src"), path).Split(Path.DirectorySeparatorChar);
        return s_mayName.ContainsKey(parts[0]) ? (parts[0], parts[0] == "Rules" ? $"{parts[1]}/{parts[2]}" : "") : null;
    }

    private sealed record Use(string Path, int Line, ISymbol Symbol)
    {
        public string Where => $"{System.IO.Path.GetFileName(Path)}({Line})";
    }
}
