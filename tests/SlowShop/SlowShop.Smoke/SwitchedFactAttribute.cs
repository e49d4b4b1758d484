using Xunit;

namespace SlowShop.Smoke;

/// <summary>A test that runs where an environment variable is 1.</summary>
internal sealed class SwitchedFactAttribute : FactAttribute
{
    public SwitchedFactAttribute(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) != "1")
            Skip = $"Runs with {variable}=1.";
    }
}
