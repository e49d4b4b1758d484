using System.Text;
using CliWrap;

namespace PerfAnalyzers.EndToEnd;

/// <summary>What a command of the SDK said.</summary>
internal sealed record Output(int ExitCode, string Text);

/// <summary>Runs the SDK as a user does.</summary>
internal static class Dotnet
{
    /// <summary>Runs and fails the test, with everything the command printed, unless it succeeds.</summary>
    public static async Task<Output> SucceedsAsync(string directory, params string[] arguments)
    {
        var output = await RunAsync(directory, arguments);
        Assert.True(output.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {output.ExitCode}:\n{output.Text}");
        return output;
    }

    public static async Task<Output> RunAsync(string directory, params string[] arguments)
    {
        var text = new StringBuilder();
        var result = await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(directory)
            // A copy of SlowShop finds the shared package versions by PerfAnalyzersRoot. What `dotnet test` sets for its own host must not reach the builds.
            .WithEnvironmentVariables(variables => variables
                .Set("MSBUILDDISABLENODEREUSE", "1").Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0")
                .Set("MSBuildSDKsPath", null).Set("MSBUILD_EXE_PATH", null).Set("MSBuildExtensionsPath", null).Set("DOTNET_CLI_UI_LANGUAGE", "en").Set("UPDATE", null)
                .Set("PerfAnalyzersRoot", Repo.Root))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(text))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(text))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
        return new Output(result.ExitCode, text.ToString());
    }
}
