using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Code that by its name seeds or migrates data: it runs once, over all rows by intent, while no user waits.</summary>
internal static class SetupCode
{
    private static readonly ImmutableHashSet<string> s_words = ImmutableHashSet.Create(
        "Seed", "Seeds", "Seeder", "Seeders", "Seeding", "Migrate", "Migration", "Migrations", "Migrator", "Migrators");

    /// <summary>Whether a method, type or namespace around <paramref name="node"/> says so: <c>SeedAsync</c>, <c>ShopContextSeed</c>, <c>Shop.Migrations</c>, <c>DbInitializer</c>.</summary>
    public static bool Contains(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            var isSetup = parent switch
            {
                MethodDeclarationSyntax method => Says(method.Identifier.ValueText),
                LocalFunctionStatementSyntax local => Says(local.Identifier.ValueText),
                BaseTypeDeclarationSyntax type => Says(type.Identifier.ValueText) || Initializes(type.Identifier.ValueText),
                BaseNamespaceDeclarationSyntax space => AnySays(space.Name),
                _ => false,
            };

            if (isSetup)
                return true;
        }

        return false;
    }

    private static bool AnySays(NameSyntax name)
    {
        foreach (var token in name.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && Says(token.ValueText))
                return true;
        }

        return false;
    }

    /// <summary>Whether the first or the last word of the name says so, or <c>SeedData</c> is in it. A word in the middle names what the code is about.</summary>
    private static bool Says(string name)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - "Async".Length);

        var first = 1;
        while (first < name.Length && !char.IsUpper(name[first]))
            first++;

        var last = name.Length - 1;
        while (last > 0 && !char.IsUpper(name[last]))
            last--;

        return name.Length > 0 && (s_words.Contains(name.Substring(0, first)) || s_words.Contains(name.Substring(last)) || name.Contains("SeedData"));
    }

    private static bool Initializes(string name) =>
        (name.EndsWith("Initializer", StringComparison.Ordinal) || name.EndsWith("Initialiser", StringComparison.Ordinal))
        && (name.StartsWith("Db", StringComparison.Ordinal) || name.Contains("Database") || name.Contains("Context") || name.Contains("Data"));
}
