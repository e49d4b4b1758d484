using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A loop over items whose body awaits one call for each of them.</summary>
/// <param name="Loop">The <c>foreach</c> or <c>for</c>.</param>
/// <param name="Source">The items.</param>
/// <param name="Item">The name that the body has for the item, or for its index.</param>
/// <param name="Await">The only await of the body.</param>
/// <param name="Call">The call that it waits for.</param>
/// <param name="Name">The called method's name.</param>
internal sealed record ItemLoop(StatementSyntax Loop, ExpressionSyntax Source, string Item, AwaitExpressionSyntax Await, InvocationExpressionSyntax Call, SimpleNameSyntax Name)
{
    public StatementSyntax Body => Loop is ForEachStatementSyntax each ? each.Statement : ((ForStatementSyntax)Loop).Statement;

    /// <summary>The loop around an await, as far as the text tells; null where the await is not the only one, or some item may end the loop.</summary>
    public static ItemLoop? Around(AwaitExpressionSyntax waited)
    {
        if (AwaitedCalls.Of(waited) is not { } call || Calls.NameOf(call) is not { } name || !ReadNames.MayBe(name.Identifier.ValueText))
            return null;

        var loop = LoopAround(waited) switch
        {
            ForEachStatementSyntax { AwaitKeyword.RawKind: 0 } each => new ItemLoop(each, each.Expression, each.Identifier.ValueText, waited, call, name),
            ForStatementSyntax counted when SourceOf(counted) is { } source => new ItemLoop(counted, source, counted.Declaration!.Variables[0].Identifier.ValueText, waited, call, name),
            _ => null,
        };
        return loop is not null && !loop.IsBatch && loop.HasNoOtherWay() ? loop : null;
    }

    /// <summary>Whether each item's call is proven to be a read that depends on no earlier item, and the rest of the body only stores what it gives.</summary>
    public bool IsIndependent(SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        // The call is the only thing that the body waits for.
        if (types.IsOrInherits(model.GetTypeInfo(Source, cancel).Type, "System.Linq.IQueryable") || HoldsBatches(model, types, cancel) || CarriedState.Reaches(this, model, cancel))
            return false;

        return AsyncIo.Of(model.Compilation).EffectOfBody(Body, model, cancel) == IoEffect.Read;
    }

    private static StatementSyntax? LoopAround(AwaitExpressionSyntax waited)
    {
        for (SyntaxNode child = waited, parent = waited.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case ForEachStatementSyntax each:
                    return child == each.Statement ? each : null;
                case ForStatementSyntax counted:
                    return child == counted.Statement ? counted : null;
                case WhileStatementSyntax or DoStatementSyntax or ForEachVariableStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax or UsingStatementSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary><c>items</c> of <c>for (var i = 0; i &lt; items.Count; i++)</c>, where the body reads <c>items[i]</c>.</summary>
    private static ExpressionSyntax? SourceOf(ForStatementSyntax loop)
    {
        if (loop is not { Declaration.Variables: { Count: 1 } variables, Incrementors: { Count: 1 } incrementors, Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax left, Right: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" } size } }
            || variables[0] is not { Initializer.Value: LiteralExpressionSyntax { Token.Value: 0 } } counter || left.Identifier.ValueText != counter.Identifier.ValueText
            || !incrementors[0].RawKind.Equals((int)SyntaxKind.PostIncrementExpression) && !incrementors[0].IsKind(SyntaxKind.PreIncrementExpression))
        {
            return null;
        }

        foreach (var node in loop.Statement.DescendantNodes())
        {
            if (node is ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } index } element && index[0].Expression is IdentifierNameSyntax used
                && used.Identifier.ValueText == left.Identifier.ValueText && SyntaxFactory.AreEquivalent(element.Expression, size.Expression))
            {
                return size.Expression;
            }
        }

        return null;
    }

    /// <summary>Whether the code already takes several items at a time, or a page of them.</summary>
    private bool IsBatch => Mentions(Item) || Mentions(Source.ToString());

    private static bool Mentions(string text)
    {
        foreach (var word in new[] { "batch", "chunk", "page", "retr", "attempt", "shard" })
        {
            if (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    private bool HoldsBatches(SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        Loop is ForEachStatementSyntax each && model.GetDeclaredSymbol(each, cancel) is { Type: { SpecialType: not SpecialType.System_String } type } && types.IsOrInherits(type, "System.Collections.IEnumerable");

    /// <summary>No other await, no way out of the loop, no throw: else an item decides about the next.</summary>
    private bool HasNoOtherWay()
    {
        foreach (var node in Body.DescendantNodes())
        {
            switch (node)
            {
                case AwaitExpressionSyntax when node != Await:
                case BreakStatementSyntax when node.FirstAncestorOrSelf<SyntaxNode>(n => n is SwitchSectionSyntax || n == Loop) == Loop:
                case ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax:
                case CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                    return false;
            }
        }

        return true;
    }
}
