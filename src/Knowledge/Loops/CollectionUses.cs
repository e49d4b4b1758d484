using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>What code does with a variable that holds a collection.</summary>
internal sealed class CollectionUses(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    /// <summary>
    /// Whether every use of <paramref name="variable"/> in <paramref name="code"/> only reads its elements and lets nobody else
    /// change them. Where <paramref name="additions"/> is given, <c>variable.Add(x);</c> is allowed and gathered.
    /// </summary>
    public bool AreReads(ISymbol variable, SyntaxNode code, List<InvocationExpressionSyntax>? additions)
    {
        foreach (var use in UsesOf(variable, code))
        {
            if (!IsRead(use, additions))
                return false;
        }

        return true;
    }

    /// <summary>Whether every use of the object that <paramref name="variable"/> holds only reads its fields and properties.</summary>
    public bool AreMemberReads(ISymbol variable, SyntaxNode code)
    {
        foreach (var use in UsesOf(variable, code))
        {
            var isRead = use.Parent switch
            {
                MemberAccessExpressionSyntax member when member.Expression == use => model.GetSymbolInfo(member, cancel).Symbol is IPropertySymbol or IFieldSymbol,
                ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } } => true,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax => true,
                _ => false,
            };
            if (!isRead)
                return false;
        }

        return true;
    }

    /// <summary>Every expression in <paramref name="code"/> that names the variable, with its owner: <c>_ids</c>, <c>this._ids</c>, <c>order.Ids</c>.</summary>
    public IEnumerable<ExpressionSyntax> UsesOf(ISymbol variable, SyntaxNode code)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, variable))
            {
                yield return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            }
        }
    }

    private bool IsRead(ExpressionSyntax use, List<InvocationExpressionSyntax>? additions)
    {
        switch (use.Parent)
        {
            case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or ConditionalExpressionSyntax:
                return IsRead((ExpressionSyntax)use.Parent, null);
            case MemberAccessExpressionSyntax member when member.Expression == use:
                return IsReadOf(member, member.Name, additions);
            case ConditionalAccessExpressionSyntax conditional when conditional.Expression == use:
                return FirstBinding(conditional.WhenNotNull) is not { } binding || IsReadOf(binding, binding.Name, null);
            case ElementAccessExpressionSyntax element when element.Expression == use:
                return !(element.Parent is AssignmentExpressionSyntax assignment && assignment.Left == element)
                    && element.Parent is not (PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or RefExpressionSyntax)
                    && element.Parent is not ArgumentSyntax { RefKindKeyword.RawKind: not 0 };
            case CommonForEachStatementSyntax or FromClauseSyntax or JoinClauseSyntax or IsPatternExpressionSyntax or InterpolationSyntax:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
            case ReturnStatementSyntax or { RawKind: NewSyntax.SpreadElement }:
                return true;
            case AssignmentExpressionSyntax stored when stored.Left == use:
                return false;
            case ArgumentSyntax { RefKindKeyword.RawKind: not 0 }:
                return false;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when IsSearch(call):
                return true;
            default:
                return model.GetTypeInfo(use, cancel).ConvertedType is { } seenAs && IsReadOnlyView(seenAs);
        }
    }

    private bool IsReadOf(ExpressionSyntax access, SimpleNameSyntax name, List<InvocationExpressionSyntax>? additions)
    {
        if (name.Identifier.ValueText == "Add" && additions is not null
            && access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1, Parent: ExpressionStatementSyntax } addition)
        {
            additions.Add(addition);
            return true;
        }

        return model.GetSymbolInfo(access.Parent is InvocationExpressionSyntax call && call.Expression == access ? call : access, cancel).Symbol switch
        {
            IPropertySymbol or IFieldSymbol => true,
            IMethodSymbol { ReducedFrom: { } extension } => types.Is(extension.ContainingType, "System.Linq.Enumerable") || types.Is(extension.ContainingType, "System.Linq.ParallelEnumerable")
                || types.Is(extension.ContainingType, "System.Linq.ImmutableArrayExtensions")
                || (types.Is(extension.ContainingType, "System.MemoryExtensions") && extension.Name is "Contains" or "IndexOf" or "SequenceEqual" or "StartsWith" or "EndsWith"),
            IMethodSymbol method => method.Name is "Contains" or "IndexOf" or "LastIndexOf" or "Exists" or "Find" or "FindAll" or "FindIndex" or "FindLast" or "FindLastIndex"
                or "TrueForAll" or "ConvertAll" or "GetRange" or "ToArray" or "CopyTo" or "BinarySearch" or "AsReadOnly" or "GetEnumerator" or "ForEach" or "Peek" or "TryPeek" or "ToString",
            _ => false,
        };
    }

    /// <summary>A static search that the framework offers: <c>Array.IndexOf(items, x)</c>.</summary>
    private bool IsSearch(InvocationExpressionSyntax call) => model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method
        && ((types.Is(method.ContainingType, "System.Array") && method.Name is "IndexOf" or "Exists" or "Find" or "FindAll" or "FindIndex" or "TrueForAll" or "ConvertAll")
            || types.Is(method.ContainingType, "System.Linq.Enumerable"));

    private bool IsReadOnlyView(ITypeSymbol type) => types.Is(type, "System.Collections.Generic.IEnumerable`1") || types.Is(type, "System.Collections.IEnumerable")
        || types.Is(type, "System.Collections.Generic.IReadOnlyList`1") || types.Is(type, "System.Collections.Generic.IReadOnlyCollection`1")
        || types.Is(type, "System.ReadOnlySpan`1") || type is INamedTypeSymbol { ContainingNamespace.Name: "Immutable" or "Frozen" };

    private static MemberBindingExpressionSyntax? FirstBinding(ExpressionSyntax whenNotNull)
    {
        foreach (var node in whenNotNull.DescendantNodesAndSelf())
        {
            if (node is MemberBindingExpressionSyntax binding)
                return binding;
        }

        return null;
    }
}
