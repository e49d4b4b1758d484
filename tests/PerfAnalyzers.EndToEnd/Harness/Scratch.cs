namespace PerfAnalyzers.EndToEnd;

/// <summary>A solution in a temporary folder whose projects reference the packed nupkg, as a user's do.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly List<string> _projects = [];
    private readonly bool _keeps = Environment.GetEnvironmentVariable("PERF_KEEP_SCRATCH") == "1";

    private Scratch(string root) => Root = root;

    public string Root { get; }

    public static async Task<Scratch> CreateAsync(string name)
    {
        var (feed, version) = await Package.PackedAsync();
        var scratch = new Scratch(Directory.CreateTempSubdirectory($"perfanalyzers-{name}-").FullName);
        scratch.Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestoreFallbackFolders>$(NuGetPackageRoot)</RestoreFallbackFolders>
                <RestorePackagesPath>{Path.Combine(scratch.Root, "packages")}</RestorePackagesPath>
                <ErrorLog>$(MSBuildThisFileDirectory)$(MSBuildProjectName).sarif,version=2.1</ErrorLog>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PerfAnalyzers" Version="{version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        // Stop files: nothing above this folder takes part.
        scratch.Write("Directory.Build.targets", "<Project />");
        scratch.Write("Directory.Packages.props", "<Project />");
        scratch.Write(".editorconfig", "root = true\n");
        return scratch;
    }

    /// <summary>Adds a project with files; further properties go into its first group.</summary>
    public void AddProject(string name, string properties, params (string Path, string Content)[] files)
    {
        _projects.Add(name);
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <OutputType>Library</OutputType>
                {properties}
              </PropertyGroup>
            </Project>
            """);
        foreach (var (path, content) in files)
            Write($"{name}/{path}", content);
    }

    /// <summary>Writes the solution file and restores it.</summary>
    public async Task RestoreAsync()
    {
        Write("Scratch.slnx", $"<Solution>\n{string.Join('\n', _projects.Select(name => $"  <Project Path=\"{name}/{name}.csproj\" />"))}\n</Solution>\n");
        await Dotnet.SucceedsAsync(Root, "restore", "Scratch.slnx", "--nologo", "-v:q");
    }

    public void Write(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public IReadOnlyList<Finding> Findings(string project) => Sarif.Read(Path.Combine(Root, $"{project}.sarif"));

    public void Dispose()
    {
        if (!_keeps)
            Directory.Delete(Root, recursive: true);
    }
}
