using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Who runs an <c>IQueryable</c>.</summary>
internal enum QueryProvider
{
    /// <summary>Its source is not in sight.</summary>
    Unknown,

    /// <summary>Nobody: it is a collection in memory.</summary>
    Memory,
    EfCore,
    Ef6,
    NHibernate,
    LinqToDb,
    Mongo,
}

/// <summary>What is known of a query provider.</summary>
internal static class QueryProviders
{
    private static readonly ImmutableArray<(QueryProvider Provider, string Namespace, ImmutableArray<string> Homes)> s_all = ImmutableArray.Create(
        (QueryProvider.EfCore, "Microsoft.EntityFrameworkCore", ImmutableArray.Create(
            "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions", "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions")),
        (QueryProvider.Ef6, "System.Data.Entity", ImmutableArray.Create("System.Data.Entity.QueryableExtensions")),
        (QueryProvider.NHibernate, "NHibernate", ImmutableArray.Create("NHibernate.Linq.LinqExtensionMethods")),
        (QueryProvider.LinqToDb, "LinqToDB", ImmutableArray.Create("LinqToDB.AsyncExtensions", "LinqToDB.Async.AsyncExtensions")),
        (QueryProvider.Mongo, "MongoDB", ImmutableArray.Create("MongoDB.Driver.Linq.MongoQueryable", "MongoDB.Driver.IAsyncCursorSourceExtensions")));

    /// <summary>The classes with the async terminal operators of a provider.</summary>
    public static ImmutableArray<string> HomesOf(QueryProvider provider)
    {
        foreach (var known in s_all)
        {
            if (known.Provider == provider)
                return known.Homes;
        }

        return ImmutableArray<string>.Empty;
    }

    /// <summary>The provider whose library declares the type; Unknown for any other type.</summary>
    public static QueryProvider OfLibrary(ITypeSymbol? type)
    {
        if (type?.ContainingNamespace is not { IsGlobalNamespace: false } home)
            return QueryProvider.Unknown;

        foreach (var known in s_all)
        {
            if (IsWithin(home, known.Namespace))
                return known.Provider;
        }

        return QueryProvider.Unknown;
    }

    /// <summary>The provider that a query without a visible source has: the one that the compilation references, if any.</summary>
    public static QueryProvider Usual(KnownTypes types)
    {
        foreach (var known in s_all)
        {
            foreach (var home in known.Homes)
            {
                if (types[home] is not null)
                    return known.Provider;
            }
        }

        return QueryProvider.Unknown;
    }

    /// <summary>The names of operators that run a query and have an async form in a referenced provider.</summary>
    public static ImmutableHashSet<string> TerminalNames(KnownTypes types)
    {
        var names = ImmutableHashSet.CreateBuilder<string>();
        foreach (var known in s_all)
        {
            foreach (var home in known.Homes)
            {
                if (types[home] is not { } type)
                    continue;

                foreach (var member in type.GetMembers())
                {
                    if (member is IMethodSymbol { IsExtensionMethod: true } && member.Name.EndsWith(AsyncTwins.Suffix, System.StringComparison.Ordinal))
                        names.Add(member.Name.Substring(0, member.Name.Length - AsyncTwins.Suffix.Length));
                }
            }
        }

        return names.ToImmutable();
    }

    /// <summary>Compares from the innermost part outwards, so that nothing is allocated.</summary>
    private static bool IsWithin(INamespaceSymbol home, string name)
    {
        for (INamespaceSymbol? outer = home; outer is { IsGlobalNamespace: false }; outer = outer.ContainingNamespace)
        {
            if (Is(outer, name))
                return true;
        }

        return false;
    }

    private static bool Is(INamespaceSymbol space, string name)
    {
        var end = name.Length;
        for (INamespaceSymbol? part = space; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
        {
            var start = end - part.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, part.Name, 0, part.Name.Length) != 0 || (start > 0 && name[start - 1] != '.'))
                return false;

            end = start == 0 ? 0 : start - 1;
            if (end == 0)
                return part.ContainingNamespace is null or { IsGlobalNamespace: true };
        }

        return false;
    }
}
