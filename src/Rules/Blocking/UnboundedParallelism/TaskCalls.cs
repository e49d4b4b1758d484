using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>How a call is written.</summary>
internal static class TaskCalls
{
    /// <summary><c>Parallel.ForEach</c> of a static call, <c>AsParallel</c> of one on a sequence: what a person would point at.</summary>
    public static ExpressionSyntax NameIn(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax, Name.Identifier.ValueText: not "AsParallel" } member => member,
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        var name => name,
    };

    /// <summary>The expression as far as parentheses, casts and <c>!</c> go around it.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            expression = (ExpressionSyntax)expression.Parent;

        return expression;
    }

    /// <summary>The call of the member that is called on <paramref name="receiver"/>: <c>x.M()</c>; null where none is.</summary>
    public static InvocationExpressionSyntax? NextCall(ExpressionSyntax receiver) => receiver.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member when member.Expression == receiver && call.Expression == member => call,
        _ => null,
    };

    /// <summary>The body around a place within which its locals are seen: that of the member, or the file of top-level statements.</summary>
    public static SyntaxNode MemberAround(SyntaxNode place) =>
        place.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? place.SyntaxTree.GetRoot();
}
