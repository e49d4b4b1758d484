using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>
/// What tests of paths can say: a comment <c>/*= Request: A.Get → B.Load */</c> in a function states how the place after
/// it is reached. The chain of a request starts at its entry, that of cold code at the start-up code.
/// </summary>
public abstract partial class PathTests
{
    private protected static readonly PathSettings Standard = new(8, []);

    /// <summary>Usings that every source gets, as implicit usings do.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Mvc;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        """;

    /// <summary>Checks every stated path of a library.</summary>
    private protected static void Check(params string[] sources) => Check(Compile(OutputKind.DynamicallyLinkedLibrary, sources), Standard);

    /// <summary>Checks every stated path of a program.</summary>
    private protected static void CheckProgram(params string[] sources) => Check(Compile(OutputKind.ConsoleApplication, sources), Standard);

    private protected static void Check(Compilation compilation, PathSettings settings, bool isBroken = false)
    {
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (!isBroken && errors.Count > 0)
            Assert.Fail(string.Join("\n", errors));

        var stated = new List<string>();
        var found = new List<string>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var text = tree.ToString();
            foreach (Match match in Statement().Matches(text))
            {
                var token = tree.GetRoot().FindToken(match.Index + match.Length);
                var line = text.AsSpan(0, match.Index).Count('\n') + 1;
                stated.Add($"{tree.FilePath}:{line} {match.Groups[1].Value}");
                found.Add($"{tree.FilePath}:{line} {Text(RequestPaths.Of(compilation, settings).To(token.Parent!, compilation.GetSemanticModel(tree), default))}");
            }
        }

        Assert.NotEmpty(stated);
        Assert.Equal(stated, found);
    }

    private protected static CSharpCompilation Compile(OutputKind output, params string[] sources) => CSharpCompilation.Create("App",
        [CSharpSyntaxTree.ParseText(Usings, path: "Usings.cs"), .. sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"Source{i}.cs"))],
        ReferenceAssemblies.All.References, new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable));

    private protected static string Text(RequestPath path) => path.Reach switch
    {
        Reach.Request => "Request: " + string.Join(" → ", path.Chain),
        Reach.Cold => path.ColdChain.IsEmpty ? "Cold" : "Cold: " + string.Join(" → ", path.ColdChain),
        _ => "Unknown",
    };

    [GeneratedRegex(@"/\*= (.*?) \*/\s*")]
    private static partial Regex Statement();
}
