using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Entities;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>One navigation that a loop loads row by row.</summary>
/// <param name="Read">Where, of which query, by which path.</param>
/// <param name="LazyLoading">Whether lazy loading is proven, or only not ruled out; for an explicit load it does not matter.</param>
/// <param name="Order">The paths that the loops read of this query, in source order, so that includes come in one order whoever adds them.</param>
internal sealed record LoadingLoop(EntityRead Read, LazyLoading LazyLoading, ImmutableArray<string> Order)
{
    private const string PathFact = "path";

    public Query Query => Read.Source.Query!;

    /// <summary>What tells this finding from others at the same place: one call may load several paths.</summary>
    public ImmutableDictionary<string, string?> Facts => ImmutableDictionary<string, string?>.Empty.Add(PathFact, Read.PathText);

    /// <summary>Whether it is what <paramref name="diagnostic"/> reports.</summary>
    public bool Is(Diagnostic diagnostic) =>
        Read.Node.Span == diagnostic.Location.SourceSpan && diagnostic.Properties.TryGetValue(PathFact, out var path) && path == Read.PathText;
}

/// <summary>Finds, for one member, the navigations that its loops load row by row.</summary>
internal static class LoadingLoops
{
    private static readonly ImmutableHashSet<string> s_terminals = ImmutableHashSet.Create(
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "ToHashSet", "ToHashSetAsync", "AsEnumerable", "AsAsyncEnumerable",
        "First", "FirstAsync", "FirstOrDefault", "FirstOrDefaultAsync", "Single", "SingleAsync", "SingleOrDefault", "SingleOrDefaultAsync", "Find", "FindAsync");

    /// <summary>The member, or the file's top-level statements, around <paramref name="node"/>.</summary>
    public static SyntaxNode MemberAround(SyntaxNode node)
    {
        var member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not (GlobalStatementSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax));
        return member ?? node.SyntaxTree.GetRoot();
    }

    /// <summary>
    /// Whether the member, looked at without the types in it, has a loop or a lambda that does something with what it
    /// is given, or fetches rows that other code may walk. Asked of every member, before anything else is.
    /// </summary>
    public static bool MayBeIn(SyntaxNode member)
    {
        foreach (var node in member.DescendantNodes(static n => n is not (AttributeListSyntax or TypeDeclarationSyntax)))
        {
            switch (node)
            {
                case CommonForEachStatementSyntax each when Uses(each.Statement):
                case ForStatementSyntax loop when Uses(loop.Statement):
                case AnonymousFunctionExpressionSyntax lambda when Uses(lambda.Body):
                case QueryExpressionSyntax query when Uses(query.Body):
                case InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText is { } name && s_terminals.Contains(name):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether code reads a member, or gives something to other code.</summary>
    private static bool Uses(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or ArgumentSyntax)
                return true;
        }

        return false;
    }

    public static ImmutableArray<LoadingLoop> In(SyntaxNode member, SemanticModel model, int smallLoop, CancellationToken cancel)
    {
        var flow = new EntityFlow(model, cancel);
        var reads = new EntityReads(flow, EntityMethods.Of(model.Compilation)).In(member, onlyInLoops: true);
        if (reads.Count == 0)
            return ImmutableArray<LoadingLoop>.Empty;

        var entities = EntityModel.Of(model.Compilation);
        if (member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && model.GetDeclaredSymbol(type, cancel) is INamedTypeSymbol home && entities.TurnsLazyLoadingOff(home))
            return ImmutableArray<LoadingLoop>.Empty;

        var found = ImmutableArray.CreateBuilder<LoadingLoop>();
        foreach (var group in reads.Where(read => read.Source.Query is not null).GroupBy(read => read.Source.Key))
            AddLongest(group.ToList(), member, entities, flow, smallLoop, found);

        return found.ToImmutable();
    }

    /// <summary>Of the paths that the loops load from one query, those that no other one goes on from.</summary>
    private static void AddLongest(List<EntityRead> reads, SyntaxNode member, EntityModel entities, EntityFlow flow, int smallLoop, ImmutableArray<LoadingLoop>.Builder found)
    {
        var loading = new List<(EntityRead Read, LazyLoading Lazy)>();
        var perRow = reads.Where(read => IsPerRow(read, member, flow, smallLoop)).ToList();
        foreach (var read in perRow)
        {
            if (IncludePaths.Of(read.Source.Query!) is not { } includes || includes.Contains(read.Path) || IsBackReference(read.Path) || IsLoadedBefore(read, reads, member, flow))
                continue;

            var lazy = entities.LazyLoadingOf(read.Navigation, read.Source.Query!.ContextType);
            if (read.Load is not null || lazy != LazyLoading.Off)
                loading.Add((read, lazy));
        }

        var order = perRow.Where(read => read.Load is null).Select(read => read.PathText).Distinct().ToImmutableArray();
        var missing = loading.Select(item => item.Read.PathText).ToList();
        foreach (var (read, lazy) in loading.GroupBy(item => item.Read.PathText).Select(same => same.First()))
        {
            var path = read.PathText;
            if (read.Load is not null || !missing.Any(other => other.Length > path.Length && other[path.Length] == '.' && other.StartsWith(path, System.StringComparison.Ordinal)))
                found.Add(new LoadingLoop(read, lazy, order));
        }
    }

    /// <summary>Whether it happens for many rows: a loop of the entity's own is neither small nor left at once.</summary>
    private static bool IsPerRow(EntityRead read, SyntaxNode member, EntityFlow flow, int smallLoop)
    {
        if (IsFew(read.Source.Query!, smallLoop))
            return false;

        foreach (var loop in read.Loops)
        {
            if (!SmallLoops.Is(loop, smallLoop, flow.Model, flow.Types, flow.Cancel) && !LoopExits.AlwaysLeaves(read.Node, loop))
                return true;
        }

        // A loop in called code is seen from where the rows are fetched.
        return read.VariesInside && (!read.Loops.IsEmpty || (read.Source.Query!.Terminal?.Node is { } fetch && member.Contains(fetch)));
    }

    /// <summary>Whether the query always gives at most a handful of rows, and nothing but those rows is walked.</summary>
    private static bool IsFew(Query query, int smallLoop)
    {
        foreach (var step in query.Operators)
        {
            if (step.Kind == OperatorKind.Limit && query.IsAlways(step) && step.Arguments.Length == 1
                && step.Model.GetConstantValue(step.Arguments[0].Expression).Value is int count && count <= smallLoop)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>order.Items[i].Order</c> is the order that the item was reached from; it is in memory already.</summary>
    private static bool IsBackReference(ImmutableArray<Navigation> path)
    {
        if (path.Length < 2 || path[path.Length - 1] is not { IsCollection: false } back)
            return false;

        for (var owner = path[path.Length - 2].Property.ContainingType; owner is not null; owner = owner.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(owner, back.Target))
                return path[path.Length - 2].IsCollection;
        }

        return false;
    }

    /// <summary>Whether the code fills the navigation itself: by assignment, by an explicit load, or by fetching the related rows first.</summary>
    private static bool IsLoadedBefore(EntityRead read, List<EntityRead> reads, SyntaxNode member, EntityFlow flow)
    {
        if (read.Load is null && reads.Any(other => other.Load is not null && other.PathText == read.PathText))
            return true;

        foreach (var node in member.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name: var name } }
                    when name.Identifier.ValueText == read.Navigation.Name && node.SpanStart < read.Node.SpanStart
                    && SymbolEqualityComparer.Default.Equals(flow.Model.GetSymbolInfo(name, flow.Cancel).Symbol?.OriginalDefinition, read.Navigation.Property):
                case InvocationExpressionSyntax call when read.Load is null && call.SpanStart < read.Node.SpanStart && Fetches(call, read.Navigation, flow):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the call fetches rows of the navigation's target, which EF then puts into the navigations of what it tracks.</summary>
    private static bool Fetches(InvocationExpressionSyntax call, Navigation navigation, EntityFlow flow) =>
        Calls.NameOf(call)?.Identifier.ValueText is "Load" or "LoadAsync" or "ToList" or "ToListAsync" or "ToArray" or "ToArrayAsync" or "ToDictionary" or "ToDictionaryAsync"
        && Calls.ReceiverOf(call) is { } receiver
        && flow.Model.GetTypeInfo(receiver, flow.Cancel).Type is INamedTypeSymbol type && flow.Types.IsOrInherits(type, "System.Linq.IQueryable")
        && type.TypeArguments.Length > 0 && SymbolEqualityComparer.Default.Equals(type.TypeArguments[0], navigation.Target)
        && Query.From(receiver, flow.Model, flow.Types, flow.Cancel).IsDatabase;
}
