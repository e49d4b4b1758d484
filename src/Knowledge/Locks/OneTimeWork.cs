using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Locks;

/// <summary>
/// Code that runs once in the life of an object or a process: it fills a private field that is empty, and
/// nothing ever empties the field again. Whoever comes later finds it filled.
/// </summary>
internal static class OneTimeWork
{
    /// <summary>Whether <paramref name="node"/> is such code.</summary>
    public static bool Contains(SyntaxNode node, SemanticModel model, CancellationToken cancel)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } fill when child == fill.Right && IsFilledOnce(FieldOf(fill.Left, model, cancel), fill, cancel):
                case AssignmentExpressionSyntax { Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either } set when child == either
                        && FieldOf(either.Left, model, cancel) is { } same && SymbolEqualityComparer.Default.Equals(same, FieldOf(set.Left, model, cancel)) && IsFilledOnce(same, set, cancel):
                case IfStatementSyntax branch when child == branch.Statement && FieldEmptyIf(branch.Condition, true, model, cancel) is { } tested && IsFilledIn(tested, child, model, cancel) && IsFilledOnce(tested, branch, cancel):
                case BlockSyntax block when IsAfterExit(block, child, model, cancel):
                    return true;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary><c>if (_loaded) return; … _loaded = true;</c></summary>
    private static bool IsAfterExit(BlockSyntax block, SyntaxNode child, SemanticModel model, CancellationToken cancel)
    {
        foreach (var statement in block.Statements)
        {
            if (statement == child)
                return false;

            if (statement is IfStatementSyntax { Else: null } exit && Leaves(exit.Statement) && FieldEmptyIf(exit.Condition, false, model, cancel) is { } tested)
                return IsFilledIn(tested, block, model, cancel) && IsFilledOnce(tested, block, cancel);
        }

        return false;
    }

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        ReturnStatementSyntax => true,
        _ => false,
    };

    /// <summary>The private field that is empty when the condition has this value: null, false or zero.</summary>
    private static IFieldSymbol? FieldEmptyIf(ExpressionSyntax condition, bool value, SemanticModel model, CancellationToken cancel) => condition switch
    {
        ParenthesizedExpressionSyntax inner => FieldEmptyIf(inner.Expression, value, model, cancel),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => FieldEmptyIf(not.Operand, !value, model, cancel),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equals => value ? FieldBeside(equals, model, cancel) : null,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } differs => value ? null : FieldBeside(differs, model, cancel),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when value => FieldEmptyIf(both.Left, true, model, cancel) ?? FieldEmptyIf(both.Right, true, model, cancel),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when !value => FieldEmptyIf(either.Left, false, model, cancel) ?? FieldEmptyIf(either.Right, false, model, cancel),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } isNull => value ? FieldOf(isNull.Expression, model, cancel) : null,
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } or RecursivePatternSyntax } isSet =>
            value ? null : FieldOf(isSet.Expression, model, cancel),
        _ when value => null,
        _ => FieldOf(condition, model, cancel) is { Type.SpecialType: SpecialType.System_Boolean } flag ? flag : null,
    };

    private static IFieldSymbol? FieldBeside(BinaryExpressionSyntax comparison, SemanticModel model, CancellationToken cancel)
    {
        static bool IsEmpty(ExpressionSyntax value) => value.RawKind is (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression or (int)SyntaxKind.FalseLiteralExpression || value.ToString() == "0";

        return IsEmpty(comparison.Right) ? FieldOf(comparison.Left, model, cancel) : IsEmpty(comparison.Left) ? FieldOf(comparison.Right, model, cancel) : null;
    }

    /// <summary>The private field that an expression reads: by its name, or through <c>Volatile.Read(ref …)</c>.</summary>
    private static IFieldSymbol? FieldOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Read", Expression: var home }, ArgumentList.Arguments: { Count: 1 } read } when home.ToString().EndsWith("Volatile", System.StringComparison.Ordinal) =>
            FieldOf(read[0].Expression, model, cancel),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => model.GetSymbolInfo(expression, cancel).Symbol switch
        {
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field => field,
            IFieldSymbol { ContainingType.DeclaredAccessibility: Accessibility.Private } field => field,
            _ => null,
        },
        PostfixUnaryExpressionSyntax forgiving => FieldOf(forgiving.Operand, model, cancel),
        _ => null,
    };

    private static bool IsFilledIn(IFieldSymbol field, SyntaxNode code, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && IsWritten(name) && !IsEmptied(name)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, field))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all writes of the field are here, in constructors or in other code that first asks whether it is empty.</summary>
    private static bool IsFilledOnce(IFieldSymbol? field, SyntaxNode here, CancellationToken cancel)
    {
        if (field is null)
            return false;

        cancel.ThrowIfCancellationRequested();
        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax(cancel).DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && IsWritten(name)
                    && !IsIn(name, here) && name.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null)
                {
                    return false;
                }

                if (node is IdentifierNameSyntax inside && inside.Identifier.ValueText == field.Name && IsIn(inside, here) && IsWritten(inside) && IsEmptied(inside))
                    return false;
            }
        }

        return true;
    }

    private static bool IsIn(SyntaxNode node, SyntaxNode code) => node.SyntaxTree == code.SyntaxTree && code.Span.Contains(node.Span);

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } => true,
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Read" } },
            _ => false,
        };
    }

    private static bool IsEmptied(IdentifierNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return whole.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression or (int)SyntaxKind.FalseLiteralExpression };
    }
}
