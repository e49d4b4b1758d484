using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>A place that reads a navigation, or loads it explicitly.</summary>
/// <param name="Source">What gave the entities.</param>
/// <param name="Path">The navigations from the source's entities to what is read, the read one last.</param>
/// <param name="Node">What to point at: the member's name, or the call or creation that reads it.</param>
/// <param name="Loops">The loops that the entity varies with, outermost first.</param>
/// <param name="VariesInside">Whether it varies with a loop inside the called code too.</param>
/// <param name="Load">The <c>Load</c> or <c>LoadAsync</c> call, where it is explicit.</param>
internal sealed record EntityRead(EntitySource Source, ImmutableArray<Navigation> Path, SyntaxNode Node, ImmutableArray<Loop> Loops, bool VariesInside, InvocationExpressionSyntax? Load)
{
    /// <summary>In called code, the conditions on its parameters under which it happens.</summary>
    public ImmutableArray<CallGuard> Guards { get; init; } = ImmutableArray<CallGuard>.Empty;

    public Navigation Navigation => Path[Path.Length - 1];

    /// <summary>The path as an include string writes it.</summary>
    public string PathText => TextOf(Path, Path.Length);

    public static string TextOf(ImmutableArray<Navigation> path, int length) => string.Join(".", path.Take(length).Select(step => step.Name));
}
