using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Tells navigations from columns and values, as EF's conventions and the model's configuration do.</summary>
internal static class NavigationReader
{
    public static Navigation? Read(IPropertySymbol property, INamedTypeSymbol entity, EntityModel model, KnownTypes types, IAssemblySymbol home)
    {
        if (TargetOf(property, types) is not { } target || IsValue(property, target, types) || IsConfiguredAsValue(property, entity, target, model, out var isAutoIncluded)
            || !IsTarget(property, entity, target, model))
        {
            return null;
        }

        return new Navigation(property.OriginalDefinition, target, ElementType(property.Type, types) is not null, isAutoIncluded, LoadingOf(property, types, home));
    }

    /// <summary>The property's type, or that of its elements, where it is a class of a program; else null.</summary>
    public static INamedTypeSymbol? TargetOf(IPropertySymbol property, KnownTypes types) =>
        !property.IsStatic && !property.IsIndexer && property.GetMethod is not null && property.Type.SpecialType == SpecialType.None
        && (ElementType(property.Type, types) ?? property.Type) is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } target && !IsFramework(target)
            ? target
            : null;

    /// <summary>What may load the navigation when it is read; <paramref name="home"/> is the assembly whose code is in sight.</summary>
    public static NavigationLoading LoadingOf(IPropertySymbol property, KnownTypes types, IAssemblySymbol home)
    {
        if (HasLoader(property.ContainingType, types) && ReadsLoader(property, home))
            return NavigationLoading.Loader;

        return MayBeProxied(property) ? NavigationLoading.Proxy : NavigationLoading.Explicit;
    }

    /// <summary>Whether a proxy can override the property.</summary>
    public static bool MayBeProxied(IPropertySymbol property) => (property.IsVirtual || property.IsOverride) && !property.IsSealed && !property.ContainingType.IsSealed;

    /// <summary>The element type of a collection that may be a navigation, or null.</summary>
    private static ITypeSymbol? ElementType(ITypeSymbol type, KnownTypes types)
    {
        if (type is not INamedTypeSymbol named || named.SpecialType == SpecialType.System_String)
            return null;

        if (types.Is(named, "System.Collections.Generic.IEnumerable`1"))
            return named.TypeArguments[0];

        ITypeSymbol? element = null;
        foreach (var implemented in named.AllInterfaces)
        {
            if (types.Is(implemented, "System.Collections.Generic.IDictionary`2"))
                return null;

            if (types.Is(implemented, "System.Collections.Generic.IEnumerable`1"))
                element = implemented.TypeArguments[0];
        }

        return element;
    }

    private static bool IsFramework(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            // Users and roles of Identity are entities.
            if (space.Name == "Identity")
                return false;

            space = space.ContainingNamespace;
        }

        return space?.Name is "System" or "Microsoft" or "Newtonsoft" or "NetTopologySuite" or "NodaTime" or "NpgsqlTypes" or "Npgsql" or "Pgvector";
    }

    private static bool IsValue(IPropertySymbol property, INamedTypeSymbol target, KnownTypes types)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (types.Is(attribute.AttributeClass, "System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute"))
                return true;
        }

        foreach (var attribute in target.GetAttributes())
        {
            if (types.Is(attribute.AttributeClass, "Microsoft.EntityFrameworkCore.OwnedAttribute")
                || types.Is(attribute.AttributeClass, "System.ComponentModel.DataAnnotations.Schema.ComplexTypeAttribute")
                || types.Is(attribute.AttributeClass, "System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the model owns, ignores or converts the property or its type.</summary>
    private static bool IsConfiguredAsValue(IPropertySymbol property, INamedTypeSymbol entity, INamedTypeSymbol target, EntityModel model, out bool isAutoIncluded)
    {
        isAutoIncluded = false;
        foreach (var chain in model.ChainsOf(target))
        {
            if (!chain.Calls.IsEmpty && chain.Calls[0].Name is "Owned" or "Ignore" or "IgnoreAny" or "Properties" or "ComplexProperties" && chain.Calls[0].Types.Length > 0)
                return true;
        }

        foreach (var chain in model.ChainsOf(entity))
        {
            if (chain.Calls.IsEmpty || !chain.Calls[0].Members.Contains(property.Name))
                continue;

            switch (chain.Calls[0].Name)
            {
                case "OwnsOne" or "OwnsMany" or "ComplexProperty" or "ComplexCollection" or "Ignore" or "Property":
                    return true;
                case "Navigation" when chain["AutoInclude"] is { } automatic:
                    isAutoIncluded = automatic.Flag != false;
                    break;
            }
        }

        return false;
    }

    /// <summary>Whether the type is an entity: configured as one, or with a key by convention.</summary>
    private static bool IsTarget(IPropertySymbol property, INamedTypeSymbol entity, INamedTypeSymbol target, EntityModel model)
    {
        if (model.IsEntity(target))
            return true;

        for (INamedTypeSymbol? type = target; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public } key && EntityFacts.IsKeyByConvention(key, target))
                    return true;
            }
        }

        foreach (var chain in model.ChainsOf(entity))
        {
            if (!chain.Calls.IsEmpty && chain.Calls[0].Name is "HasOne" or "HasMany" && chain.Calls[0].Members.Contains(property.Name))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the entity holds a lazy loader, or the delegate that EF gives in its stead. Of types in references only
    /// what code outside can see counts: compilers do not read the rest.
    /// </summary>
    public static bool HasLoader(INamedTypeSymbol entity, KnownTypes types)
    {
        for (INamedTypeSymbol? type = entity; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                switch (member)
                {
                    case IFieldSymbol field when IsLoader(field.Type, types):
                    case IPropertySymbol property when IsLoader(property.Type, types):
                        return true;
                    case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                        foreach (var parameter in constructor.Parameters)
                        {
                            if (IsLoader(parameter.Type, types))
                                return true;
                        }

                        break;
                }
            }
        }

        return false;
    }

    private static bool IsLoader(ITypeSymbol type, KnownTypes types) => types.Is(type, "Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader")
        || (type is INamedTypeSymbol { Name: "Action", TypeArguments.Length: 2 } action && action.TypeArguments[0].SpecialType == SpecialType.System_Object && action.TypeArguments[1].SpecialType == SpecialType.System_String);

    /// <summary>Whether the getter calls a loader on <c>this</c>; assumed where the code is in another assembly.</summary>
    private static bool ReadsLoader(IPropertySymbol property, IAssemblySymbol home)
    {
        if (!SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, home))
            return true;

        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (ModelTypeReader.CallsLoader(reference.GetSyntax()))
                return true;
        }

        return false;
    }
}
