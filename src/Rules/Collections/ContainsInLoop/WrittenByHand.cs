using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>Collections that people write by hand, or that hold services: they stay short whatever the load.</summary>
internal static class WrittenByHand
{
    /// <summary>Whether the elements come from a settings object, or are the injected implementations of an interface.</summary>
    public static bool Is(ExpressionSyntax collection, SemanticModel model, CancellationToken cancel)
    {
        while (collection is InvocationExpressionSyntax call && Calls.ReceiverOf(call) is { } receiver)
            collection = receiver;

        if (model.GetSymbolInfo(collection, cancel).Symbol is IFieldSymbol { IsReadOnly: true } field && ElementOf(field.Type) is { TypeKind: TypeKind.Interface, ContainingNamespace.Name: not "System" })
            return true;

        for (var owner = collection; owner is MemberAccessExpressionSyntax member; owner = member.Expression)
        {
            if (model.GetSymbolInfo(member, cancel).Symbol is IPropertySymbol or IFieldSymbol && model.GetTypeInfo(member.Expression, cancel).Type is { Name: var name }
                && (name.EndsWith("Settings", StringComparison.Ordinal) || name.EndsWith("Options", StringComparison.Ordinal)
                    || name.EndsWith("Config", StringComparison.Ordinal) || name.EndsWith("Configuration", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { Name: "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection", TypeArguments: { Length: 1 } elements } => elements[0],
        _ => null,
    };
}
