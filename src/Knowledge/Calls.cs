using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>What a call says before anything is bound.</summary>
internal static class Calls
{
    // TypeKind.Extension, which the oldest supported compiler does not know by name.
    private const int ExtensionBlockKind = 14;

    /// <summary>The method's name in <c>M()</c>, <c>a.M()</c>, <c>a?.M()</c> and <c>N::M()</c>; null for a call of an expression's value.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        AliasQualifiedNameSyntax alias => alias.Name,
        _ => null,
    };

    /// <summary>The expression before the dot of a call, also of <c>a?.M()</c>; null where there is none.</summary>
    public static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Expression,
        MemberBindingExpressionSyntax => ConditionalReceiverOf(call),
        _ => null,
    };

    /// <summary>The type that declares a method; for an extension method of either syntax, the static class.</summary>
    public static INamedTypeSymbol HomeOf(IMethodSymbol method)
    {
        var home = (method.ReducedFrom ?? method).ContainingType;
        return home is { ContainingType: { } outer } && IsExtensionBlock(home) ? outer : home;
    }

    /// <summary>Whether the type is an <c>extension(…) { }</c> block of C# 14.</summary>
    public static bool IsExtensionBlock(INamedTypeSymbol type) => (int)type.TypeKind == ExtensionBlockKind;

    /// <summary>Whether a written type can name one of <paramref name="typeNames"/>; an alias always can, also one of the whole <paramref name="compilation"/>.</summary>
    public static bool MayName(TypeSyntax type, ImmutableHashSet<string> typeNames, Compilation compilation, CancellationToken cancel) => type switch
    {
        QualifiedNameSyntax qualified => typeNames.Contains(qualified.Right.Identifier.ValueText),
        AliasQualifiedNameSyntax alias => typeNames.Contains(alias.Name.Identifier.ValueText),
        GenericNameSyntax generic => typeNames.Contains(generic.Identifier.ValueText),
        IdentifierNameSyntax name => typeNames.Contains(name.Identifier.ValueText) || IsAlias(name) || GlobalAliases.Contain(name.Identifier.ValueText, compilation, cancel),
        _ => false,
    };

    private static ExpressionSyntax? ConditionalReceiverOf(InvocationExpressionSyntax call)
    {
        for (var parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull.Span.Contains(call.Span))
                return conditional.Expression;
        }

        return null;
    }

    private static bool IsAlias(IdentifierNameSyntax name)
    {
        foreach (var import in name.SyntaxTree.GetCompilationUnitRoot().Usings)
        {
            if (import.Alias?.Name.Identifier.ValueText == name.Identifier.ValueText)
                return true;
        }

        return false;
    }
}
