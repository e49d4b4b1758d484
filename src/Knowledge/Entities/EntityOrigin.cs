using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>What first gave the entities: a query, or a parameter (or <c>this</c>) of the function that is looked at.</summary>
/// <param name="Query">The query; null for a parameter.</param>
/// <param name="Parameter">The parameter; null for a query, and for <c>this</c>.</param>
/// <param name="Node">The expression that was read back to the source.</param>
internal sealed record EntitySource(Query? Query, IParameterSymbol? Parameter, ExpressionSyntax? Node)
{
    /// <summary>Equal for all uses of one query.</summary>
    public object? Key => (object?)Query?.RootNode ?? Node;

    /// <summary>Compared by identity.</summary>
    public bool Equals(EntitySource? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Where an entity, or a sequence of entities, comes from.</summary>
/// <param name="Source">What gave the first of them.</param>
/// <param name="Entity">The type of the entity, or of the sequence's elements.</param>
/// <param name="Path">The navigations that lead from the source's entities to these.</param>
/// <param name="Depth">0 for one entity, 1 for a sequence, 2 for a sequence of sequences.</param>
/// <param name="Loops">The loops that the value varies with, outermost first.</param>
internal sealed record EntityOrigin(EntitySource Source, INamedTypeSymbol Entity, ImmutableArray<Navigation> Path, int Depth, ImmutableArray<Loop> Loops)
{
    /// <summary>An element of the sequence, for every pass of <paramref name="loop"/>; null where this is no sequence.</summary>
    public EntityOrigin? ElementIn(Loop? loop) => Depth == 0 ? null : this with { Depth = Depth - 1, Loops = loop is null ? Loops : Loops.Add(loop) };

    /// <summary>What the navigation leads to.</summary>
    public EntityOrigin Via(Navigation navigation) => this with { Entity = navigation.Target, Path = Path.Add(navigation), Depth = navigation.IsCollection ? 1 : 0 };
}
