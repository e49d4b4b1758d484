using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>
/// The metadata names of the contexts of a referenced assembly, and of the interfaces that promise sets. Edits of a
/// project leave the assemblies that it refers to as they are, so these are searched once; nothing keeps them alive.
/// </summary>
internal static class ReferencedContexts
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, StrongBox<ImmutableArray<string>>> s_cache = new();

    public static ImmutableArray<string> In(IAssemblySymbol assembly, KnownTypes types, CancellationToken cancel)
    {
        if (!s_cache.TryGetValue(assembly, out var found))
        {
            var names = MayHaveContexts(assembly) ? Find(assembly, types, cancel) : ImmutableArray<string>.Empty;
            found = s_cache.GetValue(assembly, _ => new StrongBox<ImmutableArray<string>>(names));
        }

        return found.Value;
    }

    /// <summary>Whether the assembly is a project's, or a package's, that works with EF.</summary>
    private static bool MayHaveContexts(IAssemblySymbol assembly)
    {
        if (assembly.Name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
            return false;

        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                if (reference.Name == "Microsoft.EntityFrameworkCore")
                    return true;
            }
        }

        return false;
    }

    private static ImmutableArray<string> Find(IAssemblySymbol assembly, KnownTypes types, CancellationToken cancel)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var current = open.Pop();
            if (current is INamedTypeSymbol type)
            {
                if (type.TypeKind == TypeKind.Interface ? HasSets(type, types) : type.TypeKind == TypeKind.Class && !type.IsStatic && types.IsOrInherits(type, "Microsoft.EntityFrameworkCore.DbContext"))
                    names.Add(MetadataNames.Of(type));

                foreach (var nested in type.GetTypeMembers())
                    open.Push(nested);
            }
            else
            {
                foreach (var member in ((INamespaceSymbol)current).GetMembers())
                    open.Push(member);
            }
        }

        return names.ToImmutable();
    }

    private static bool HasSets(INamedTypeSymbol type, KnownTypes types)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol property && types.Is(property.Type, "Microsoft.EntityFrameworkCore.DbSet`1"))
                return true;
        }

        return false;
    }
}
