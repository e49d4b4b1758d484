using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Writes <c>await</c> expressions.</summary>
internal static class Awaits
{
    private static readonly ConditionalWeakTable<SyntaxNode, object> s_types = new();
    private static readonly ConditionalWeakTable<Compilation, object> s_projects = new();

    /// <summary>
    /// <c>await</c> of <paramref name="awaitable"/> in the place of <paramref name="original"/>, a node of the
    /// original tree: with its comments, and in parentheses where something is done with the value.
    /// </summary>
    public static ExpressionSyntax Of(ExpressionSyntax awaitable, ExpressionSyntax original, SemanticModel? model = null)
    {
        var operand = IsOperand(awaitable) ? awaitable.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(awaitable.WithoutTrivia());
        if (ConfiguresAwaits(original, model) && !IsConfigurable(operand))
        {
            operand = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, operand, SyntaxFactory.IdentifierName("ConfigureAwait")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression)))));
        }

        ExpressionSyntax waiting = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand);
        if (NeedsParentheses(original))
            waiting = SyntaxFactory.ParenthesizedExpression(waiting);

        return waiting.WithTriviaFrom(original);
    }

    /// <summary>Whether the code says itself on which context it goes on.</summary>
    private static bool IsConfigurable(ExpressionSyntax operand) =>
        operand is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } };

    private static bool IsOperand(ExpressionSyntax expression) => expression is not (BinaryExpressionSyntax or ConditionalExpressionSyntax
        or AssignmentExpressionSyntax or SwitchExpressionSyntax or AnonymousFunctionExpressionSyntax or RangeExpressionSyntax or WithExpressionSyntax
        or ConditionalAccessExpressionSyntax or QueryExpressionSyntax or IsPatternExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax);

    /// <summary>
    /// Whether the code around leaves the caller's context: most awaits of the type say <c>ConfigureAwait(false)</c>, or,
    /// where it has none and <paramref name="model"/> is given, most of the project.
    /// </summary>
    public static bool ConfiguresAwaits(SyntaxNode place, SemanticModel? model = null)
    {
        SyntaxNode? type = null;
        for (var node = place; node is not null; node = node.Parent)
        {
            if (node is TypeDeclarationSyntax)
                type = node;
        }

        if (type is null)
            return false;

        var share = (Share)s_types.GetValue(type, static t => t.DescendantNodes().OfType<AwaitExpressionSyntax>().Aggregate(
            new Share(0, 0), (sum, wait) => new Share(sum.All + 1, sum.Configured + (IsConfigured(wait) ? 1 : 0))));
        if (share.All == 0 && model is not null)
            share = (Share)s_projects.GetValue(model.Compilation, static project => OfProject(project));

        return share.IsMost;
    }

    /// <summary>Counted in the text: to look at every node of a project for this would be dear.</summary>
    private static Share OfProject(Compilation project)
    {
        var (all, configured) = (0, 0);
        foreach (var tree in project.SyntaxTrees)
        {
            var text = tree.GetText().ToString();
            for (var at = text.IndexOf("await ", System.StringComparison.Ordinal); at >= 0; at = text.IndexOf("await ", at + 1, System.StringComparison.Ordinal))
                all++;

            for (var at = text.IndexOf(".ConfigureAwait(false)", System.StringComparison.Ordinal); at >= 0; at = text.IndexOf(".ConfigureAwait(false)", at + 1, System.StringComparison.Ordinal))
                configured++;
        }

        return new Share(all, configured);
    }

    private static bool IsConfigured(AwaitExpressionSyntax wait) => wait.Expression is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
        ArgumentList.Arguments: { Count: 1 } arguments,
    } && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression);

    private static bool NeedsParentheses(ExpressionSyntax original) => original.Parent switch
    {
        MemberAccessExpressionSyntax member => member.Expression == original,
        ElementAccessExpressionSyntax element => element.Expression == original,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression == original,
        InvocationExpressionSyntax call => call.Expression == original,
        PostfixUnaryExpressionSyntax or RangeExpressionSyntax => true,
        WithExpressionSyntax with => with.Expression == original,
        SwitchExpressionSyntax choice => choice.GoverningExpression == original,
        _ => false,
    };

    private sealed record Share(int All, int Configured)
    {
        public bool IsMost => Configured > 0 && Configured * 2 >= All;
    }
}
