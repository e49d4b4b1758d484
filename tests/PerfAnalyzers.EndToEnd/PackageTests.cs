using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace PerfAnalyzers.EndToEnd;

/// <summary>What is in the nupkg, and what its assemblies need from the host.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task Holds_what_a_consumer_needs_and_nothing_else()
    {
        using var package = await OpenAsync();
        var files = package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && !name.StartsWith('[')
                && !name.StartsWith("docs/rules/PERF", StringComparison.Ordinal));
        Assert.Equal(
            [
                "CHANGELOG.md", "LICENSE.txt", "PerfAnalyzers.nuspec", "README.md",
                "analyzers/dotnet/cs/PerfAnalyzers.CodeFixes.dll", "analyzers/dotnet/cs/PerfAnalyzers.dll",
                "build/PerfAnalyzers.props", "build/PerfAnalyzers.targets", "buildTransitive/PerfAnalyzers.props", "buildTransitive/PerfAnalyzers.targets",
                "docs/adopting.md", "docs/configuration.md",
                "presets/all.globalconfig", "presets/audit.globalconfig", "presets/off.globalconfig", "presets/strict.globalconfig",
                "rules.md",
            ],
            files.Order(StringComparer.Ordinal));
        Assert.Contains(package.Entries, entry => entry.FullName == "docs/rules/PERF101.md");
    }

    [Fact]
    public async Task Is_a_development_dependency_without_dependencies_under_the_MIT_licence()
    {
        using var package = await OpenAsync();
        var metadata = XDocument.Load(package.GetEntry("PerfAnalyzers.nuspec")!.Open()).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal("PerfAnalyzers", Value("id"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Null(Value("dependencies"));
    }

    /// <summary>An IDE loads the assemblies beside its own Roslyn: any other reference could fail to load there.</summary>
    [Theory]
    [InlineData("PerfAnalyzers.dll", "netstandard 2.0.0.0", "Microsoft.CodeAnalysis 4.5.0.0", "Microsoft.CodeAnalysis.CSharp 4.5.0.0", "System.Collections.Immutable 6.0.0.0")]
    [InlineData("PerfAnalyzers.CodeFixes.dll", "netstandard 2.0.0.0", "Microsoft.CodeAnalysis 4.5.0.0", "Microsoft.CodeAnalysis.CSharp 4.5.0.0", "System.Collections.Immutable 6.0.0.0",
        "Microsoft.CodeAnalysis.Workspaces 4.5.0.0", "Microsoft.CodeAnalysis.CSharp.Workspaces 4.5.0.0", "PerfAnalyzers 0.1.0.0")]
    public async Task References_only_what_every_host_has(string dll, params string[] allowed)
    {
        using var package = await OpenAsync();
        using var image = new MemoryStream();
        await package.GetEntry($"analyzers/dotnet/cs/{dll}")!.Open().CopyToAsync(image);
        image.Position = 0;
        using var pe = new PEReader(image);
        var metadata = pe.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle))
            .Select(reference => $"{metadata.GetString(reference.Name)} {reference.Version}");
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public async Task Two_packings_of_one_build_hold_the_same_assemblies()
    {
        var (folder, version) = await Package.PackedAsync();
        using var package = await OpenAsync();
        using var packed = new MemoryStream();
        await package.GetEntry("analyzers/dotnet/cs/PerfAnalyzers.dll")!.Open().CopyToAsync(packed);
        var built = await File.ReadAllBytesAsync(Path.Combine(Repo.Root, "artifacts/bin/PerfAnalyzers", Repo.Configuration.ToLowerInvariant(), "PerfAnalyzers.dll"));
        Assert.Equal(built, packed.ToArray());
        Assert.True(File.Exists(Path.Combine(folder, $"PerfAnalyzers.{version}.nupkg")));

        // Deterministic compilation marks its debug directory.
        packed.Position = 0;
        using var pe = new PEReader(packed);
        Assert.Contains(pe.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    private static async Task<ZipArchive> OpenAsync()
    {
        var (folder, version) = await Package.PackedAsync();
        return ZipFile.OpenRead(Path.Combine(folder, $"PerfAnalyzers.{version}.nupkg"));
    }
}
