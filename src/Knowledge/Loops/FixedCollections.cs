using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Variables that keep the one collection they start with, and never grow it.</summary>
internal static class FixedCollections
{
    /// <summary>
    /// The expression whose elements <paramref name="variable"/> always holds: its initialiser, where nothing that can be
    /// seen assigns or grows it. A public list counts too: a list of constants that strangers grow is not seen in practice.
    /// </summary>
    public static ExpressionSyntax? ValueOf(ISymbol variable, ExpressionSyntax use, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (variable.DeclaringSyntaxReferences is not { Length: 1 } references)
            return null;

        switch (references[0].GetSyntax(cancel))
        {
            case VariableDeclaratorSyntax { Initializer.Value: { } value } declarator when variable is IFieldSymbol { IsConst: false } field:
                return KeepsValue(field, value, field.Type, field.IsReadOnly && field.IsStatic, model, types, cancel) ? value : null;
            case VariableDeclaratorSyntax { Initializer.Value: { } value } when variable is ILocalSymbol { IsConst: false, IsRef: false } local:
                SyntaxNode scope = use.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? use.SyntaxTree.GetRoot(cancel);
                return IsChanged(local, CanGrow(local.Type), scope, model, types, cancel) ? null : value;
            case PropertyDeclarationSyntax { ExpressionBody.Expression: { } made }:
                return variable.IsVirtual || variable.IsAbstract ? null : made;
            case PropertyDeclarationSyntax { Initializer.Value: { } value } when variable is IPropertySymbol { SetMethod: null } property:
                return KeepsValue(property, value, property.Type, property.IsStatic, model, types, cancel) ? value : null;
            default:
                return null;
        }
    }

    private static bool KeepsValue(ISymbol member, ExpressionSyntax value, ITypeSymbol type, bool isSetOnce, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var canGrow = CanGrow(type);
        if (isSetOnce && !canGrow)
            return true;

        // Only the tree at hand can be bound: all that may change the member has to be in it.
        if (value.SyntaxTree != model.SyntaxTree || member.ContainingType.DeclaringSyntaxReferences.Length != 1
            || (!isSetOnce && member.DeclaredAccessibility != Accessibility.Private))
        {
            return false;
        }

        return !IsChanged(member, canGrow, member.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(cancel), model, types, cancel);
    }

    private static bool IsChanged(ISymbol variable, bool canGrow, SyntaxNode scope, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != variable.Name)
                continue;

            ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (MayChange(use, canGrow, model, types, cancel) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, variable))
                return true;
        }

        return false;
    }

    private static bool MayChange(ExpressionSyntax use, bool canGrow, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        switch (use.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Left == use:
            case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or ArgumentSyntax { Parent: TupleExpressionSyntax } or RefExpressionSyntax:
                return true;
            case MemberAccessExpressionSyntax member:
                return canGrow && Grows(member.Name.Identifier.ValueText);
            case ConditionalAccessExpressionSyntax conditional when conditional.Expression == use:
                return canGrow && conditional.WhenNotNull.DescendantNodesAndSelf() is { } nodes && AnyGrows(nodes);
            case ElementAccessExpressionSyntax or CommonForEachStatementSyntax or BinaryExpressionSyntax or IsPatternExpressionSyntax:
                return false;
            default:
                return canGrow && model.GetTypeInfo(use, cancel).ConvertedType is { } seenAs && !IsReadOnlyView(seenAs, types);
        }
    }

    private static bool AnyGrows(System.Collections.Generic.IEnumerable<SyntaxNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is MemberBindingExpressionSyntax binding)
                return Grows(binding.Name.Identifier.ValueText);
        }

        return false;
    }

    private static bool Grows(string name) => name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Insert", StringComparison.Ordinal)
        || name.StartsWith("TryAdd", StringComparison.Ordinal) || name is "Push" or "PushRange" or "Enqueue" or "UnionWith" or "SymmetricExceptWith" or "Append";

    private static bool CanGrow(ITypeSymbol type) => type.TypeKind != TypeKind.Array
        && type is not INamedTypeSymbol { ContainingNamespace.Name: "Immutable" or "Frozen" };

    private static bool IsReadOnlyView(ITypeSymbol type, KnownTypes types) => types.Is(type, "System.Collections.Generic.IEnumerable`1") || types.Is(type, "System.Collections.IEnumerable")
        || types.Is(type, "System.Collections.Generic.IReadOnlyList`1") || types.Is(type, "System.Collections.Generic.IReadOnlyCollection`1")
        || types.Is(type, "System.ReadOnlySpan`1");
}
