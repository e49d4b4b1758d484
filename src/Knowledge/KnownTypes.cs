using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>The types that rules talk about, by metadata name, looked up once per compilation.</summary>
internal sealed class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, KnownTypes> s_cache = new();

    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _byName = new();
    private readonly Compilation _compilation;

    private KnownTypes(Compilation compilation) => _compilation = compilation;

    public INamedTypeSymbol? CancellationToken => this["System.Threading.CancellationToken"];

    public INamedTypeSymbol? Task => this["System.Threading.Tasks.Task"];

    public INamedTypeSymbol? TaskOfT => this["System.Threading.Tasks.Task`1"];

    public INamedTypeSymbol? ValueTask => this["System.Threading.Tasks.ValueTask"];

    public INamedTypeSymbol? ValueTaskOfT => this["System.Threading.Tasks.ValueTask`1"];

    public INamedTypeSymbol? ExpressionOfT => this["System.Linq.Expressions.Expression`1"];

    /// <summary>The type with this metadata name, or null where the compilation lacks it. Of several, one that code can name.</summary>
    public INamedTypeSymbol? this[string metadataName]
    {
        get
        {
            if (!_byName.TryGetValue(metadataName, out var type))
            {
                type = Find(metadataName);
                _byName.TryAdd(metadataName, type);
            }

            return type;
        }
    }

    public static KnownTypes Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new KnownTypes(c));

    /// <summary>Whether <paramref name="type"/> is a construction of, or is, the type with this metadata name.</summary>
    public bool Is(ITypeSymbol? type, string metadataName) =>
        type is not null && this[metadataName] is { } known && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);

    /// <summary>Whether <paramref name="type"/> is, derives from or implements the type with this metadata name.</summary>
    public bool IsOrInherits(ITypeSymbol? type, string metadataName)
    {
        if (type is null || this[metadataName] is not { } known)
            return false;

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, known))
                return true;
        }

        if (known.TypeKind != TypeKind.Interface)
            return type is ITypeParameterSymbol parameter && ConstraintInherits(parameter, metadataName);

        foreach (var implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, known))
                return true;
        }

        return type is ITypeParameterSymbol generic && ConstraintInherits(generic, metadataName);
    }

    private bool ConstraintInherits(ITypeParameterSymbol parameter, string metadataName)
    {
        foreach (var constraint in parameter.ConstraintTypes)
        {
            if (constraint is not ITypeParameterSymbol && IsOrInherits(constraint, metadataName))
                return true;
        }

        return false;
    }

    private INamedTypeSymbol? Find(string metadataName)
    {
        INamedTypeSymbol? hidden = null;
        foreach (var type in _compilation.GetTypesByMetadataName(metadataName))
        {
            if (type.DeclaredAccessibility == Accessibility.Public || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _compilation.Assembly))
                return type;

            hidden ??= type;
        }

        return hidden;
    }
}
