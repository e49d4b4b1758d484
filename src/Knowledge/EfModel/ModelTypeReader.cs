using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Reads which types of a file may be contexts or have navigations that load lazily, so that only these are bound.</summary>
internal static class ModelTypeReader
{
    /// <summary>The metadata names of the types that may be a context, or have sets.</summary>
    public static ImmutableArray<string> Contexts(SyntaxNode root) => TypesIn(root, static type => DerivesFromContext(type) || HasProperty(type, IsSet));

    /// <summary>The metadata names of the types with a property that a proxy or a lazy loader may load.</summary>
    public static ImmutableArray<string> LazyTypes(SyntaxNode root) => TypesIn(root, static type => HasProperty(type, MayBeLazy));

    /// <summary>The entities named in <c>Set&lt;T&gt;()</c> and <c>DbSet&lt;T&gt;</c>, each once.</summary>
    public static ImmutableArray<NamedSet> NamedSets(SyntaxNode root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var sets = ImmutableArray.CreateBuilder<NamedSet>();
        foreach (var node in root.DescendantNodes())
        {
            if (node is not GenericNameSyntax { Identifier.ValueText: "Set" or "DbSet", TypeArgumentList.Arguments: { Count: 1 } arguments })
                continue;

            var entity = ModelNames.Simple(arguments[0].ToString());
            if (seen.Add(entity))
                sets.Add(new NamedSet(entity, arguments[0].SpanStart));
        }

        return sets.ToImmutable();
    }

    /// <summary>Whether the property's code calls a loader on <c>this</c>.</summary>
    public static bool CallsLoader(SyntaxNode property)
    {
        foreach (var node in property.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && Calls.NameOf(call)?.Identifier.ValueText is { } name
                && (name == "Invoke" || name.IndexOf("load", StringComparison.OrdinalIgnoreCase) >= 0) && IsGivenThis(call))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGivenThis(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is ThisExpressionSyntax)
                return true;
        }

        return false;
    }

    /// <summary>Told by the base's name, so that those who only use a context are not bound; without it, by the sets.</summary>
    private static bool DerivesFromContext(TypeDeclarationSyntax type)
    {
        foreach (var ancestor in type.BaseList?.Types ?? default)
        {
            if (ModelNames.Simple(ancestor.Type.ToString()).EndsWith("Context", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool IsSet(PropertyDeclarationSyntax property) =>
        (property.Type is QualifiedNameSyntax qualified ? qualified.Right : property.Type) is SimpleNameSyntax { Identifier.ValueText: "DbSet" };

    private static bool MayBeLazy(PropertyDeclarationSyntax property)
    {
        if (property.Type is PredefinedTypeSyntax or NullableTypeSyntax { ElementType: PredefinedTypeSyntax })
            return false;

        foreach (var modifier in property.Modifiers)
        {
            if (modifier.Kind() is SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword)
                return true;
        }

        return CallsLoader(property);
    }

    private static bool HasProperty(TypeDeclarationSyntax type, Func<PropertyDeclarationSyntax, bool> matches)
    {
        foreach (var member in type.Members)
        {
            if (member is PropertyDeclarationSyntax property && matches(property))
                return true;
        }

        return false;
    }

    private static ImmutableArray<string> TypesIn(SyntaxNode root, Func<TypeDeclarationSyntax, bool> matches)
    {
        var types = ImmutableArray<string>.Empty;
        foreach (var node in root.DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is TypeDeclarationSyntax type and not StructDeclarationSyntax && matches(type))
                types = types.Add(MetadataNameOf(type));
        }

        return types;
    }

    private static string MetadataNameOf(TypeDeclarationSyntax type)
    {
        var name = OwnName(type);
        for (var parent = type.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is TypeDeclarationSyntax outer)
                name = $"{OwnName(outer)}+{name}";
            else if (parent is BaseNamespaceDeclarationSyntax space)
                name = $"{WithoutTrivia(space.Name)}.{name}";
        }

        return name;
    }

    private static string OwnName(TypeDeclarationSyntax type) =>
        type.TypeParameterList is { Parameters.Count: var count and > 0 } ? $"{type.Identifier.ValueText}`{count}" : type.Identifier.ValueText;

    private static string WithoutTrivia(NameSyntax name) =>
        name is QualifiedNameSyntax qualified ? $"{WithoutTrivia(qualified.Left)}.{qualified.Right.Identifier.ValueText}" : name is SimpleNameSyntax simple ? simple.Identifier.ValueText : name.ToString();
}
