using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Fixing;

/// <summary>
/// Programs that are fixed and run. A shape does not say how the fixed code is written, but which functions become
/// async; that it compiles without new warnings, waits for every task and does what it did is checked for all of them.
/// </summary>
/// <remarks>
/// A source is one program with a <c>Program.Run()</c>, or with a <c>Main</c> that ends by returning what to compare. Several projects are each headed by a line <c>// project Name</c>
/// and reference those above; the program is the last one. What <c>Log.Write</c> is given, in its order, is output too.
/// </remarks>
public abstract class ShapeTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string Log = """
        public static class Log
        {
            public static string Text = "";
            public static T Write<T>(T value) { Text += value + ";"; return value; }
        }
        """;

    /// <summary>
    /// Exactly these functions become async or return a task from now on: <c>Type.Name</c>, <c>Name</c> of a local
    /// function, <c>lambda</c>; with <c>:task</c> where a task is returned without <c>async</c>. <paramref name="left"/> findings stay, and no action is
    /// offered for them, but for <paramref name="offered"/> whose callers decide when it is chosen.
    /// </summary>
    protected static async Task Becomes(string functions, string source, int left = 0, string setting = "", int offered = 0)
    {
        var (before, after, remaining, actions) = await Test(source, setting).ApplyAsync();
        var had = await FunctionsOfAsync(before);
        var became = await FunctionsOfAsync(after);
        foreach (var function in had)
            became.Remove(function);

        Assert.Equal(Sorted(functions.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Sorted(became));
        Assert.Equal((left, offered), (remaining, actions));
        Assert.Equal(await OutputOfAsync(before), await OutputOfAsync(after));
    }

    /// <summary>The findings are told, and no character changes.</summary>
    protected static async Task Stays(string source, int offered = 0)
    {
        var (before, after, remaining, actions) = await Test(source, "").ApplyAsync();
        await SolutionText.CompareAsync("A blocked chain", after, before, default);
        Assert.Equal((1, offered), (remaining, actions));
        await OutputOfAsync(before);
    }

    private static CSharpCodeFixTest<ThreadSleepAnalyzer, ThreadSleepFix> Test(string source, string setting)
    {
        var test = new CSharpCodeFixTest<ThreadSleepAnalyzer, ThreadSleepFix> { ReferenceAssemblies = ReferenceAssemblies.Net };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\nperf_analyzers.scope = all\n{setting}\n"));
        if (!source.Contains(" Run()", StringComparison.Ordinal))
            test.TestState.OutputKind = OutputKind.ConsoleApplication;

        var projects = new List<string>();
        var sections = source.Split("// project ", StringSplitOptions.RemoveEmptyEntries);
        foreach (var section in sections)
        {
            var isProgram = section == sections[^1];
            var name = isProgram ? SolutionState.MainProject : section[..section.IndexOf('\n')].Trim();
            var project = isProgram ? test.TestState : test.TestState.Project(name);
            project.Sources.Add(($"/{name}/Usings.cs", Usings));
            if (projects.Count == 0)
                project.Sources.Add(($"/{name}/Log.cs", Log));

            project.Sources.Add(($"/{name}/Source.cs", sections.Length > 1 ? section[section.IndexOf('\n')..] : section));
            if (!isProgram)
                project.AdditionalProjectReferences.AddRange(projects);

            projects.Add(name);
        }

        return test;
    }

    private static async Task<List<string>> FunctionsOfAsync(Solution solution)
    {
        var found = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
        {
            var model = (await document.GetSemanticModelAsync())!;
            foreach (var node in (await document.GetSyntaxRootAsync())!.DescendantNodes())
            {
                var function = node is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(node).Symbol as IMethodSymbol
                    : node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax ? model.GetDeclaredSymbol(node) as IMethodSymbol : null;
                if (function is not null && (function.IsAsync || LostTasks.IsTask(function.ReturnType)))
                    found.Add(NameOf(function) + (function.IsAsync ? "" : ":task"));
            }
        }

        return found;
    }

    private static string NameOf(IMethodSymbol function) => function.MethodKind switch
    {
        MethodKind.AnonymousFunction => "lambda",
        MethodKind.LocalFunction => function.Name,
        MethodKind.ExplicitInterfaceImplementation => $"{function.ContainingType.Name}.{function.ExplicitInterfaceImplementations[0].Name}",
        _ => $"{function.ContainingType.Name}.{function.Name}",
    };

    private static string Sorted(IEnumerable<string> names) => string.Join(" ", names.Order(StringComparer.Ordinal));

    private static async Task<string> OutputOfAsync(Solution solution)
    {
        var projects = new List<Compilation>();
        foreach (var project in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects())
            projects.Add((await solution.GetProject(project)!.GetCompilationAsync())!);

        return await Running.OutputOfAsync(projects);
    }
}
