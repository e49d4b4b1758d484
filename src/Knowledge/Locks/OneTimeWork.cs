using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Locks;

/// <summary>
/// Code that runs once in the life of an object or a process: it fills a private field or property that is empty, and
/// nothing ever empties it again. Whoever comes later finds it filled.
/// </summary>
internal static class OneTimeWork
{
    // A property that calls a loader that calls a reader.
    private const int Depth = 3;

    /// <summary>Whether <paramref name="node"/> is such code, or stands in a private method that only such code calls.</summary>
    public static bool Contains(SyntaxNode node, SemanticModel model, CancellationToken cancel) => Contains(node, model, Depth, cancel);

    private static bool Contains(SyntaxNode node, SemanticModel model, int depth, CancellationToken cancel)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } fill when child == fill.Right && IsFilledOnce(StateOf(fill.Left, model, cancel), fill, model, cancel):
                case AssignmentExpressionSyntax { Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either } set when child == either
                        && StateOf(either.Left, model, cancel) is { } same && SymbolEqualityComparer.Default.Equals(same, StateOf(set.Left, model, cancel)) && IsFilledOnce(same, set, model, cancel):
                case IfStatementSyntax branch when child == branch.Statement && EmptyIf(branch.Condition, true, model, cancel).Any(state => IsFilledIn(state, child, model, cancel) && IsFilledOnce(state, child, model, cancel)):
                case BlockSyntax block when IsAfterExit(block, child, model, cancel):
                    return true;
                case MethodDeclarationSyntax method:
                    return depth > 0 && IsOnlyCalledOnce(method, model, depth, cancel);
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the method is private and every mention of it in its type is a call by one-time code.</summary>
    private static bool IsOnlyCalledOnce(MethodDeclarationSyntax method, SemanticModel model, int depth, CancellationToken cancel)
    {
        if (model.GetDeclaredSymbol(method, cancel) is not { DeclaredAccessibility: Accessibility.Private, ExplicitInterfaceImplementations.IsEmpty: true } symbol)
            return false;

        var any = false;
        foreach (var name in NamesIn(symbol.ContainingType, symbol.Name, cancel))
        {
            if (name.SyntaxTree == method.SyntaxTree && method.Span.Contains(name.Span))
                continue;

            var whole = Whole(name);
            if (whole.Parent is not InvocationExpressionSyntax call || call.Expression != whole || !Contains(call, SemanticModels.Of(name.SyntaxTree, model), depth - 1, cancel))
                return false;

            any = true;
        }

        return any;
    }

    /// <summary><c>if (_loaded) return; … _loaded = true;</c></summary>
    private static bool IsAfterExit(BlockSyntax block, SyntaxNode child, SemanticModel model, CancellationToken cancel)
    {
        foreach (var statement in block.Statements)
        {
            if (statement == child)
                return false;

            if (statement is IfStatementSyntax { Else: null } exit && Leaves(exit.Statement)
                && EmptyIf(exit.Condition, false, model, cancel).Any(state => IsFilledIn(state, block, model, cancel) && IsFilledOnce(state, block, model, cancel)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        ReturnStatementSyntax => true,
        _ => false,
    };

    /// <summary>The fields that are empty (null, false or zero) when the condition has this value.</summary>
    private static IEnumerable<ISymbol> EmptyIf(ExpressionSyntax condition, bool value, SemanticModel model, CancellationToken cancel)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax inner:
                return EmptyIf(inner.Expression, value, model, cancel);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return EmptyIf(not.Operand, !value, model, cancel);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when value:
                return EmptyIf(both.Left, true, model, cancel).Concat(EmptyIf(both.Right, true, model, cancel));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when !value:
                return EmptyIf(either.Left, false, model, cancel).Concat(EmptyIf(either.Right, false, model, cancel));
        }

        return Tested(condition, value, model, cancel) is { } state ? [state] : [];
    }

    private static ISymbol? Tested(ExpressionSyntax condition, bool value, SemanticModel model, CancellationToken cancel) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equals => value ? Beside(equals, model, cancel) : null,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } differs => value ? null : Beside(differs, model, cancel),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } isNull => value ? StateOf(isNull.Expression, model, cancel) : null,
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } or RecursivePatternSyntax } isSet =>
            value ? null : StateOf(isSet.Expression, model, cancel),
        _ => !value && model.GetTypeInfo(condition, cancel).Type is { SpecialType: SpecialType.System_Boolean } ? StateOf(condition, model, cancel) : null,
    };

    private static ISymbol? Beside(BinaryExpressionSyntax comparison, SemanticModel model, CancellationToken cancel) =>
        IsEmpty(comparison.Right) ? StateOf(comparison.Left, model, cancel) : IsEmpty(comparison.Left) ? StateOf(comparison.Right, model, cancel) : null;

    private static bool IsEmpty(ExpressionSyntax value) =>
        value.RawKind is (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression or (int)SyntaxKind.FalseLiteralExpression || value.ToString() == "0";

    /// <summary>The field that an expression reads by its name or through <c>Volatile.Read(ref …)</c>, or the property; null where others than its type can write it.</summary>
    private static ISymbol? StateOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Read", Expression: var home }, ArgumentList.Arguments: { Count: 1 } read } when home.ToString().EndsWith("Volatile", System.StringComparison.Ordinal) =>
            StateOf(read[0].Expression, model, cancel),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => model.GetSymbolInfo(expression, cancel).Symbol switch
        {
            IFieldSymbol field when IsOwn(field) || IsOwn(field.ContainingType) => field,
            IPropertySymbol { DeclaringSyntaxReferences.IsEmpty: false } property when property.SetMethod is not { } setter || IsOwn(setter) || IsOwn(property) => property,
            _ => null,
        },
        PostfixUnaryExpressionSyntax forgiving => StateOf(forgiving.Operand, model, cancel),
        _ => null,
    };

    private static bool IsOwn(ISymbol symbol) => symbol.DeclaredAccessibility == Accessibility.Private;

    private static bool IsFilledIn(ISymbol state, SyntaxNode code, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == state.Name && IsWritten(name) && !(ValueFor(name) is { } value && IsEmpty(value))
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, state))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether no code but <paramref name="here"/> and constructors writes it, or only what is surely not empty.</summary>
    private static bool IsFilledOnce(ISymbol? state, SyntaxNode here, SemanticModel model, CancellationToken cancel)
    {
        if (state is null)
            return false;

        foreach (var name in NamesIn(state.ContainingType, state.Name, cancel))
        {
            if (!IsWritten(name) || name.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null)
                continue;

            var value = ValueFor(name);
            if (name.SyntaxTree == here.SyntaxTree && here.Span.Contains(name.Span) ? value is not null && IsEmpty(value) : value is null || !IsFull(value, SemanticModels.Of(name.SyntaxTree, model), cancel))
                return false;
        }

        return true;
    }

    private static bool IsFull(ExpressionSyntax value, SemanticModel model, CancellationToken cancel) => value switch
    {
        BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax => true,
        LiteralExpressionSyntax literal => !IsEmpty(literal),
        _ => model.GetTypeInfo(value, cancel) is { Type: { IsReferenceType: true }, Nullability.FlowState: NullableFlowState.NotNull } or { Type: null, ConvertedType.IsReferenceType: true, ConvertedNullability.FlowState: NullableFlowState.NotNull },
    };

    private static IEnumerable<IdentifierNameSyntax> NamesIn(INamedTypeSymbol type, string name, CancellationToken cancel) =>
        type.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(cancel).DescendantNodes()).OfType<IdentifierNameSyntax>().Where(mention => mention.Identifier.ValueText == name);

    private static SyntaxNode Whole(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;

    private static bool IsWritten(IdentifierNameSyntax name) => Whole(name) is var whole && whole.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == whole,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
            or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } => true,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Read" } },
        _ => false,
    };

    /// <summary>What a write gives the field; null where that is not written there.</summary>
    private static ExpressionSyntax? ValueFor(IdentifierNameSyntax name) => Whole(name).Parent switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment => assignment.Right,
        ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: { Count: 2 } arguments, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Write" } } } } => arguments[1].Expression,
        _ => null,
    };
}
