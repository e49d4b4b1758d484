using System.Text.RegularExpressions;

namespace PerfAnalyzers.EndToEnd;

/// <summary>The shop that is slow on purpose: it shows every finding at the marked line, and its fixes keep its answers.</summary>
public sealed partial class SlowShopTests
{
    private static readonly string s_shop = Path.Combine(Repo.Root, "tests/SlowShop");

    /// <summary>Takes some minutes: PERF_LONG_TESTS=1, as CI sets it, runs it. The marks are compared in the unit tests too.</summary>
    [FactWhen("PERF_LONG_TESTS")]
    public async Task Shows_the_findings_at_the_marked_lines_and_its_safe_fixes_keep_the_answers_and_hold_no_thread()
    {
        using var copy = await Copy.CreateAsync();
        var before = await Dotnet.RunAsync(copy.Root, [.. s_testOnTwoThreads, "--filter", "TwoThreads"]);
        Assert.Contains("requests have reached the partner: the others wait for a thread", before.Text);
        Assert.Equal(Expected(copy.Root), copy.Findings());

        await Dotnet.SucceedsAsync(copy.Root, ["format", "analyzers", "SlowShop.sln", "--no-restore", "--severity", "info", "--diagnostics", .. s_safe, .. s_partlySafe]);
        await Dotnet.SucceedsAsync(copy.Root, s_testOnTwoThreads);
        Assert.DoesNotContain(copy.Findings(), finding => s_safe.Contains(finding.Id));
    }

    private static readonly string[] s_testOnTwoThreads = ["test", "SlowShop.sln", "--nologo", "--environment", "SLOWSHOP_TWO_THREADS=1"];

    private static readonly string[] s_safe = ["PERF101", "PERF102", "PERF103", "PERF104", "PERF105", "PERF106", "PERF109", "PERF111", "PERF301", "PERF401", "PERF501", "PERF502"];

    /// <summary>Fixed too, but more may be left: what needs a review, and tokens for awaits that another fix wrote after this one had run.</summary>
    private static readonly string[] s_partlySafe = ["PERF110", "PERF112"];

    [GeneratedRegex(@"// expect: (?<ids>PERF\d{3}(, PERF\d{3})*)")]
    private static partial Regex Marker { get; }

    private static IEnumerable<(string File, int Line, string Id)> Expected(string root) =>
        from file in Copy.Files(root)
        where file.EndsWith(".cs", StringComparison.Ordinal)
        from line in File.ReadAllLines(file).Index()
        from id in Marker.Match(line.Item).Groups["ids"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        orderby Path.GetFileName(file), line.Index, id
        select (Path.GetFileName(file), line.Index + 1, id);

    /// <summary>The shop in a folder of its own, as a consumer of the packed nupkg.</summary>
    private sealed class Copy : IDisposable
    {
        private Copy()
        {
        }

        public string Root { get; } = Directory.CreateTempSubdirectory("perfanalyzers-slowshop-").FullName;

        public static async Task<Copy> CreateAsync()
        {
            var (feed, version) = await Package.PackedAsync();
            var copy = new Copy();
            foreach (var file in Files(s_shop))
            {
                var target = Path.Combine(copy.Root, Path.GetRelativePath(s_shop, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            await File.WriteAllTextAsync(Path.Combine(copy.Root, "Directory.Build.targets"), $"""
                <Project>
                  <PropertyGroup>
                    <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                    <RestoreFallbackFolders>$(NuGetPackageRoot)</RestoreFallbackFolders>
                    <RestorePackagesPath>{Path.Combine(copy.Root, "packages")}</RestorePackagesPath>
                    <ErrorLog>{copy.Root}/$(MSBuildProjectName).sarif,version=2.1</ErrorLog>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="PerfAnalyzers" VersionOverride="{version}" PrivateAssets="all" />
                  </ItemGroup>
                </Project>
                """);
            return copy;
        }

        public static IEnumerable<string> Files(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/artifacts/", StringComparison.Ordinal) && !path.Contains("/packages/", StringComparison.Ordinal)
                && Path.GetExtension(path) is ".cs" or ".csproj" or ".sln" or ".props" or ".targets" or ".json" or ".txt");

        public IEnumerable<(string File, int Line, string Id)> Findings() => Directory.EnumerateFiles(Root, "*.sarif")
            .SelectMany(Sarif.Read).Select(f => (f.File, f.Line, f.Id)).Order();

        public void Dispose()
        {
            if (Environment.GetEnvironmentVariable("PERF_KEEP_SCRATCH") != "1")
                Directory.Delete(Root, recursive: true);
        }
    }
}
