using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What one round of a loop leaves for the next.</summary>
internal static class CarriedState
{
    /// <summary>Whether the awaited call, or what decides whether it is made, may depend on an earlier item, or does not depend on the item at all.</summary>
    public static bool Reaches(ItemLoop loop)
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
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call when call != loop.Call && call.Parent is ExpressionStatementSyntax or PrefixUnaryExpressionSyntax or IfStatementSyntax:
                    AddRoots(member.Expression, changed);
                    break;
            }
        }

        changed.ExceptWith(declared);
        return !Names(loop.Call, declared) || Names(loop.Call, changed) || (changed.Count > 0 && IsDecidedBy(loop, changed));
    }

    /// <summary>What runs before the call in the same round decides whether and how it is made.</summary>
    private static bool IsDecidedBy(ItemLoop loop, HashSet<string> changed)
    {
        for (SyntaxNode child = loop.Await.FirstAncestorOrSelf<StatementSyntax>()!; child != loop.Loop; child = child.Parent!)
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
