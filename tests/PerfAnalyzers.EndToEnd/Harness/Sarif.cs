using System.Text.Json;

namespace PerfAnalyzers.EndToEnd;

/// <summary>One result of a SARIF 2.1 log: what code scanning shows.</summary>
internal sealed record Finding(string Id, string Level, string File, int Line, string Message);

/// <summary>Reads what the compiler's <c>ErrorLog</c> wrote.</summary>
internal static class Sarif
{
    /// <summary>The findings of this package, those that a pragma suppresses left out.</summary>
    public static IReadOnlyList<Finding> Read(string path) => [.. Results(path)
        .Where(result => result.GetProperty("ruleId").GetString()!.StartsWith("PERF", StringComparison.Ordinal)
            && !(result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0))
        .Select(Finding)];

    /// <summary>The full description of each of our rules that the log carries.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions(string path)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(path));
        return log.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Where(rule => rule.GetProperty("id").GetString()!.StartsWith("PERF", StringComparison.Ordinal))
            .ToDictionary(rule => rule.GetProperty("id").GetString()!, rule => rule.GetProperty("fullDescription").GetProperty("text").GetString()!);
    }

    private static IEnumerable<JsonElement> Results(string path)
    {
        var log = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        return log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray();
    }

    private static Finding Finding(JsonElement result)
    {
        var (file, line) = result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0
            ? (Path.GetFileName(new Uri(locations[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath),
                locations[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32())
            : ("", 0);
        return new(result.GetProperty("ruleId").GetString()!, result.GetProperty("level").GetString()!, file, line, result.GetProperty("message").GetProperty("text").GetString()!);
    }
}
