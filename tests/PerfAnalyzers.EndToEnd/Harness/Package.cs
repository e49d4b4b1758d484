namespace PerfAnalyzers.EndToEnd;

/// <summary>The nupkg, packed once for all tests under a version of its own, so that no cache holds an older one.</summary>
internal static class Package
{
    private static readonly Lazy<Task<(string Folder, string Version)>> s_packed = new(PackAsync);

    /// <summary>The folder with the nupkg, and its version.</summary>
    public static Task<(string Folder, string Version)> PackedAsync() => s_packed.Value;

    private static async Task<(string Folder, string Version)> PackAsync()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("perfanalyzers-package-").FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}";
        await Dotnet.SucceedsAsync(Repo.Root, "pack", "src/Package", "--no-build", "-c", Repo.Configuration, "-o", folder, $"-p:PackageVersion={version}", "--nologo", "-v:q");
        return (folder, version);
    }
}
