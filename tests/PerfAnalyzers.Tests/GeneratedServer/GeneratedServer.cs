using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>A server of many projects, made from a seed: the same seed and size give the same text.</summary>
internal static class Server
{
    private static readonly string[] s_modules =
        ["Sales", "Stock", "Billing", "Returns", "Catalog", "Customers", "Shipping", "Pricing", "Support", "Suppliers", "Payments", "Loyalty", "Contracts", "Planning", "Reports", "Archive", "Partners", "Search"];

    /// <summary>One project: its files, and the projects it uses.</summary>
    public sealed record Project(string Name, IReadOnlyList<(string Path, string Text)> Files, string[] Uses, bool IsProgram);

    /// <summary>The projects of a server, each after those it uses: a shared library, the modules and the program. A feature is about 2,500 lines.</summary>
    public static List<Project> Generate(int seed, int modules, int features)
    {
        var random = new Random(seed);
        var projects = new List<Project> { new("Shop.Shared", [.. HostFiles.Shared()], [], IsProgram: false) };
        var names = s_modules[..modules];
        for (var i = 0; i < modules; i++)
        {
            var (module, start) = (names[i], random.Next(200));
            var own = Enumerable.Range(0, features / modules + (i < features % modules ? 1 : 0)).Select(n => new Feature(module, Feature.NameOf(start + n), random)).ToList();
            var files = ModuleFiles.Write(module, own).ToList();
            foreach (var feature in own)
            {
                foreach (var (path, text) in EntityFiles.Write(feature).Concat(DataFiles.Write(feature)).Concat(ServiceFiles.Write(feature)).Concat(WebFiles.Write(feature)))
                    files.Add(($"{feature.Name}s/{path}", text));
            }

            projects.Add(new Project("Shop." + module, files, ["Shop.Shared"], IsProgram: false));
        }

        projects.Add(new Project("Shop.Host", [.. HostFiles.Host(names)], [.. projects.Select(project => project.Name)], IsProgram: true));
        return projects;
    }

    /// <summary>Freshly parsed compilations of the projects, in their order.</summary>
    public static List<CSharpCompilation> Compile(IEnumerable<Project> projects)
    {
        var compilations = new Dictionary<string, CSharpCompilation>();
        foreach (var project in projects)
        {
            compilations.Add(project.Name, CSharpCompilation.Create(
                project.Name,
                project.Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: $"{project.Name}/{file.Path}")),
                [.. ReferenceAssemblies.All.References, .. project.Uses.Select(name => compilations[name].ToMetadataReference())],
                new CSharpCompilationOptions(project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));
        }

        return [.. compilations.Values];
    }
}
