using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>References for test compilations, read once from the list that tests/Refs writes at build time. No network.</summary>
public sealed class ReferenceAssemblies
{
    private static readonly string[][] s_lines = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt")).Select(line => line.Split('|'))];
    private static readonly ConcurrentDictionary<string, MetadataReference> s_cache = new();

    private static readonly Lazy<ReferenceAssemblies> s_frameworks = new(() => new("frameworks", All!.References.AddRange(Listed("frameworks.txt"))));

    private ReferenceAssemblies(string name, Func<string, bool> takesFramework, bool takesPackages, string? exceptPackage = null)
    {
        Name = name;
        References = [.. s_lines
            .Where(line => line[2] == "" ? takesPackages && (exceptPackage is null || !line[1].StartsWith(exceptPackage, StringComparison.OrdinalIgnoreCase)) : takesFramework(line[2]))
            .Select(line => s_cache.GetOrAdd(line[0], static path => MetadataReference.CreateFromFile(path)))];
    }

    private ReferenceAssemblies(string name, ImmutableArray<MetadataReference> references)
    {
        Name = name;
        References = references;
    }

    /// <summary>The framework alone: a plain library or console program.</summary>
    public static ReferenceAssemblies Net { get; } = new("net", framework => framework == "Microsoft.NETCore.App", takesPackages: false);

    /// <summary>The framework and ASP.NET Core.</summary>
    public static ReferenceAssemblies AspNetCore { get; } = new("aspnetcore", _ => true, takesPackages: false);

    /// <summary>Everything: ASP.NET Core, EF Core, Dapper, Npgsql, RestSharp, MediatR, MassTransit, Newtonsoft.Json, StackExchange.Redis.</summary>
    public static ReferenceAssemblies All { get; } = new("all", _ => true, takesPackages: true);

    /// <summary>Everything, and the drivers of MongoDB, LINQ to DB and SQL Server.</summary>
    public static ReferenceAssemblies DatabaseClients { get; } = new("clients", All.References.AddRange(Listed("clients.txt")));

    /// <summary>Everything, and the frameworks that call code for requests, messages and jobs: gRPC, Azure Functions, Quartz, Hangfire, Carter, FastEndpoints, Orleans and others.</summary>
    public static ReferenceAssemblies ServerFrameworks => s_frameworks.Value;

    private static IEnumerable<MetadataReference> Listed(string file) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, file)).Select(path => MetadataReference.CreateFromFile(path));

    public string Name { get; }

    public ImmutableArray<MetadataReference> References { get; }
}
