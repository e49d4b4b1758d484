using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What one round of a loop leaves for the next.</summary>
internal static class CarriedState
{
    /// <summary>Whether the awaited call, or what decides whether it is made, may depend on an earlier item, or does not depend on the item at all.</summary>
    public static bool Reaches(ItemLoop loop, SemanticModel model, CancellationToken cancel)
    {
        var (declared, changed) = (new HashSet<string> { loop.Item }, new HashSet<string>());
        foreach (var node in loop.Body.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax variable:
                    declared.Add(variable.Identifier.ValueText);
                    break;
                case SingleVariableDesignationSyntax variable:
                    declared.Add(variable.Identifier.ValueText);
                    break;
                case ForEachStatementSyntax inner:
                    declared.Add(inner.Identifier.ValueText);
                    break;
                case AssignmentExpressionSyntax assignment:
                    AddRoots(assignment.Left, changed);
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } change:
                    AddRoots(change.Operand, changed);
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } change:
                    AddRoots(change.Operand, changed);
                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } given:
                    AddRoots(given.Expression, changed);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call when call != loop.Call && !LogCalls.AreNamed(member.Name.Identifier.ValueText) && call.Parent is ExpressionStatementSyntax or PrefixUnaryExpressionSyntax or IfStatementSyntax:
                    AddRoots(member.Expression, changed);
                    break;
            }
        }

        changed.ExceptWith(declared);
        return !Names(loop.Call, declared) || Names(loop.Call, changed) || (changed.Count > 0 && IsDecidedBy(loop, changed)) || ReadsOfOther(loop, model, cancel);
    }

    /// <summary>Whether the call may read what the body sets in another item: <c>node.Path = await LoadAsync(node.Parent.Path)</c>.</summary>
    private static bool ReadsOfOther(ItemLoop loop, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in loop.Body.DescendantNodes())
        {
            if (node is not AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax set })
                continue;

            var isOfItem = IsItem(set.Expression, loop);
            foreach (var read in loop.Call.DescendantNodes())
            {
                if (read is MemberAccessExpressionSyntax member && member.Name.Identifier.ValueText == set.Name.Identifier.ValueText && !(isOfItem && IsItem(member.Expression, loop)))
                    return true;

                if (read is ArgumentSyntax given && IsItem(given.Expression, loop) && (!isOfItem || (model.GetTypeInfo(given.Expression, cancel).Type is { } type && HeldTypes.Holds(type, type))))
                    return true;
            }
        }

        return false;
    }

    private static bool IsItem(ExpressionSyntax expression, ItemLoop loop) => expression is IdentifierNameSyntax name && name.Identifier.ValueText == loop.Item;

    /// <summary>What runs before the call in the same round decides whether and how it is made.</summary>
    private static bool IsDecidedBy(ItemLoop loop, HashSet<string> changed)
    {
        var statement = loop.Await.FirstAncestorOrSelf<StatementSyntax>()!;
        for (SyntaxNode child = loop.Await; child != statement; child = child.Parent!)
        {
            var condition = child.Parent switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } set => set.Left,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } choice => choice.Left,
                ConditionalExpressionSyntax choice => choice.Condition,
                _ => null,
            };
            if (condition is not null && condition != child && Names(condition, changed))
                return true;
        }

        for (SyntaxNode child = statement; child != loop.Loop; child = child.Parent!)
        {
            foreach (var sibling in child.Parent!.ChildNodes())
            {
                if (sibling.Span.End <= child.SpanStart && sibling != loop.Source && child.Parent != loop.Loop && Names(sibling, changed))
                    return true;
            }
        }

        return false;
    }

    private static void AddRoots(ExpressionSyntax target, HashSet<string> names)
    {
        switch (target)
        {
            case IdentifierNameSyntax name:
                names.Add(name.Identifier.ValueText);
                break;
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member:
                names.Add(member.Name.Identifier.ValueText);
                break;
            case MemberAccessExpressionSyntax member:
                AddRoots(member.Expression, names);
                break;
            case ElementAccessExpressionSyntax element:
                AddRoots(element.Expression, names);
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called }:
                AddRoots(called.Expression, names);
                break;
            case ParenthesizedExpressionSyntax inner:
                AddRoots(inner.Expression, names);
                break;
            case PostfixUnaryExpressionSyntax forgiven:
                AddRoots(forgiven.Operand, names);
                break;
            case TupleExpressionSyntax tuple:
                foreach (var element in tuple.Arguments)
                    AddRoots(element.Expression, names);

                break;
        }
    }

    private static bool Names(SyntaxNode code, HashSet<string> names) => VariableUses.Are(code, names.Contains);
}
