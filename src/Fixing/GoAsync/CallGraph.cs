using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// The functions of the solution that must become async together: from the functions that wait, through their kin and
/// every caller, to code that is async already or that nobody in the solution calls.
/// </summary>
internal sealed partial class CallGraph(Sources sources, string ruleId, HashSet<SyntaxNode> freed)
{
    private readonly Dictionary<FunctionKey, FunctionGroup> _groups = new();
    private readonly Queue<FunctionGroup> _open = new();
    private readonly TypeTree _types = new(sources);
    private readonly References _references = new(sources);

    /// <summary>The function that runs <paramref name="place"/>; null in an initialiser.</summary>
    public AsyncFunction? FunctionAround(Source source, SyntaxNode place) =>
        Functions.Enclosing(place) is { } declaration && Functions.Symbol(declaration, source.Model, sources.Cancel) is { } symbol
            ? new AsyncFunction(source, declaration, symbol)
            : null;

    /// <summary>
    /// The group that must become async for an <c>await</c> at <paramref name="place"/>; null where that place is in
    /// async code, or where <c>Blocker</c> says why there can be none.
    /// </summary>
    public async Task<(FunctionGroup? Group, string? Blocker)> NeedAsync(Source source, SyntaxNode place)
    {
        if (FunctionAround(source, place) is not { } function)
            return (null, "initialiser");

        if (AwaitPlace.Blocker(place, function, freed, sources.Cancel) is { } blocker)
            return (null, blocker);

        if (function.Declaration is CompilationUnitSyntax || function.Symbol.IsAsync)
            return (null, AsyncBlockers.OfBody(function, freed, sources.Cancel));

        if (AsyncBlockers.WorksOnCopy(function.Symbol))
            return (null, "method of a struct that can change");

        return (await GroupOfAsync(function).ConfigureAwait(false), null);
    }

    /// <summary>Follows callers until none is left, and spreads what blocks one group to all that depend on it.</summary>
    public async Task CompleteAsync()
    {
        while (_open.Count > 0)
            await ExpandAsync(_open.Dequeue()).ConfigureAwait(false);

        Spread(_groups.Values.Distinct().ToList());
    }

    /// <summary>Marks a group that turned out not to work, with all that depend on it.</summary>
    public void Block(FunctionGroup group, string reason)
    {
        group.Block(reason);
        Spread(_groups.Values.Distinct().ToList());
    }

    /// <summary>Marks the groups that are called under <paramref name="locks"/>, which turned out to stay.</summary>
    public void BlockUnder(IEnumerable<SyntaxNode> locks)
    {
        foreach (var locked in locks)
        {
            foreach (var group in _groups.Values.Distinct().Where(group => group.Blocker is null && group.Sites.Any(site => site.Kind != SiteKind.Name && site.Name.SyntaxTree == locked.SyntaxTree && locked.Span.Contains(site.Name.Span))).ToList())
                Block(group, "its caller holds a lock");
        }
    }

    public FunctionGroup? Find(FunctionKey key) => _groups.TryGetValue(key, out var group) ? group : null;

    private static void Spread(List<FunctionGroup> groups)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var group in groups)
            {
                // Callers of a method with a twin move one by one: those that cannot await go on calling the method itself.
                if (group.Blocker is null && !group.HasTwin && group.Requires.FirstOrDefault(required => required.Blocker is not null || required.HasTwin) is { } blocked)
                {
                    group.Block($"its caller: {blocked.Blocker ?? "stays beside its async twin"}");
                    changed = true;
                }
            }
        }
    }

    /// <summary>The group that a function returns a task with.</summary>
    public async Task<FunctionGroup> GroupOfAsync(AsyncFunction function)
    {
        if (_groups.TryGetValue(function.Key, out var group))
            return group;

        group = new FunctionGroup { KeepsSignature = Functions.IsTask(function.Symbol.ReturnType, function.Source.Types) };
        group.Members.Add(function);
        _groups.Add(function.Key, group);
        _open.Enqueue(group);
        if (group.KeepsSignature || function.Symbol.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
            return group;

        var (methods, outside) = await new Kin(sources, _types).OfAsync(function.Symbol).ConfigureAwait(false);
        if (outside)
            group.Block("declared outside the solution");

        foreach (var method in methods)
        {
            foreach (var part in method.PartialImplementationPart is { } implementation ? new[] { method, implementation } : [method])
                await AddAsync(group, part).ConfigureAwait(false);
        }

        return group;
    }

    private async Task AddAsync(FunctionGroup group, IMethodSymbol method)
    {
        var reference = method.DeclaringSyntaxReferences[0];
        if (await sources.OfAsync(reference.SyntaxTree).ConfigureAwait(false) is not { } source)
        {
            group.Block("declared outside the solution");
            return;
        }

        var declaration = await reference.GetSyntaxAsync(sources.Cancel).ConfigureAwait(false);
        if (group.Members.Any(member => member.Key == FunctionKey.Of(declaration)))
            return;

        group.Members.Add(new AsyncFunction(source, declaration, source.Model.GetDeclaredSymbol(declaration, sources.Cancel) as IMethodSymbol ?? method));
        _groups[FunctionKey.Of(declaration)] = group;
    }
}
