using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Code that makes a value which is then kept: it runs once for many readers.</summary>
internal static class CacheFactories
{
    /// <summary>Whether the node stands in the lambda of <c>GetOrCreate</c> and its kin, or of a <c>Lazy</c>.</summary>
    public static bool Contain(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null and not MemberDeclarationSyntax; parent = parent.Parent)
        {
            if (parent is not AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: { } call } })
                continue;

            if (call is InvocationExpressionSyntax invocation && Calls.NameOf(invocation)?.Identifier.ValueText is { } name
                && (name.StartsWith("GetOr", StringComparison.Ordinal) || name.StartsWith("Cache", StringComparison.Ordinal) || name.StartsWith("Remember", StringComparison.Ordinal)
                    || (Calls.ReceiverOf(invocation)?.GetLastToken().ValueText ?? "").IndexOf("cache", StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }

            if (TypeOf(call)?.ToString().Contains("Lazy<") == true)
                return true;
        }

        return false;
    }

    /// <summary>The type that is made, as it is written there or in the declaration of what is filled with it.</summary>
    private static TypeSyntax? TypeOf(SyntaxNode creation) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => type,
        ImplicitObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var type } } } } => type,
        ImplicitObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax { Type: var type } } } => type,
        _ => null,
    };
}
