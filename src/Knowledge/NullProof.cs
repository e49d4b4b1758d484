using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Proves that an expression is not null right before a piece of code runs.</summary>
internal sealed class NullProof(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    /// <summary>
    /// Whether <paramref name="expression"/>, which stands in <paramref name="code"/>, cannot be null when the code begins: by its
    /// type, by the nullable annotations, by what it is made of, or because it was used or tested before.
    /// </summary>
    public bool IsNotNullBefore(ExpressionSyntax expression, SyntaxNode code)
    {
        switch (expression)
        {
            case ThisExpressionSyntax or BaseExpressionSyntax or PredefinedTypeSyntax:
                return true;
            case ParenthesizedExpressionSyntax inner:
                return IsNotNullBefore(inner.Expression, code);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return IsNotNullBefore(suppressed.Operand, code);
        }

        var symbol = model.GetSymbolInfo(expression, cancel).Symbol;
        if (symbol is INamespaceOrTypeSymbol || model.GetTypeInfo(expression, cancel).Type is { IsValueType: true })
            return true;

        // The owner is read too.
        if (expression is MemberAccessExpressionSyntax member && !IsNotNullBefore(member.Expression, code))
            return false;

        if (IsMade(expression) || (symbol is ILocalSymbol or IFieldSymbol { IsReadOnly: true } && IsMadeOnce(symbol)))
            return true;

        var nullability = model.GetTypeInfo(expression, cancel).Nullability;
        return (nullability.FlowState == NullableFlowState.NotNull && (model.GetNullableContext(expression.SpanStart) & NullableContext.WarningsEnabled) != 0 && !IsTestedIn(expression, code))
            || new EarlierUses(model, cancel).Prove(expression, code, IsMade);
    }

    /// <summary>Whether the code compares the expression with null, so that it may be null when the code begins.</summary>
    public bool IsTestedIn(ExpressionSyntax expression, SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is ExpressionSyntax part && SyntaxFactory.AreEquivalent(part, expression) && part.Parent switch
            {
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison =>
                    comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) || comparison.Right.IsKind(SyntaxKind.NullLiteralExpression),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or IsPatternExpressionSyntax => true,
                ConditionalAccessExpressionSyntax conditional => conditional.Expression == part,
                ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => Calls.NameOf(call)?.Identifier.ValueText.StartsWith("IsNull", System.StringComparison.Ordinal) == true,
                _ => false,
            })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMadeOnce(ISymbol variable) => variable.DeclaringSyntaxReferences is { Length: 1 } references
        && references[0].GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator && value.SyntaxTree == model.SyntaxTree && IsMade(value)
        && (variable is IFieldSymbol || !IsAssignedAgain(variable, declarator));

    private bool IsAssignedAgain(ISymbol local, VariableDeclaratorSyntax declarator)
    {
        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? declarator.SyntaxTree.GetRoot(cancel);
        foreach (var node in scope.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment && left.Identifier.ValueText == local.Name && !IsMade(assignment.Right))
                return true;
        }

        return false;
    }

    /// <summary>A creation, or a call whose framework says that it never returns null.</summary>
    private bool IsMade(ExpressionSyntax value)
    {
        switch (value)
        {
            case BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or InitializerExpressionSyntax or { RawKind: NewSyntax.CollectionExpression }:
                return true;
            case ParenthesizedExpressionSyntax inner:
                return IsMade(inner.Expression);
            case CastExpressionSyntax cast:
                return IsMade(cast.Expression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return IsMade(choice.Right);
            case ConditionalExpressionSyntax choice:
                return IsMade(choice.WhenTrue) && IsMade(choice.WhenFalse);
            case AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured } }:
                return configured.Expression is InvocationExpressionSyntax inside && GivesNotNull(inside, isAwaited: true);
            case AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited }:
                return GivesNotNull(awaited, isAwaited: true);
            case InvocationExpressionSyntax call:
                return GivesNotNull(call, isAwaited: false);
            default:
                return false;
        }
    }

    private bool GivesNotNull(InvocationExpressionSyntax call, bool isAwaited)
    {
        if (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol { OriginalDefinition: var method })
            return false;

        var type = isAwaited ? method.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } results } && Functions.IsTask(method.ReturnType, types) ? results[0] : null : method.ReturnType;
        return type is { NullableAnnotation: NullableAnnotation.NotAnnotated } and not ITypeParameterSymbol;
    }
}
