namespace PerfAnalyzers.EndToEnd;

/// <summary>A test that is too long for every run: it runs where an environment variable is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWhenAttribute : FactAttribute
{
    public FactWhenAttribute(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) != "1")
            Skip = $"A long test; {variable}=1 runs it, as .ci/run does.";
    }
}
