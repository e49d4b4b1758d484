using System.Globalization;

namespace PerfAnalyzers.Tests.Robustness;

/// <summary>
/// No analyzer and no fix ever throws, whatever the code looks like. Every source of every test is broken at random,
/// with a fixed seed; PERF_MUTATIONS=20 does it twenty times instead of once.
/// </summary>
public abstract class MutationTests(int part) : RobustnessTests
{
    private const int Parts = 2;

    private static readonly int s_mutations = int.TryParse(Environment.GetEnvironmentVariable("PERF_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 1;

    [Fact]
    public async Task Nothing_throws_on_broken_code()
    {
        Assert.NotEmpty(SourceCorpus.All);
        var failures = new List<string>();
        for (var round = 0; round < s_mutations; round++)
        {
            for (var index = part; index < SourceCorpus.All.Count; index += Parts)
            {
                var (name, text) = SourceCorpus.All[index];
                if (await FailureOfAsync($"{name}, round {round}", Mutation.Of(text, new Random(unchecked(SeedOf(text) + round)))) is { } failure)
                    failures.Add(failure);
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>The text decides how it is broken: a new test elsewhere does not change what happens to this one.</summary>
    private static int SeedOf(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619u);
        return unchecked((int)hash);
    }
}

/// <summary>Every second source; two classes run on two cores.</summary>
public sealed class RobustnessOfEvenSources() : MutationTests(0);

/// <summary>The other half.</summary>
public sealed class RobustnessOfOddSources() : MutationTests(1);
