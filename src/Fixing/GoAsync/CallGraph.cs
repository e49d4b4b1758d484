using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// The functions of the solution that must become async together: from the functions that wait, through their kin and
/// every caller, to code that is async already or that nobody in the solution calls.
/// </summary>
internal sealed class CallGraph(Sources sources, string ruleId)
{
    private readonly Dictionary<FunctionKey, FunctionGroup> _groups = new();
    private readonly Queue<FunctionGroup> _open = new();
    private readonly Kin _kin = new(sources, new TypeTree(sources));
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

        if (AwaitPlace.Blocker(place, function, sources.Cancel) is { } blocker)
            return (null, blocker);

        if (function.Declaration is CompilationUnitSyntax || function.Symbol.IsAsync)
            return (null, AsyncBlockers.OfBody(function, sources.Cancel));

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

    private async Task<FunctionGroup> GroupOfAsync(AsyncFunction function)
    {
        if (_groups.TryGetValue(function.Key, out var group))
            return group;

        group = new FunctionGroup { KeepsSignature = Functions.IsTask(function.Symbol.ReturnType, function.Source.Types) };
        group.Members.Add(function);
        _groups.Add(function.Key, group);
        _open.Enqueue(group);
        if (group.KeepsSignature || function.Symbol.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
            return group;

        var (methods, outside) = await _kin.OfAsync(function.Symbol).ConfigureAwait(false);
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

    private async Task ExpandAsync(FunctionGroup group)
    {
        foreach (var member in group.Members)
        {
            if (AsyncBlockers.Of(member, ruleId, sources.Cancel) is { } blocker)
                group.Block(blocker);
        }

        if (group.Blocker is not null)
            return;

        var first = group.Members[0];
        if (group.KeepsSignature)
        {
            if (TaskReturns.Blocker(first, sources.Cancel) is { } kept)
                group.Block(kept);

            return;
        }

        if (first.Declaration is AnonymousFunctionExpressionSyntax lambda)
        {
            if (!DelegateTargets.TakeTasksToo(lambda, first.Source.Model, first.Source.Types, sources.Cancel))
                group.Block("its delegate type returns no task");

            return;
        }

        AsyncNames.FindTwin(group);
        foreach (var reference in await _references.ToAsync(group).ConfigureAwait(false))
        {
            if (await AddSiteAsync(group, reference).ConfigureAwait(false) is { } blocked && !group.HasTwin)
            {
                group.Block(blocked);
                return;
            }
        }

        AsyncNames.Choose(group);
    }

    /// <summary>Adds the place to those that change, or says why it cannot.</summary>
    private async Task<string?> AddSiteAsync(FunctionGroup group, Reference reference)
    {
        if (reference is not { Source: { } source, Name: { } name } || !Sources.CanEdit(source.Document))
        {
            return "used by code that cannot be edited";
        }

        if (CallSites.IsOnlyName(name))
        {
            if (name.FirstAncestorOrSelf<AttributeSyntax>() is not null)
                return "named in an attribute";

            group.Sites.Add(new CallSite(source, name, SiteKind.Name, null, reference.Others));
            return null;
        }

        if (CallSites.CallOf(name) is not { } call)
        {
            if (reference.Others.Count > 1 || !DelegateTargets.TakeTasksToo(CallSites.WholeName(name), source.Model, source.Types, sources.Cancel))
                return "given away as a delegate that returns no task";

            group.Sites.Add(new CallSite(source, name, SiteKind.Group, null, reference.Others));
            return null;
        }

        if (reference.Others.Count > 0)
            return "a call does not bind";

        var kind = SiteKind.Call;
        SyntaxNode place = call;
        if (AwaitPlace.IsInConditionalAccess(call) && CallSites.ConditionalStatementOf(call, source.Model) is { } statement)
            (kind, place) = (SiteKind.ConditionalCall, statement);

        var (caller, blocker) = await NeedAsync(source, place).ConfigureAwait(false);
        if (blocker is not null)
            return blocker;

        if (caller is not null && caller != group)
            group.Requires.Add(caller);

        group.Sites.Add(new CallSite(source, name, kind, FunctionAround(source, call), []));
        return null;
    }
}
