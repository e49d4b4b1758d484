namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Sources with paths; one without a path is called Test0.cs, Test1.cs, ….</summary>
public sealed class SourceList(string prefix) : List<(string Path, string Content)>
{
    public void Add(string content) => Add(($"{prefix}{Count}.cs", content));
}

/// <summary>The files of one project.</summary>
public class ProjectState(string prefix)
{
    public SourceList Sources { get; } = new(prefix);

    public OutputKind OutputKind { get; set; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Names of projects of the same solution that this one references.</summary>
    public List<string> AdditionalProjectReferences { get; } = [];
}

/// <summary>A whole solution: the main project, called TestProject, and others by name.</summary>
public sealed class SolutionState() : ProjectState("/0/Test")
{
    public const string MainProject = "TestProject";

    public Dictionary<string, ProjectState> AdditionalProjects { get; } = [];

    public List<(string Path, string Content)> AdditionalFiles { get; } = [];

    public List<(string Path, string Content)> AnalyzerConfigFiles { get; } = [];

    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    /// <summary>A further project; the main project references it.</summary>
    public ProjectState Project(string name)
    {
        if (!AdditionalProjects.TryGetValue(name, out var project))
        {
            AdditionalProjects.Add(name, project = new ProjectState($"/{name}/Test"));
            AdditionalProjectReferences.Add(name);
        }

        return project;
    }
}

/// <summary>What a test expected and did not get.</summary>
public sealed class VerifyException(string message) : Exception(message);
