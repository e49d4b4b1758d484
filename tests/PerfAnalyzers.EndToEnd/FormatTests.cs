namespace PerfAnalyzers.EndToEnd;

/// <summary>The fixes as `dotnet format` applies them, over projects of one solution.</summary>
public sealed class FormatTests
{
    [FactWhen("PERF_LONG_TESTS")]
    public async Task Fixes_files_of_two_projects_and_the_result_builds()
    {
        using var scratch = await Scratch.CreateAsync("format");
        foreach (var name in new[] { "Orders", "Reports" })
        {
            scratch.AddProject(name, "", ($"{name}.cs", $$"""
                namespace Shop.{{name}};

                public static class {{name}}Csv
                {
                    // one line per row
                    public static string Write(IEnumerable<int> rows)
                    {
                        string csv = "";
                        foreach (var row in rows)
                            csv += row + ";";

                        return csv;
                    }
                }

                """));
        }

        await scratch.RestoreAsync();
        await Dotnet.SucceedsAsync(scratch.Root, "format", "analyzers", "Scratch.slnx", "--no-restore", "--diagnostics", "PERF501", "--severity", "info");
        foreach (var name in new[] { "Orders", "Reports" })
        {
            var code = scratch.Read($"{name}/{name}.cs");
            Assert.Contains("StringBuilder", code, StringComparison.Ordinal);
            Assert.Contains(".Append(row).Append(\";\")", code, StringComparison.Ordinal);
            Assert.Contains("    // one line per row\n", code, StringComparison.Ordinal);
            Assert.DoesNotContain("+=", code, StringComparison.Ordinal);
        }

        await Dotnet.SucceedsAsync(scratch.Root, "build", "Scratch.slnx", "--no-restore", "--nologo", "-warnaserror");
        Assert.Empty(scratch.Findings("Orders").Concat(scratch.Findings("Reports")));
    }
}
