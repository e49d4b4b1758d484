using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Proves that a collection has the same elements all the while a piece of code runs.</summary>
internal sealed class StableContent(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private readonly CollectionUses _uses = new(model, types, cancel);

    /// <summary>
    /// Whether nothing in <paramref name="region"/>, nor anything that it may call, changes the elements of
    /// <paramref name="collection"/>. Where <paramref name="additions"/> is given, plain <c>collection.Add(x)</c> statements
    /// are allowed and gathered there.
    /// </summary>
    public bool IsProven(ExpressionSyntax collection, SyntaxNode region, List<InvocationExpressionSyntax>? additions = null) => IsProven(collection, region, additions, 0);

    private bool IsProven(ExpressionSyntax collection, SyntaxNode region, List<InvocationExpressionSyntax>? additions, int depth)
    {
        collection = WithoutQuery(collection, region, out var isSimple);
        if (depth > 3 || !isSimple || model.GetSymbolInfo(collection, cancel).Symbol is not { } symbol || !_uses.AreReads(symbol, region, additions))
            return false;

        switch (symbol)
        {
            case ILocalSymbol or IParameterSymbol:
                return IsProvenVariable(symbol, region, depth) && !(symbol is IParameterSymbol && Yields(region));
            case IFieldSymbol or IPropertySymbol:
                return IsNeverChanged(symbol) || (OwnerOf(collection) is var owner
                    ? owner is null or ThisExpressionSyntax ? !RunsForeignCode(region) : IsOwnerKept(owner, collection, region)
                    : false);
            default:
                return false;
        }
    }

    /// <summary>
    /// A local or parameter: no function declared elsewhere in the member changes it, and the field or property that it was
    /// read from is as stable.
    /// </summary>
    private bool IsProvenVariable(ISymbol variable, SyntaxNode region, int depth)
    {
        var scope = region.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? region.SyntaxTree.GetRoot(cancel);
        foreach (var node in scope.DescendantNodes())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax when !region.Span.Contains(node.Span) && !node.Span.Contains(region.Span):
                    if (!_uses.AreReads(variable, node, null))
                        return false;

                    break;
                case VariableDeclaratorSyntax { Initializer.Value: var value } declarator when declarator.Identifier.ValueText == variable.Name
                    && SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(declarator, cancel), variable):
                    if (!IsStableSource(value, region, depth))
                        return false;

                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment when left.Identifier.ValueText == variable.Name
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(left, cancel).Symbol, variable):
                    if (!IsStableSource(assignment.Right, region, depth))
                        return false;

                    break;
            }
        }

        return true;
    }

    /// <summary>Where a variable only names what another variable, field or property holds, that one counts; what a call or a creation gave is the variable's own.</summary>
    private bool IsStableSource(ExpressionSyntax? value, SyntaxNode region, int depth) => value switch
    {
        null => true,
        IdentifierNameSyntax or MemberAccessExpressionSyntax => model.GetConstantValue(value, cancel).HasValue || IsProven(value, region, null, depth + 1),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => IsStableSource(choice.Left, region, depth) && IsStableSource(choice.Right, region, depth),
        ConditionalExpressionSyntax choice => IsStableSource(choice.WhenTrue, region, depth) && IsStableSource(choice.WhenFalse, region, depth),
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax } => false,
        InvocationExpressionSyntax query when DeferredQueries.IsDeferred(model.GetTypeInfo(query, cancel).Type, types) => IsProven(query, region, null, depth + 1),
        _ => true,
    };

    /// <summary>Whether only constructors change what the private member holds, and it is never handed out.</summary>
    private bool IsNeverChanged(ISymbol member)
    {
        if (member.DeclaredAccessibility != Accessibility.Private || member.ContainingType.DeclaringSyntaxReferences is not { Length: 1 } references
            || references[0].SyntaxTree != model.SyntaxTree)
        {
            return false;
        }

        foreach (var declared in ((TypeDeclarationSyntax)references[0].GetSyntax(cancel)).Members)
        {
            if (declared is not (ConstructorDeclarationSyntax or FieldDeclarationSyntax) && !_uses.AreReads(member, declared, null))
                return false;
        }

        return true;
    }

    /// <summary><c>owner.Items</c>: the owner is only read from, so that nobody who could change its items is called with it.</summary>
    private bool IsOwnerKept(ExpressionSyntax owner, ExpressionSyntax collection, SyntaxNode region)
    {
        for (var path = owner; ; path = OwnerOf(path)!)
        {
            switch (model.GetSymbolInfo(path, cancel).Symbol)
            {
                case INamedTypeSymbol:
                    return !RunsForeignCode(region);
                case { } variable when variable is ILocalSymbol or IParameterSymbol:
                    return _uses.AreMemberReads(variable, region) && !IsTalkedAbout(variable, region) && !Yields(region);
                case IFieldSymbol or IPropertySymbol when OwnerOf(path) is null or ThisExpressionSyntax:
                    return !RunsForeignCode(region);
                case IFieldSymbol or IPropertySymbol:
                    continue;
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether code of the program itself, or of anybody while this waits, runs in the region and might change a field.</summary>
    private bool RunsForeignCode(SyntaxNode region)
    {
        foreach (var node in region.DescendantNodes())
        {
            switch (node)
            {
                case AwaitExpressionSyntax or YieldStatementSyntax or ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                    return true;
                case InvocationExpressionSyntax call when model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || !IsFramework(method):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether code of the program is told something of the object, its key for example, by which it may find and change it.</summary>
    private bool IsTalkedAbout(ISymbol variable, SyntaxNode region)
    {
        foreach (var use in _uses.UsesOf(variable, region))
        {
            for (SyntaxNode? node = use; node is not null and not StatementSyntax && node != region; node = node.Parent)
            {
                if (node is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || !IsFramework(method)))
                    return true;
            }
        }

        return false;
    }

    private static bool Yields(SyntaxNode region)
    {
        foreach (var node in region.DescendantNodes())
        {
            if (node.IsKind(SyntaxKind.YieldReturnStatement))
                return true;
        }

        return false;
    }

    private static bool IsFramework(IMethodSymbol method)
    {
        var space = method.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;

        return space is { Name: "System" } && method.MethodKind != MethodKind.DelegateInvoke;
    }

    private static ExpressionSyntax? OwnerOf(ExpressionSyntax path) => path is MemberAccessExpressionSyntax member ? member.Expression : null;

    /// <summary>What LINQ operators are over; they are simple where their lambdas only read members that the region does not set.</summary>
    private ExpressionSyntax WithoutQuery(ExpressionSyntax collection, SyntaxNode region, out bool isSimple)
    {
        isSimple = true;
        while (true)
        {
            switch (collection)
            {
                case ParenthesizedExpressionSyntax inner:
                    collection = inner.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    collection = suppressed.Operand;
                    break;
                case InvocationExpressionSyntax call when Calls.ReceiverOf(call) is { } receiver:
                    foreach (var argument in call.ArgumentList.Arguments)
                        isSimple &= argument.Expression is LambdaExpressionSyntax { ExpressionBody: { } body } && PureReads.Are(body, region);

                    isSimple &= DeferredQueries.IsDeferred(model.GetTypeInfo(call, cancel).Type, types);
                    collection = receiver;
                    break;
                default:
                    return collection;
            }
        }
    }
}
