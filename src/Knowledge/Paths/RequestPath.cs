using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>How code is reached at run time.</summary>
internal enum Reach
{
    /// <summary>Neither a request nor start-up is proven: most library code of a layered server.</summary>
    Unknown,

    /// <summary>An entry that a framework calls for a request or a message, or reached from one in this compilation.</summary>
    Request,

    /// <summary>Provably run once or never in production.</summary>
    Cold,
}

/// <summary>How a function is reached, and by which chain of calls.</summary>
/// <param name="Reach">Which of the three it is.</param>
/// <param name="Chain">For <see cref="Reach.Request"/>, the names from the entry to the function, both included; else empty.</param>
/// <param name="Entry">Where the entry is declared; null when the function is the entry itself.</param>
internal sealed record RequestPath(Reach Reach, ImmutableArray<string> Chain, Location? Entry)
{
    public static readonly RequestPath Unknown = new(Reach.Unknown, ImmutableArray<string>.Empty, null);

    public static readonly RequestPath Cold = new(Reach.Cold, ImmutableArray<string>.Empty, null);

    /// <summary>Whether the nearest entry is work that the host runs by itself (a background service, a job, a timer), so that no client waits for it.</summary>
    public bool IsBackground { get; init; }

    /// <summary>For <see cref="Reach.Cold"/>, why: the names from the start-up code to the function, both included.</summary>
    public ImmutableArray<string> ColdChain { get; private init; } = ImmutableArray<string>.Empty;

    public static RequestPath ProvenCold(ImmutableArray<string> chain) => Cold with { ColdChain = chain };

    /// <summary>What a message appends: the chain where the function is not the entry itself, at most four names with the middle elided.</summary>
    public string Suffix
    {
        get
        {
            if (Chain.Length < 2)
                return "";

            var names = Chain.Length <= 4 ? Chain : ImmutableArray.Create(Chain[0], Chain[1], "…", Chain[Chain.Length - 2], Chain[Chain.Length - 1]);
            return $" ({string.Join(" → ", names)})";
        }
    }
}

/// <summary>What the user's settings say about paths.</summary>
/// <param name="Depth">How many calls a path may be long.</param>
/// <param name="EntryTypes">Metadata names of base types, interfaces or attributes that make entries.</param>
internal readonly record struct PathSettings(int Depth, ImmutableArray<string> EntryTypes)
{
    public bool Equals(PathSettings other) => Depth == other.Depth && Key == other.Key;

    public override int GetHashCode() => Depth ^ Key.GetHashCode();

    private string Key => EntryTypes.IsDefaultOrEmpty ? "" : string.Join(";", EntryTypes);
}
