using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Keys, indexes and foreign keys of an entity, by names of properties.</summary>
/// <param name="Key">The primary key, in order; empty where the entity has none or it is not known.</param>
/// <param name="Uniques">The primary key, alternate keys and unique indexes.</param>
/// <param name="ForeignKeys">The columns of foreign keys that the entity holds.</param>
/// <param name="Indexes">All indexes, unique ones included, in the order of their columns.</param>
internal sealed record EntityFacts(ImmutableArray<string> Key, ImmutableArray<ImmutableArray<string>> Uniques, ImmutableArray<ImmutableArray<string>> ForeignKeys, ImmutableArray<ImmutableArray<string>> Indexes)
{
    /// <summary>Whether EF makes the property the key of <paramref name="entity"/> by its name or by <c>[Key]</c>.</summary>
    public static bool IsKeyByConvention(IPropertySymbol property, INamedTypeSymbol entity) =>
        string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase)
        || (property.Name.Length == entity.Name.Length + 2 && property.Name.StartsWith(entity.Name, StringComparison.OrdinalIgnoreCase) && property.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase))
        || HasAttribute(property, "KeyAttribute");

    public static EntityFacts Of(INamedTypeSymbol entity, EntityModel model)
    {
        var key = ImmutableArray<string>.Empty;
        var uniques = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var indexes = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var isKeyless = HasAttribute(entity, "KeylessAttribute");
        foreach (var chain in model.ChainsOf(entity))
        {
            if (chain.Calls.IsEmpty)
                continue;

            var call = chain.Calls[0];
            switch (call.Name)
            {
                case "HasKey" when call.Members.Length > 0 && (key.IsEmpty || !chain.IsSnapshot):
                    key = call.Members;
                    break;
                case "HasNoKey":
                    isKeyless = true;
                    break;
                case "HasAlternateKey":
                    uniques.Add(call.Members);
                    break;
                case "HasIndex" when call.Members.Length > 0:
                    indexes.Add(call.Members);
                    if (chain["IsUnique"] is { Flag: not false })
                        uniques.Add(call.Members);

                    break;
            }
        }

        ReadAttributes(entity, ref key, uniques, indexes);
        if (key.IsEmpty && !isKeyless)
            key = KeyByConvention(entity);

        if (isKeyless)
            key = ImmutableArray<string>.Empty;
        else if (!key.IsEmpty)
            uniques.Insert(0, key);

        return new EntityFacts(key, uniques.ToImmutable(), ForeignKeyReader.Read(entity, model), indexes.ToImmutable());
    }

    /// <summary>The public properties of the entity and its base types, each once.</summary>
    public static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol entity)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? type = entity; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } property && seen.Add(property.Name))
                    yield return property;
            }
        }
    }

    /// <summary>The key by name or attribute alone.</summary>
    public static ImmutableArray<string> KeyByConvention(INamedTypeSymbol entity)
    {
        string? byName = null;
        foreach (var property in PropertiesOf(entity))
        {
            // `Id` goes before `OrderId`, and an attribute before both.
            if (HasAttribute(property, "KeyAttribute"))
                return ImmutableArray.Create(property.Name);

            if (IsKeyByConvention(property, entity) && (byName is null || string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase)))
                byName = property.Name;
        }

        return byName is null ? ImmutableArray<string>.Empty : ImmutableArray.Create(byName);
    }

    private static void ReadAttributes(INamedTypeSymbol entity, ref ImmutableArray<string> key, ImmutableArray<ImmutableArray<string>>.Builder uniques, ImmutableArray<ImmutableArray<string>>.Builder indexes)
    {
        for (INamedTypeSymbol? type = entity; type is not null; type = type.BaseType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass?.ContainingNamespace is not { Name: "EntityFrameworkCore" })
                    continue;

                var columns = Strings(attribute);
                switch (attribute.AttributeClass.Name)
                {
                    case "PrimaryKeyAttribute" when key.IsEmpty:
                        key = columns;
                        break;
                    case "IndexAttribute" when !columns.IsEmpty:
                        indexes.Add(columns);
                        foreach (var argument in attribute.NamedArguments)
                        {
                            if (argument is { Key: "IsUnique", Value.Value: true })
                                uniques.Add(columns);
                        }

                        break;
                }
            }
        }
    }

    private static ImmutableArray<string> Strings(AttributeData attribute)
    {
        var strings = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument.Kind == TypedConstantKind.Array)
            {
                foreach (var element in argument.Values)
                {
                    if (element.Value is string inner)
                        strings.Add(inner);
                }
            }
            else if (argument.Value is string text)
            {
                strings.Add(text);
            }
        }

        return strings.ToImmutable();
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
