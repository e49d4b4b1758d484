using System.Collections.Immutable;

namespace PerfAnalyzers.Core;

/// <summary>Where the rules about blocking calls look.</summary>
internal enum Scope
{
    /// <summary>Async code anywhere, request paths, and in a server also code of which neither is proven.</summary>
    Auto,

    /// <summary>Only async code and what is reached from an entry in the same compilation.</summary>
    Strict,

    /// <summary>Also plain libraries and console programs.</summary>
    All,
}

/// <summary>Settings that more than one rule reads.</summary>
internal static class CommonOptions
{
    public static readonly ChoiceOption<Scope> Scope = new("scope", Core.Scope.Auto,
        "Where the rules about blocking calls look: `auto` = async code, request paths, and undecided code of a server; `strict` = async code and proven request paths; `all` = also plain libraries and console programs.");

    public static readonly NumberOption ReachDepth = new("reach_depth", 8,
        "How many calls a request path may be long, counted from its entry.", least: 1);

    public static readonly ListOption EntryTypes = new("entry_types", "",
        "Metadata names of base types, interfaces or attributes that make a type's public methods entries of a request.");

    public static readonly NumberOption SmallLoop = new("small_loop", 8,
        "A loop that provably runs at most this often is not a loop for the rules.");

    public static readonly FlagOption IncludeTests = new("include_tests", false, "Whether test projects are analyzed too.");

    public static readonly FlagOption FixAllReview = new("fix_all_review", false,
        "Whether fixes marked \"(review)\", which change something observable, take part in Fix All and `dotnet format`.");

    public static readonly FlagOption KeepPublicApi = new("keep_public_api", false,
        "Whether fixes leave the signatures of public members as they are.");

    public static readonly ListOption ExcludedSymbols = new("excluded_symbols", "",
        "Async methods that are never suggested, as `Namespace.Type.Method` or `Namespace.Type`.");

    public static readonly ListOption MustFinish = new("must_finish", "Commit*, Rollback*, Dispose*, Publish*",
        "Methods that get no cancellation token because they must run to their end; a trailing `*` stands for anything.");

    public static readonly NumberOption ConcurrentOperations = new("concurrent_operations", 8,
        "How many operations fixes let run at once where code waits for many.", least: 1);

    public static readonly ListOption BoundedEntities = new("bounded_entities", "",
        "Entities whose tables are known to stay small, by simple or metadata name.");

    public static ImmutableArray<Option> All { get; } = ImmutableArray.Create<Option>(
        Scope, ReachDepth, EntryTypes, SmallLoop, IncludeTests, FixAllReview, KeepPublicApi, ExcludedSymbols, MustFinish, ConcurrentOperations, BoundedEntities);
}
