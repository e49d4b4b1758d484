using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

// From a group to its callers, and what of them stands in the way.
internal sealed partial class CallGraph
{
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
                await ExpandLoopAsync(group, first, lambda).ConfigureAwait(false);

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

    private async Task ExpandLoopAsync(FunctionGroup group, AsyncFunction function, AnonymousFunctionExpressionSyntax lambda)
    {
        group.Loop = LinqLoop.Of(lambda, function.Source, sources.Cancel);
        if (group.Loop is null)
        {
            group.Block("its delegate type returns no task");
            return;
        }

        var (around, blocker) = await NeedAsync(function.Source, group.Loop.Place is ArrowExpressionClauseSyntax arrow ? arrow.Expression : group.Loop.Place).ConfigureAwait(false);
        if (blocker is not null)
            group.Block(blocker);
        else if (around is not null)
            group.Requires.Add(around);
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
