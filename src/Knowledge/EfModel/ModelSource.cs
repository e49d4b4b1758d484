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

    /// <summary>The metadata names of the types that may be a context, or have sets.</summary>
    public ImmutableArray<string> Contexts { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The metadata names of the types with a property that a proxy or a lazy loader may load.</summary>
    public ImmutableArray<string> LazyTypes { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The entities named in <c>Set&lt;T&gt;()</c> and <c>DbSet&lt;T&gt;</c>.</summary>
    public ImmutableArray<NamedSet> Sets { get; init; } = ImmutableArray<NamedSet>.Empty;

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
        var namesSets = Has(text, "DbSet<") || Has(text, ".Set<") || Has(text, " Set<");
        var hasContexts = Has(text, "DbSet") || Has(text, "DbContext");
        var isLazy = Has(text, "virtual") || Has(text, "override") || Has(text, "Loader") || Has(text, "Invoke(this");
        if (!configures && !setsUp && !turnsOff && !namesSets && !hasContexts && !isLazy)
            return s_nothing;

        var root = tree.GetRoot(cancel);
        return new ModelSource(
            configures ? ModelChainReader.Read(root) : ImmutableArray<ModelChain>.Empty,
            setsUp ? ContextSetupReader.Setups(root) : ImmutableArray<ContextSetup>.Empty,
            turnsOff ? ContextSetupReader.WithoutLazyLoading(root) : ImmutableArray<string>.Empty)
        {
            Contexts = hasContexts ? ModelTypeReader.Contexts(root) : ImmutableArray<string>.Empty,
            LazyTypes = isLazy ? ModelTypeReader.LazyTypes(root) : ImmutableArray<string>.Empty,
            Sets = namesSets ? ModelTypeReader.NamedSets(root) : ImmutableArray<NamedSet>.Empty,
        };
    }

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.Ordinal) >= 0;
}

/// <summary>An entity as <c>Set&lt;T&gt;</c> names it.</summary>
/// <param name="Entity">The type's simple name.</param>
/// <param name="Position">Where it is named.</param>
internal readonly record struct NamedSet(string Entity, int Position);
