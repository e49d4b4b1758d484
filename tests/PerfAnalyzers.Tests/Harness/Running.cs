using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace PerfAnalyzers.Tests;

/// <summary>Compiles a program of a test and runs it, so that behaviour before and after a fix can be compared.</summary>
internal static class Running
{
    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create("Program", options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable))
        .WithReferences(AppDomain.CurrentDomain.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is string paths
            ? paths.Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll").Select(path => MetadataReference.CreateFromFile(path))
            : []);

    /// <summary>What <c>Program.Run()</c> of a marked source gives; see <see cref="OutputOfAsync(IReadOnlyList{Compilation})"/>.</summary>
    public static Task<string> OutputOfAsync(string markedSource)
    {
        var tree = CSharpSyntaxTree.ParseText(Markup.Parse(markedSource).Text, new CSharpParseOptions(LanguageVersion.Latest));
        Compilation program = s_empty.AddSyntaxTrees(tree);
        if (markedSource.Contains("[GeneratedRegex", StringComparison.Ordinal))
            CSharpGeneratorDriver.Create(Generators.Regex.GetGenerators(LanguageNames.CSharp), parseOptions: (CSharpParseOptions)tree.Options).RunGeneratorsAndUpdateCompilation(program, out program, out _);

        return OutputOfAsync([program]);
    }

    /// <summary>
    /// What the static method <c>Program.Run()</c>, or else <c>Main</c>, returns as text, awaited where it returns a task;
    /// an exception counts as output, by its type and message. The program is the last of <paramref name="projects"/>.
    /// </summary>
    public static async Task<string> OutputOfAsync(IReadOnlyList<Compilation> projects)
    {
        var context = new AssemblyLoadContext("Program", isCollectible: true);
        try
        {
            var assemblies = projects.Select(project => Load(project, context)).ToList();
            context.Resolving += (_, name) => assemblies.Find(assembly => assembly.GetName().Name == name.Name);
            var run = assemblies[^1].GetType("Program")?.GetMethod("Run", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic) ?? assemblies[^1].EntryPoint
                ?? throw new VerifyException("The program has no static method Program.Run() and no Main.");
            var result = run.Invoke(null, run.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            if (result is Task task)
            {
                await task.ConfigureAwait(false);
                result = task.GetType().GetProperty("Result")?.GetValue(task);
            }

            return result?.ToString() ?? "(null)";
        }
        catch (TargetInvocationException e)
        {
            return $"{e.InnerException!.GetType()}: {e.InnerException.Message}";
        }
        catch (Exception e) when (e is not VerifyException)
        {
            return $"{e.GetType()}: {e.Message}";
        }
        finally
        {
            context.Unload();
        }
    }

    private static Assembly Load(Compilation project, AssemblyLoadContext context)
    {
        using var image = new MemoryStream();
        var emitted = project.Emit(image);
        if (!emitted.Success)
            throw new VerifyException("The program does not compile:\n" + string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));

        image.Position = 0;
        return context.LoadFromStream(image);
    }
}
