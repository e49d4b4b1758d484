using System.Globalization;

namespace PerfAnalyzers.Tests.Robustness;

/// <summary>
/// No analyzer and no fix ever throws, whatever the code looks like. The sources of the tests are broken at random, with a
/// fixed seed: every fourth in a plain run, all of them with PERF_MUTATIONS=1, as CI sets it, and each twenty times with 20.
/// </summary>
public abstract class MutationTests(int part) : RobustnessTests
{
    private const int Parts = 2;

    private static readonly int? s_mutations = int.TryParse(Environment.GetEnvironmentVariable("PERF_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : null;

    [Fact]
    public async Task Nothing_throws_on_broken_code()
    {
        var sources = SourceCorpus.All.Select(source => (source.Name, source.Text, Seed: SeedOf(source.Text)))
            .Where(source => s_mutations is not null || source.Seed % 4 == 0)
            .Where((_, index) => index % Parts == part).ToList();
        Assert.NotEmpty(sources);
        var failures = new List<string>();
        for (var round = 0; round < (s_mutations ?? 1); round++)
        {
            foreach (var (name, text, seed) in sources)
            {
                if (await FailureOfAsync($"{name}, round {round}", Mutation.Of(text, new Random(unchecked(seed + round)))) is { } failure)
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
