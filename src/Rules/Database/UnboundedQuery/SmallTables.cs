using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Entities whose tables stay small: by the user's word, by their name, by their key, or because only the model fills them.</summary>
internal static class SmallTables
{
    /// <summary>What has some hundreds of instances in the world, or one for each thing that a program or its operator knows.</summary>
    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create(
        "Culture", "Continent", "Settings", "Configuration", "AppConfiguration", "Feature", "FeatureFlag", "PermissionRecord", "Plan", "EmailAccount");

    private static readonly ImmutableArray<string> s_endings = ImmutableArray.Create(
        "Lookup", "Type", "Status", "Kind", "Country", "Currency", "Language", "Locale", "TimeZone", "Role", "Permission", "Setting", "Template", "Theme", "Method", "Unit", "Province");

    /// <summary>One for each of these is not small.</summary>
    private static readonly ImmutableArray<string> s_owners = ImmutableArray.Create("User", "AppUser", "ApplicationUser", "Account", "Member", "Order");

    private static readonly ImmutableHashSet<string> s_ownerKeys = ImmutableHashSet.Create(
        "UserId", "AppUserId", "ApplicationUserId", "OwnerId", "MemberId", "CustomerId", "TenantId", "OrganizationId", "OrderId");

    /// <summary>A place in a list that people keep in order by hand.</summary>
    private static readonly ImmutableHashSet<string> s_handOrders = ImmutableHashSet.Create("DisplayOrder", "SortOrder", "SortIndex", "DisplayIndex", "DisplaySequence", "ListOrder");

    public static bool Contain(ITypeSymbol? entity, ImmutableArray<string> bounded, Compilation compilation, CancellationToken cancel) => entity is not null
        && (IsNamed(entity, bounded) || IsMarked(entity) || ((s_names.Contains(entity.Name) || IsSmallByEnding(entity.Name)) && !HasOwner(entity)) || HasFewKeys(entity)
            || IsOrderedByHand(entity) || EntityHints.IsFilledByModelOnly(entity, compilation, cancel));

    private static bool IsNamed(ITypeSymbol entity, ImmutableArray<string> bounded)
    {
        foreach (var name in bounded)
        {
            if (name == entity.Name || (name.IndexOf('.') >= 0 && entity is INamedTypeSymbol type && name == MetadataNames.Of(type)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the entity, a base type, an interface or an attribute is called <c>…Lookup</c> or <c>Bounded…</c>.</summary>
    private static bool IsMarked(ITypeSymbol entity)
    {
        for (var type = entity; type is not null; type = type.BaseType)
        {
            if (IsMark(type.Name))
                return true;

            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass is { } mark && IsMark(WithoutSuffix(mark.Name)))
                    return true;
            }
        }

        foreach (var implemented in entity.AllInterfaces)
        {
            if (implemented.Name.Length > 1 && IsMark(implemented.Name.Substring(1)))
                return true;
        }

        return false;
    }

    private static bool IsMark(string name) => name.EndsWith("Lookup", StringComparison.Ordinal) || name.StartsWith("Bounded", StringComparison.Ordinal);

    private static string WithoutSuffix(string name) => name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;

    private static bool IsSmallByEnding(string name)
    {
        foreach (var ending in s_endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return ending is "Status" or "Type" || !IsOwned(name);
        }

        return false;
    }

    private static bool IsOwned(string name)
    {
        foreach (var owner in s_owners)
        {
            if (name.StartsWith(owner, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Whether each user, customer or tenant has rows of its own.</summary>
    private static bool HasOwner(ITypeSymbol entity)
    {
        for (var type = entity; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false } property && s_ownerKeys.Contains(property.Name))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the rows have a place in one list, and belong to no other row that could have a list of its own.</summary>
    private static bool IsOrderedByHand(ITypeSymbol entity)
    {
        var isOrdered = false;
        for (var type = entity; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } property)
                    continue;

                isOrdered |= property.Type.SpecialType == SpecialType.System_Int32 && s_handOrders.Contains(property.Name);
                if (property.Name.Length > 2 && property.Name.EndsWith("Id", StringComparison.Ordinal) && property.Name != entity.Name + "Id")
                    return false;
            }
        }

        return isOrdered;
    }

    /// <summary>Whether the key has no more than some hundred values.</summary>
    private static bool HasFewKeys(ITypeSymbol entity) => EntityKeys.Of(entity) is { Length: 1 } keys
        && (keys[0].Type.TypeKind == TypeKind.Enum || keys[0].Type.SpecialType is SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean or SpecialType.System_Char);
}
