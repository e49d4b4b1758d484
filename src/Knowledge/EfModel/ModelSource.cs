using System;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>What one file says about the model and its set-up. Read without binding and kept per tree, so that an edit re-reads one file.</summary>
/// <param name="Chains">The configuration calls.</param>
/// <param name="Setups">Where contexts are set up.</param>
/// <param name="WithoutLazyLoading">The simple names of the types whose code sets <c>LazyLoadingEnabled = false</c>.</param>
internal sealed record ModelSource(ImmutableArray<ModelChain> Chains, ImmutableArray<ContextSetup> Setups, ImmutableArray<string> WithoutLazyLoading)
{
    private static readonly ModelSource s_nothing = new(ImmutableArray<ModelChain>.Empty, ImmutableArray<ContextSetup>.Empty, ImmutableArray<string>.Empty);

    private static readonly ConditionalWeakTable<SyntaxTree, ModelSource> s_cache = new();

    public static ModelSource Of(SyntaxTree tree, CancellationToken cancel)
    {
        if (!s_cache.TryGetValue(tree, out var source))
            source = s_cache.GetValue(tree, t => Read(t, cancel));

        return source;
    }

    private static ModelSource Read(SyntaxTree tree, CancellationToken cancel)
    {
        // Most files say nothing about the model: a search for a few words is far cheaper than a walk.
        var text = tree.GetText(cancel).ToString();
        var configures = Has(text, "ModelBuilder") || Has(text, "EntityTypeBuilder") || Has(text, "ModelConfigurationBuilder") || Has(text, "OwnedNavigationBuilder");
        var setsUp = Has(text, "AddDbContext") || Has(text, "AddPooledDbContextFactory") || Has(text, "DbContextOptionsBuilder") || Has(text, "UseLazyLoadingProxies");
        var turnsOff = Has(text, "LazyLoadingEnabled");
        if (!configures && !setsUp && !turnsOff)
            return s_nothing;

        var root = tree.GetRoot(cancel);
        return new ModelSource(
            configures ? ModelChainReader.Read(root) : ImmutableArray<ModelChain>.Empty,
            setsUp ? ContextSetupReader.Setups(root) : ImmutableArray<ContextSetup>.Empty,
            turnsOff ? ContextSetupReader.WithoutLazyLoading(root) : ImmutableArray<string>.Empty);
    }

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.Ordinal) >= 0;
}
