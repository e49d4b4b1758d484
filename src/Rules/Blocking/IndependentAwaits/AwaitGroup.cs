using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Awaits one after another of which none needs what an earlier one gives.</summary>
/// <param name="Slots">The awaits, in order.</param>
/// <param name="First">The statement or expression body before which all of them can be started.</param>
internal sealed record AwaitGroup(ImmutableArray<AwaitSlot> Slots, SyntaxNode First)
{
    /// <summary>The group whose second await is <paramref name="second"/>, each of them proven to be a read that may run beside others; null for any other await.</summary>
    public static AwaitGroup? WithSecond(AwaitExpressionSyntax second, SemanticModel model, CancellationToken cancel)
    {
        if (second.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax })
            return OfStatements(second, model, cancel);

        return OfElements(second, model, cancel);
    }

    private static AwaitGroup? OfStatements(AwaitExpressionSyntax second, SemanticModel model, CancellationToken cancel)
    {
        var statement = second.FirstAncestorOrSelf<StatementSyntax>()!;
        if (AwaitSlot.Of(statement)?.Await != second || Siblings(statement) is not { } siblings)
            return null;

        // Where the run begins decides which await is the second of which group.
        var at = siblings.IndexOf(statement);
        var start = at;
        while (start > 0 && AwaitSlot.Of(siblings[start - 1]) is not null)
            start--;

        if (start == at)
            return null;

        var group = new List<AwaitSlot>();
        var first = start;
        for (var i = start; i < siblings.Count && AwaitSlot.Of(siblings[i]) is { } slot; i++)
        {
            var isRead = IsRead(slot, model, cancel);
            if (!isRead || !IsIndependent(slot, group, model, cancel))
            {
                if (group.Count > 0 && first <= at && at < i)
                    break;

                group.Clear();
                first = isRead ? i : i + 1;
            }

            if (isRead)
                group.Add(slot);
        }

        return group.Count >= 2 && group[1].Await == second ? new AwaitGroup(ImmutableArray.CreateRange(group), siblings[first]) : null;
    }

    private static AwaitGroup? OfElements(AwaitExpressionSyntax second, SemanticModel model, CancellationToken cancel)
    {
        if (AwaitSlot.Of(second, null, null) is null || ElementLists.Around(second) is not { } list)
            return null;

        var group = new List<AwaitSlot>();
        foreach (var (value, name) in list.Elements)
        {
            if (AwaitSlot.Of(value, name, null) is { } slot && IsIndependent(slot, group, model, cancel))
                group.Add(slot);
            else if (!ElementLists.IsSimple(value))
                return null;
        }

        if (group.Count < 2 || group[1].Await != second)
            return null;

        foreach (var slot in group)
        {
            if (!IsRead(slot, model, cancel))
                return null;
        }

        return new AwaitGroup(ImmutableArray.CreateRange(group), list.Place);
    }

    private static bool IsRead(AwaitSlot slot, SemanticModel model, CancellationToken cancel) =>
        (slot.Target is null || IsOwnTarget(slot, model, cancel)) && AsyncIo.Of(model.Compilation).EffectOf(slot.Call, model, cancel) == IoEffect.Read;

    /// <summary>A field or property of the object itself might be read by what the other calls run.</summary>
    private static bool IsOwnTarget(AwaitSlot slot, SemanticModel model, CancellationToken cancel)
    {
        if (slot.Await.Parent is not AssignmentExpressionSyntax assignment)
            return true;

        var owner = assignment.Left is MemberAccessExpressionSyntax member ? member.Expression : assignment.Left;
        return model.GetSymbolInfo(owner, cancel).Symbol is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None };
    }

    private static bool IsIndependent(AwaitSlot slot, List<AwaitSlot> earlier, SemanticModel model, CancellationToken cancel)
    {
        foreach (var other in earlier)
        {
            // The same call twice waits for something to change.
            if ((other.Target is { } target && (slot.Uses(target) || (slot.Target == target && slot.Result == other.Result))) || SyntaxFactory.AreEquivalent(slot.Call, other.Call))
                return false;

            if (other.Await.Parent is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax set } && MayRead(slot.Call, set, model, cancel))
                return false;
        }

        return !HasAwait(slot);
    }

    /// <summary>Whether the call may read, by another name of the object or through one that has it, the member that is set before.</summary>
    private static bool MayRead(InvocationExpressionSyntax call, MemberAccessExpressionSyntax set, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in call.DescendantNodes())
        {
            if (node is MemberAccessExpressionSyntax read && read.Name.Identifier.ValueText == set.Name.Identifier.ValueText)
                return true;

            if (node is ArgumentSyntax given && model.GetTypeInfo(given.Expression, cancel).Type is { IsReferenceType: true, SpecialType: SpecialType.None } type
                && model.GetTypeInfo(set.Expression, cancel).Type is { } changed && (HeldTypes.IsOrCollects(type, changed) || HeldTypes.Holds(type, changed)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAwait(AwaitSlot slot)
    {
        foreach (var node in slot.Call.DescendantNodes())
        {
            if (node is AwaitExpressionSyntax)
                return true;
        }

        return false;
    }

    private static SyntaxList<StatementSyntax>? Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => null,
    };
}
