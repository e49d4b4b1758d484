using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>What has the same value in every iteration of a loop, as far as the loop's own code says.</summary>
internal sealed class LoopInvariance(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    /// <summary>
    /// Whether <paramref name="expression"/> names the same object in every iteration of <paramref name="loop"/>: a variable,
    /// field, property or element that the loop neither declares nor assigns, or operators of LINQ over one. A call that makes
    /// a new object each time is not. What other code may do meanwhile is not looked at.
    /// </summary>
    public bool IsUnchanged(ExpressionSyntax expression, SyntaxNode loop)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return IsUnchanged(inner.Expression, loop);
            case CastExpressionSyntax cast:
                return IsUnchanged(cast.Expression, loop);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return IsUnchanged(suppressed.Operand, loop);
            case ThisExpressionSyntax or BaseExpressionSyntax or PredefinedTypeSyntax or LiteralExpressionSyntax:
                return true;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return IsUnchanged(choice.Left, loop) && IsUnchanged(choice.Right, loop);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } conversion:
                return IsUnchanged(conversion.Left, loop);
            case MemberAccessExpressionSyntax member:
                return IsUnchanged(member.Expression, loop) && IsStable(member.Name, loop);
            case SimpleNameSyntax name:
                return IsStable(name, loop);
            case ElementAccessExpressionSyntax element:
                if (!IsUnchanged(element.Expression, loop))
                    return false;

                foreach (var argument in element.ArgumentList.Arguments)
                {
                    if (!IsUnchanged(argument.Expression, loop))
                        return false;
                }

                return !IsElementAssigned(element, loop);
            case InvocationExpressionSyntax call:
                return IsUnchangedQuery(call, loop);
            default:
                return false;
        }
    }

    /// <summary>Whether everything that <paramref name="code"/> names and does not declare itself is unchanged in <paramref name="loop"/>.</summary>
    public bool ReadsOnlyUnchanged(SyntaxNode code, SyntaxNode loop)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is SimpleNameSyntax name && name.Parent is not (MemberBindingExpressionSyntax or NameColonSyntax)
                && !(name.Parent is MemberAccessExpressionSyntax member && member.Name == name)
                && model.GetSymbolInfo(name, cancel).Symbol is { } symbol && !IsDeclaredIn(symbol, code) && !IsStable(name, symbol, loop))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsStable(SimpleNameSyntax name, SyntaxNode loop) => model.GetSymbolInfo(name, cancel).Symbol is { } symbol && IsStable(name, symbol, loop);

    private bool IsStable(SimpleNameSyntax name, ISymbol symbol, SyntaxNode loop) => symbol switch
    {
        INamespaceOrTypeSymbol => true,
        IRangeVariableSymbol => !IsDeclaredIn(symbol, loop),
        ILocalSymbol or IParameterSymbol => !IsDeclaredIn(symbol, loop) && !IsAssigned(symbol, loop),
        IFieldSymbol field => field.IsConst || !IsAssigned(field, loop),
        IPropertySymbol property => !IsAssigned(property, loop) && !MakesNewObjects(property, name),
        IMethodSymbol => name.Parent is InvocationExpressionSyntax || name.Parent?.Parent is InvocationExpressionSyntax,
        _ => false,
    };

    /// <summary>LINQ over an unchanged sequence is the same sequence, unless it is copied anew.</summary>
    private bool IsUnchangedQuery(InvocationExpressionSyntax call, SyntaxNode loop)
    {
        if (Calls.ReceiverOf(call) is not { } receiver || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol { ReducedFrom: not null } method
            || !types.Is(method.ContainingType, "System.Linq.Enumerable") || !DeferredQueries.IsDeferred(method.ReturnType, types) || !IsUnchanged(receiver, loop))
        {
            return false;
        }

        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (!(argument.Expression is AnonymousFunctionExpressionSyntax ? ReadsOnlyUnchanged(argument.Expression, loop) : IsUnchanged(argument.Expression, loop)))
                return false;
        }

        return true;
    }

    /// <summary>A property with code of its own may return another object each time; one that hands out a field does not.</summary>
    private bool MakesNewObjects(IPropertySymbol property, SimpleNameSyntax name)
    {
        if (property.DeclaringSyntaxReferences.IsEmpty)
            return false;

        return property.DeclaringSyntaxReferences[0].GetSyntax(cancel) switch
        {
            PropertyDeclarationSyntax { ExpressionBody.Expression: var returned } => !IsVariable(returned),
            PropertyDeclarationSyntax { AccessorList: { } accessors } => HasGetterBody(accessors),
            ParameterSyntax => false,
            _ => name.Parent is null,
        };
    }

    private static bool HasGetterBody(AccessorListSyntax accessors)
    {
        foreach (var accessor in accessors.Accessors)
        {
            if (!accessor.IsKind(SyntaxKind.GetAccessorDeclaration))
                continue;

            return accessor switch
            {
                { ExpressionBody.Expression: { } returned } => !IsVariable(returned),
                { Body.Statements: { Count: 1 } statements } => statements[0] is not ReturnStatementSyntax { Expression: { } returned } || !IsVariable(returned),
                { Body: null, ExpressionBody: null } => false,
                _ => true,
            };
        }

        return false;
    }

    /// <summary><c>_field</c>, <c>this._field</c>, <c>_options.Value</c>, and <c>_field ??= …</c>, which makes it once.</summary>
    private static bool IsVariable(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax member => IsVariable(member.Expression),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } lazy => IsVariable(lazy.Left),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsVariable(suppressed.Operand),
        _ => false,
    };

    private bool IsDeclaredIn(ISymbol symbol, SyntaxNode code)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == code.SyntaxTree && code.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }

    private bool IsAssigned(ISymbol symbol, SyntaxNode loop)
    {
        foreach (var node in loop.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name && IsTarget(name)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, symbol))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsElementAssigned(ElementAccessExpressionSyntax element, SyntaxNode loop)
    {
        foreach (var node in loop.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax assigned } && SyntaxFactory.AreEquivalent(assigned.Expression, element.Expression))
                return true;
        }

        return false;
    }

    private static bool IsTarget(IdentifierNameSyntax name)
    {
        ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return use.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == use,
            PostfixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            PrefixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } or RefExpressionSyntax => true,
            ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax deconstruction } tuple } => deconstruction.Left == tuple,
            _ => false,
        };
    }
}
