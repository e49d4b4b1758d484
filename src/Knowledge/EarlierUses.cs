using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Statements before a piece of code that would have thrown, left or not led there if an expression were null.</summary>
internal sealed class EarlierUses(SemanticModel model, CancellationToken cancel)
{
    /// <summary>Whether such a statement stands on every path to <paramref name="code"/>, and no later one sets the expression to something that is not <paramref name="isMade"/>.</summary>
    public bool Prove(ExpressionSyntax expression, SyntaxNode code, Func<ExpressionSyntax, bool> isMade)
    {
        if (code is CommonForEachStatementSyntax each && IsUsed(expression, each.Expression))
            return true;

        for (SyntaxNode child = code, parent = code.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return false;
                case IfStatementSyntax branch when child == branch.Statement && Implies(branch.Condition, expression):
                case WhileStatementSyntax loop when child == loop.Statement && Implies(loop.Condition, expression):
                case CommonForEachStatementSyntax outer when child == outer.Statement && IsUsed(expression, outer.Expression):
                    return true;
            }

            if (child is not StatementSyntax statement || (parent as BlockSyntax)?.Statements is not { } statements)
                continue;

            for (var before = statements.IndexOf(statement) - 1; before >= 0; before--)
            {
                if (Sets(statements[before], expression) is { } value)
                    return isMade(value);

                if (IsAssignedIn(statements[before], expression))
                    return false;

                if (Proves(statements[before], expression))
                    return true;
            }
        }

        return false;
    }

    private bool Proves(StatementSyntax statement, ExpressionSyntax expression) => statement switch
    {
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when IsGuard(call, expression) => true,
        ExpressionStatementSyntax simple => IsUsed(expression, simple.Expression),
        LocalDeclarationStatementSyntax local => local.Declaration.Variables is { Count: 1 } variables && variables[0].Initializer is { } value && IsUsed(expression, value.Value),
        IfStatementSyntax { Else: null } guard when IsNullTest(guard.Condition, expression) && Leaves(guard.Statement) => true,
        IfStatementSyntax branch => IsUsed(expression, branch.Condition),
        CommonForEachStatementSyntax each => IsUsed(expression, each.Expression),
        ForStatementSyntax { Condition: { } condition } => IsUsed(expression, condition),
        WhileStatementSyntax loop => IsUsed(expression, loop.Condition),
        _ => false,
    };

    /// <summary>Whether evaluating <paramref name="code"/> always takes a member of the expression, walks it, or throws when it is null.</summary>
    private bool IsUsed(ExpressionSyntax expression, ExpressionSyntax code)
    {
        foreach (var node in code.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax))
        {
            if (node is not ExpressionSyntax part || !SyntaxFactory.AreEquivalent(part, expression) || IsConditional(part, code))
                continue;

            switch (part.Parent)
            {
                // An extension method takes null without a word, except those of LINQ.
                case MemberAccessExpressionSyntax member when member.Expression == part:
                    if (model.GetSymbolInfo(member, cancel).Symbol is not IMethodSymbol { ReducedFrom: { } extension } || extension.ContainingType is { Name: "Enumerable" })
                        return true;

                    break;
                case ElementAccessExpressionSyntax element when element.Expression == part:
                case CommonForEachStatementSyntax:
                    return true;
            }
        }

        return code.Parent is CommonForEachStatementSyntax && SyntaxFactory.AreEquivalent(code, expression);
    }

    /// <summary>Whether the condition is only true when the expression is not null.</summary>
    private bool Implies(ExpressionSyntax condition, ExpressionSyntax expression) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Implies(inner.Expression, expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => Implies(both.Left, expression) || Implies(both.Right, expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } test when test.Right.IsKind(SyntaxKind.NullLiteralExpression) => SyntaxFactory.AreEquivalent(test.Left, expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.EqualsExpression, Left: ConditionalAccessExpressionSyntax conditional } test
            when !test.Right.IsKind(SyntaxKind.NullLiteralExpression) => SyntaxFactory.AreEquivalent(conditional.Expression, expression),
        IsPatternExpressionSyntax { Pattern: RecursivePatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } } test =>
            SyntaxFactory.AreEquivalent(test.Expression, expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => IsNullTest(not.Operand, expression),
        _ => IsUsed(expression, condition),
    };

    /// <summary>Whether the condition is true whenever the expression is null.</summary>
    private static bool IsNullTest(ExpressionSyntax condition, ExpressionSyntax expression) => condition switch
    {
        ParenthesizedExpressionSyntax inner => IsNullTest(inner.Expression, expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either => IsNullTest(either.Left, expression) || IsNullTest(either.Right, expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } test => test.Right.IsKind(SyntaxKind.NullLiteralExpression) && SyntaxFactory.AreEquivalent(test.Left, expression),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } test => SyntaxFactory.AreEquivalent(test.Expression, expression),
        _ => false,
    };

    private static bool IsGuard(InvocationExpressionSyntax call, ExpressionSyntax expression) =>
        Calls.NameOf(call)?.Identifier.ValueText is "ThrowIfNull" or "NotNull" or "NotEmpty" or "ThrowIfNullOrEmpty"
        && call.ArgumentList.Arguments.Count > 0 && SyntaxFactory.AreEquivalent(call.ArgumentList.Arguments[0].Expression, expression);

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        YieldStatementSyntax stop => stop.IsKind(SyntaxKind.YieldBreakStatement),
        _ => false,
    };

    private static bool IsConditional(SyntaxNode part, SyntaxNode code)
    {
        for (SyntaxNode child = part, parent = part.Parent!; child != code && parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary when child == binary.Right:
                case ConditionalExpressionSyntax choice when child != choice.Condition:
                case ConditionalAccessExpressionSyntax conditional when child == conditional.WhenNotNull:
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } or SwitchExpressionArmSyntax:
                    return true;
            }
        }

        return false;
    }

    /// <summary>The value that the statement gives the expression, where that is all it does.</summary>
    private static ExpressionSyntax? Sets(StatementSyntax statement, ExpressionSyntax expression) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment }
            when SyntaxFactory.AreEquivalent(assignment.Left, expression) => assignment.Right,
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when expression is IdentifierNameSyntax name
            && variables[0].Identifier.ValueText == name.Identifier.ValueText => variables[0].Initializer?.Value,
        _ => null,
    };

    private static bool IsAssignedIn(StatementSyntax statement, ExpressionSyntax expression)
    {
        foreach (var node in statement.DescendantNodes())
        {
            if ((node is AssignmentExpressionSyntax assignment && SyntaxFactory.AreEquivalent(assignment.Left, expression))
                || (node is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument && SyntaxFactory.AreEquivalent(argument.Expression, expression)))
            {
                return true;
            }
        }

        return false;
    }
}
