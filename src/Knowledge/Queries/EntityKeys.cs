using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>The primary key of an entity, as its own declaration says: by attribute, else by convention.</summary>
internal static class EntityKeys
{
    /// <summary>The properties of the key, in order; empty where none is proven.</summary>
    public static ImmutableArray<IPropertySymbol> Of(ITypeSymbol entity)
    {
        if (entity is not INamedTypeSymbol || HasAttribute(entity, "KeylessAttribute"))
            return ImmutableArray<IPropertySymbol>.Empty;

        var marked = ImmutableArray.CreateBuilder<IPropertySymbol>();
        IPropertySymbol? id = null, typeId = null;
        for (var type = entity; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            if (NamedOnType(type, entity) is { IsEmpty: false } named)
                return named;

            foreach (var member in type.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } property)
                    continue;

                if (HasAttribute(property, "KeyAttribute"))
                    marked.Add(property);
                else if (property.Name.Equals("Id", StringComparison.OrdinalIgnoreCase))
                    id ??= property;
                else if (property.Name.Equals(type.Name + "Id", StringComparison.OrdinalIgnoreCase))
                    typeId ??= property;
            }
        }

        if (marked.Count > 0)
            return marked.ToImmutable();

        return (id ?? typeId) is { } key ? ImmutableArray.Create(key) : ImmutableArray<IPropertySymbol>.Empty;
    }

    /// <summary>The public instance property with this name, also of a base type.</summary>
    public static IPropertySymbol? Property(ITypeSymbol entity, string name)
    {
        for (var type = entity; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IPropertySymbol { IsStatic: false } property)
                    return property;
            }
        }

        return null;
    }

    private static ImmutableArray<IPropertySymbol> NamedOnType(ITypeSymbol type, ITypeSymbol entity)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Name != "PrimaryKeyAttribute")
                continue;

            var properties = ImmutableArray.CreateBuilder<IPropertySymbol>();
            foreach (var argument in attribute.ConstructorArguments)
            {
                if (argument.Kind == TypedConstantKind.Array)
                {
                    foreach (var value in argument.Values)
                        Add(value);
                }
                else
                {
                    Add(argument);
                }
            }

            return properties.ToImmutable();

            void Add(TypedConstant constant)
            {
                if (constant.Value is string name && Property(entity, name) is { } property)
                    properties.Add(property);
            }
        }

        return ImmutableArray<IPropertySymbol>.Empty;
    }

    private static bool HasAttribute(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == name)
                return true;
        }

        return false;
    }
}
