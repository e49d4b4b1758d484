using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Whether a query with further includes would multiply its rows: two collections side by side give every pair of their rows.</summary>
internal static class SplitQueries
{
    /// <summary>Whether the added includes make the query join collections side by side, and nobody has decided about that yet.</summary>
    public static bool AreNeeded(IncludeChains chains, Query query, SemanticModel model)
    {
        if (query.EntityType is not INamedTypeSymbol entity || KnownTypes.Of(model.Compilation)["Microsoft.EntityFrameworkCore.RelationalQueryableExtensions"] is null
            || query.Sometimes(step => step.Name is "AsSplitQuery" or "AsSingleQuery" || step.Kind is OperatorKind.Limit or OperatorKind.Skip))
        {
            return false;
        }

        var before = Siblings(chains.Chains.Where(chain => chain.Anchor is not null).Select(chain => Existing(chain)), entity, EntityModel.Of(model.Compilation));
        return !before && Siblings(chains.Chains.Select(chain => chain.Path), entity, EntityModel.Of(model.Compilation));
    }

    private static string Existing(IncludeChain chain)
    {
        var steps = chain.Path.Split('.');
        return string.Join(".", steps.Take(steps.Length - chain.Added.Length));
    }

    /// <summary>Whether two collections lie behind the same entity, references looked through.</summary>
    private static bool Siblings(IEnumerable<string> paths, INamedTypeSymbol entity, EntityModel entities)
    {
        var collections = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var owner = entity;
            var parent = "";
            var end = -1;
            foreach (var name in path.Split('.'))
            {
                end += 1 + name.Length;
                if (EntityFacts.PropertiesOf(owner).FirstOrDefault(property => property.Name == name) is not { } property || entities.NavigationOf(property, owner) is not { } navigation)
                    break;

                owner = navigation.Target;
                if (!navigation.IsCollection)
                    continue;

                var walked = path.Substring(0, end);
                if (collections.TryGetValue(parent, out var other) && other != walked)
                    return true;

                collections[parent] = walked;
                parent = walked;
            }
        }

        return false;
    }
}
