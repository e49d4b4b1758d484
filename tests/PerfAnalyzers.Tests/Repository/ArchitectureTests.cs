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
        foreach (var tree in s_source.Value.SyntaxTrees.Where(tree => !tree.FilePath.EndsWith("Fix.cs", StringComparison.Ordinal) && Place(tree.FilePath)?.Layer != "Fixing"))
        {
            var model = s_source.Value.GetSemanticModel(tree);
            Assert.DoesNotContain(tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>(),
                name => model.GetSymbolInfo(name).Symbol?.ContainingAssembly?.Name is { } assembly && (assembly == workspaces || assembly.Contains("Workspaces", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<(string Where, (string Layer, string Rule) From, (string Layer, string Rule) To)> Uses()
    {
        foreach (var tree in s_source.Value.SyntaxTrees)
        {
            if (Place(tree.FilePath) is not { } from)
                continue;

            var model = s_source.Value.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name).Symbol;
                var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                if (type?.OriginalDefinition.DeclaringSyntaxReferences is { Length: > 0 } declarations && Place(declarations[0].SyntaxTree.FilePath) is { } to)
                    yield return ($"{Path.GetFileName(tree.FilePath)}({name.GetLocation().GetLineSpan().StartLinePosition.Line + 1})", from, to);
            }
        }
    }

    private static (string Layer, string Rule)? Place(string path)
    {
        var parts = Path.GetRelativePath(Path.Combine(Repo.Root, "src"), path).Split(Path.DirectorySeparatorChar);
        return s_mayName.ContainsKey(parts[0]) ? (parts[0], parts[0] == "Rules" ? $"{parts[1]}/{parts[2]}" : "") : null;
    }
}
