using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>The foreign keys that an entity holds: configured, by attribute, or by the names of its properties.</summary>
internal static class ForeignKeyReader
{
    public static ImmutableArray<ImmutableArray<string>> Read(INamedTypeSymbol entity, EntityModel model)
    {
        var keys = new List<ImmutableArray<string>>();
        foreach (var chain in model.AllChains())
        {
            if (chain["HasForeignKey"] is { Members: { IsEmpty: false } members } key && Names(chain, key, entity))
                Add(keys, members);
        }

        var properties = EntityFacts.PropertiesOf(entity).ToList();
        foreach (var property in properties)
        {
            foreach (var attribute in property.GetAttributes())
            {
                if (attribute.AttributeClass?.Name != "ForeignKeyAttribute" || attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not string name)
                    continue;

                // On a navigation it names the columns, on a column the navigation.
                Add(keys, model.NavigationOf(property, entity) is not null ? name.Split(',').Select(part => part.Trim()).ToImmutableArray() : ImmutableArray.Create(property.Name));
            }

            if (model.NavigationOf(property, entity) is not { IsCollection: false } navigation)
                continue;

            var principal = EntityFacts.KeyByConvention(navigation.Target);
            var principalKey = principal.Length == 1 ? principal[0] : null;
            foreach (var column in properties)
            {
                if (IsForeignKeyByName(column.Name, navigation, principalKey))
                    Add(keys, ImmutableArray.Create(column.Name));
            }
        }

        return keys.ToImmutableArray();
    }

    /// <summary>Whether the configured foreign key is one that <paramref name="entity"/> holds.</summary>
    private static bool Names(ModelChain chain, ModelCall key, INamedTypeSymbol entity)
    {
        // HasForeignKey<Order>(…) says it; else the side that has the one is the dependent.
        if (key.Types.Length > 0)
            return ModelNames.Simple(key.Types[0]) == entity.Name;

        return chain.Calls[0].Name switch
        {
            "HasOne" => ModelNames.Simple(chain.Entity) == entity.Name,
            "HasMany" => chain.Calls[0].Types.Length > 0 ? ModelNames.Simple(chain.Calls[0].Types[0]) == entity.Name : key.Members.All(member => EntityFacts.PropertiesOf(entity).Any(property => property.Name == member)),
            _ => false,
        };
    }

    private static bool IsForeignKeyByName(string column, Navigation navigation, string? principalKey)
    {
        principalKey ??= "Id";
        return Is(column, navigation.Name + principalKey) || Is(column, navigation.Name + navigation.Target.Name + principalKey)
            || Is(column, navigation.Target.Name + principalKey) || Is(column, navigation.Name + "Id");
    }

    private static bool Is(string column, string name) => string.Equals(column, name, StringComparison.OrdinalIgnoreCase);

    private static void Add(List<ImmutableArray<string>> keys, ImmutableArray<string> key)
    {
        if (!keys.Any(known => known.SequenceEqual(key)))
            keys.Add(key);
    }
}
