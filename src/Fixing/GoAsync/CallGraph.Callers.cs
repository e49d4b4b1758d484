using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

// From a group to its callers, and what of them stands in the way.
internal sealed partial class CallGraph
{
    private async Task ExpandAsync(FunctionGroup group)
    {
        foreach (var member in group.Members)
        {
            if (AsyncBlockers.Of(member, ruleId, freed, sources.Cancel) is { } blocker)
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

        if (group.Sites.All(site => site.Kind == SiteKind.Name) && await IsCalledUnseenAsync(first).ConfigureAwait(false))
        {
            group.Block("called from views or by reflection");
            return;
        }

        AsyncNames.Choose(group);
        if (group is { HasTwin: false, NewName: { } name } && first.Declaration is not LocalFunctionStatementSyntax
            && await new NameClashes(sources, _types, _references).AnyAsync(group, name).ConfigureAwait(false))
        {
            group.NewName = null;
        }
    }

    /// <summary>Whether a method that nothing names is there to be called all the same: by views, or by its name once its static class is handed over.</summary>
    private async Task<bool> IsCalledUnseenAsync(AsyncFunction function) =>
        function.Symbol is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, ContainingType: { IsStatic: true } type } method
        && ((method.IsExtensionMethod && method.Parameters[0].Type.Name is "IHtmlHelper" or "IUrlHelper" or "HtmlHelper" or "UrlHelper" or "RazorPage")
            || await _references.IsReflectedAsync(type, function.Source.Document.Project).ConfigureAwait(false));

    private async Task ExpandLoopAsync(FunctionGroup group, AsyncFunction function, AnonymousFunctionExpressionSyntax lambda)
    {
        group.Loop = LinqLoop.Of(lambda, function.Source, sources.Cancel);
        if (group.Loop is null)
        {
            group.Block("its delegate type returns no task");
            return;
        }

        var (around, blocker) = await NeedAsync(function.Source, group.Loop.Around).ConfigureAwait(false);
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

        var (kind, call, place, unreadable) = CallSites.Read(source, name, reference.Others, sources.Cancel);
        if (unreadable is not null)
            return unreadable;

        if (call is null || place is null)
        {
            group.Sites.Add(new CallSite(source, name, kind, null, reference.Others));
            return null;
        }

        if (SyncArms.HasAsyncArm(call, name.Identifier.ValueText + AsyncTwins.Suffix))
            return group.HasTwin ? null : "the synchronous arm of a choice";

        var (caller, blocker) = await NeedAsync(source, place).ConfigureAwait(false);
        if (blocker is not null)
            return blocker;

        if (caller is not null && caller != group)
            group.Requires.Add(caller);

        group.Sites.Add(new CallSite(source, name, kind, FunctionAround(source, call), []));
        return null;
    }
}
