using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Tests.Repository;

namespace PerfAnalyzers.Tests;

/// <summary>The projects of <c>tests/SlowShop</c>, compiled from their sources.</summary>
internal static class ShopCompilation
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Net.Http.Json;
        global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    /// <summary>All that runs in the shop's process, as one compilation.</summary>
    public static CSharpCompilation Whole() => Create("Shop", OutputKind.ConsoleApplication, ["SlowShop.Core", "SlowShop.Web"]);

    /// <summary>The library, and the program that refers to it.</summary>
    public static (CSharpCompilation Core, CSharpCompilation Web) Projects()
    {
        var core = Create("SlowShop.Core", OutputKind.DynamicallyLinkedLibrary, ["SlowShop.Core"]);
        return (core, Create("SlowShop.Web", OutputKind.ConsoleApplication, ["SlowShop.Web"]).AddReferences(core.ToMetadataReference()));
    }

    private static CSharpCompilation Create(string name, OutputKind kind, string[] projects) => CSharpCompilation.Create(
        name,
        projects.SelectMany(project => Repo.Sources($"tests/SlowShop/{project}"))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file))
            .Prepend(CSharpSyntaxTree.ParseText(ImplicitUsings, path: "ImplicitUsings.cs")),
        ReferenceAssemblies.All.References,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
}
