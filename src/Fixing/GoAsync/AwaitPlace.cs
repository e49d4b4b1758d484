using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Whether an <c>await</c> can stand at a place, given that the function around it is async.</summary>
internal static class AwaitPlace
{
    // `await` next to a ref struct or a ref local is an error up to C# 12, and from then on only where they live across it.
    private const int CSharp13 = 1300;

    /// <summary>Why it cannot; null where it can.</summary>
    public static string? Blocker(SyntaxNode node, AsyncFunction function, HashSet<SyntaxNode> freed, CancellationToken cancel)
    {
        if (!Functions.CanAwaitAt(node, freed))
            return "await is not allowed here";

        var model = function.Source.Model;
        if (ExpressionTrees.Contain(node, model, function.Source.Types, cancel))
            return "expression tree";

        if (IsInConditionalAccess(node))
            return "conditional access";

        return RefLikeInHand(node, model, cancel)
            || (function.Body is { } body && RefLikeLivesAcross(node, body, model, (int)function.Source.Language >= CSharp13, cancel)) ? "a span lives across it" : null;
    }

    /// <summary>Whether the node is the part after <c>?.</c>, whose value may not exist; an argument within that part is a place of its own.</summary>
    public static bool IsInConditionalAccess(SyntaxNode node)
    {
        var current = node;
        while (true)
        {
            switch (current)
            {
                case InvocationExpressionSyntax call:
                    current = call.Expression;
                    break;
                case MemberAccessExpressionSyntax member:
                    current = member.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    current = element.Expression;
                    break;
                case PostfixUnaryExpressionSyntax postfix:
                    current = postfix.Operand;
                    break;
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                    return true;
                default:
                    return false;
            }
        }
    }

    private static bool RefLikeLivesAcross(SyntaxNode node, SyntaxNode body, SemanticModel model, bool onlyAcross, CancellationToken cancel)
    {
        foreach (var inner in body.DescendantNodes(n => n == body || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            var lives = inner switch
            {
                VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } variable =>
                    declaration.Type is RefTypeSyntax || (MayBeRefLike(declaration.Type) && model.GetDeclaredSymbol(variable, cancel) is ILocalSymbol { Type.IsRefLikeType: true }),
                SingleVariableDesignationSyntax designation => model.GetDeclaredSymbol(designation, cancel) is ILocalSymbol { Type.IsRefLikeType: true },
                ForEachStatementSyntax loop => loop.Type is RefTypeSyntax || model.GetTypeInfo(loop.Expression, cancel).Type is { IsRefLikeType: true }
                    || model.GetForEachStatementInfo(loop).GetEnumeratorMethod?.ReturnType is { IsRefLikeType: true },
                _ => false,
            };
            if (lives && (!onlyAcross || ScopeOf(inner).Span.Contains(node.Span)))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the expression around has a span or a reference in hand when it comes to the node: the compiler cannot
    /// keep one while it waits, and says so only when it generates code. What an earlier call took is used up.
    /// </summary>
    private static bool RefLikeInHand(SyntaxNode node, SemanticModel model, CancellationToken cancel)
    {
        for (SyntaxNode child = node, parent = node.Parent!; IsPartOfExpression(parent); child = parent, parent = parent.Parent!)
        {
            foreach (var sibling in parent.ChildNodes())
            {
                if (sibling.SpanStart >= child.SpanStart)
                    break;

                for (var held = ValueOf(sibling); held is not null; held = ReceiverOf(held))
                {
                    if (IsRefLike(held, model, cancel))
                        return true;
                }
            }
        }

        return false;
    }

    private static bool IsPartOfExpression(SyntaxNode node) => node is (ExpressionSyntax and not AnonymousFunctionExpressionSyntax) or ArgumentSyntax or BaseArgumentListSyntax
        or InterpolationSyntax;

    private static ExpressionSyntax? ValueOf(SyntaxNode sibling) => sibling switch
    {
        ExpressionSyntax expression => expression,
        ArgumentSyntax argument => argument.Expression,
        InterpolationSyntax interpolation => interpolation.Expression,
        _ => null,
    };

    /// <summary>What a value is a part of.</summary>
    private static ExpressionSyntax? ReceiverOf(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax member => member.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        _ => null,
    };

    private static bool IsRefLike(ExpressionSyntax value, SemanticModel model, CancellationToken cancel)
    {
        var type = model.GetTypeInfo(value, cancel);
        return type.Type is { IsRefLikeType: true } || type.ConvertedType is { IsRefLikeType: true }
            || (value is InvocationExpressionSyntax or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax && ReturnsByRef(model.GetSymbolInfo(value, cancel).Symbol));
    }

    private static bool ReturnsByRef(ISymbol? symbol) => symbol is IMethodSymbol { ReturnsByRef: true } or IMethodSymbol { ReturnsByRefReadonly: true }
        or IPropertySymbol { ReturnsByRef: true } or IPropertySymbol { ReturnsByRefReadonly: true };

    /// <summary>Types written as a keyword or with a predefined name never are ref structs; asking the model is dear.</summary>
    private static bool MayBeRefLike(TypeSyntax type) => type is not (PredefinedTypeSyntax or ArrayTypeSyntax or NullableTypeSyntax);

    private static SyntaxNode ScopeOf(SyntaxNode declaration)
    {
        if (declaration is ForEachStatementSyntax)
            return declaration;

        foreach (var ancestor in declaration.Ancestors())
        {
            if (ancestor is BlockSyntax or SwitchSectionSyntax or ForStatementSyntax or UsingStatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax)
                return ancestor;
        }

        return declaration;
    }
}
