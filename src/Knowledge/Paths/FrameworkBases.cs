using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>A base type or interface outside the compilation, and the types here that name it.</summary>
internal sealed class ExternalBase(string simple, int arity, string space, string[] names)
{
    public string Simple { get; } = simple;

    public int Arity { get; } = arity;

    public string Namespace { get; } = space;

    /// <summary>The metadata names of it and of everything that it derives from or implements; attributes with a mark in front.</summary>
    public string[] Names { get; } = names;

    public List<SourceType> Types { get; } = [];
}

/// <summary>
/// What the types of the compilation derive from outside it. Names of the compilation come from its text; what lies
/// outside is asked of the symbols, once for each distinct base and not for each type.
/// </summary>
internal sealed class FrameworkBases
{
    /// <summary>An attribute of a base outside the compilation is listed with this in front of its name.</summary>
    public const char AttributeMark = '@';

    private static readonly string[] s_none = [];

    // Every server has hundreds of these, and none leads to a framework.
    private static readonly HashSet<string> s_plain =
    [
        "IDisposable", "IAsyncDisposable", "IEquatable", "IComparable", "ICloneable", "Exception", "Attribute", "EventArgs", "IEnumerable", "IReadOnlyList",
        "IList", "List", "ICollection", "IDictionary", "Dictionary", "IComparer", "IEqualityComparer", "IEnumerator", "INotifyPropertyChanged", "IFormattable", "Enum",
    ];

    private readonly SourceTypes _types;
    private readonly Dictionary<int, List<ExternalBase>> _byHash = [];
    private readonly Dictionary<string, List<ExternalBase>> _bySimpleName = [];

    public FrameworkBases(SourceTypes types, IAssemblySymbol assembly)
    {
        _types = types;
        foreach (var type in types.All)
        {
            for (var b = 0; b < type.Bases.Length; b++)
            {
                if (type.Bases[b].Type is not null)
                    continue;

                var external = Of(type, type.Bases[b], assembly);
                type.Bases[b] = type.Bases[b] with { External = external };
                external.Types.Add(type);
            }
        }
    }

    /// <summary>The bases outside the compilation that are, derive from or implement a type of this simple name.</summary>
    public List<ExternalBase>? Leading(string simple) => _bySimpleName.TryGetValue(simple, out var found) ? found : null;

    private ExternalBase Of(SourceType type, in BasePart written, IAssemblySymbol assembly)
    {
        var name = written.Name;
        var open = name.IndexOf('<');
        var (start, end) = (TypeNames.SimpleStart(name), open < 0 ? name.Length : open);
        var arity = open < 0 ? 0 : TypeNames.ArityOf(name, open);
        var hash = NameIndex.Hash(name, start, end) ^ arity;
        if (!_byHash.TryGetValue(hash, out var known))
            _byHash.Add(hash, known = []);

        // The same words mean the same type where the same namespace is in sight.
        foreach (var candidate in known)
        {
            if (candidate.Arity == arity && candidate.Simple.Length == end - start && string.CompareOrdinal(candidate.Simple, 0, name, start, end - start) == 0 && _types.Sees(written.Tree, candidate.Namespace, type.Namespace))
                return candidate;
        }

        var external = Read(type, name.Substring(start, end - start), arity, assembly);
        known.Add(external);
        AddName(external.Simple, external);
        foreach (var full in external.Names)
        {
            if (full[0] != AttributeMark)
                AddName(SimpleOf(full), external);
        }

        return external;
    }

    private static ExternalBase Read(SourceType type, string simple, int arity, IAssemblySymbol assembly)
    {
        if (s_plain.Contains(simple) || assembly.GetTypeByMetadataName(type.MetadataName) is not { } symbol)
            return new ExternalBase(simple, arity, "", s_none);

        var names = new HashSet<string>();
        string? @namespace = null;
        if (symbol.BaseType is { } @base)
            Collect(@base);

        foreach (var @interface in symbol.Interfaces)
            Collect(@interface);

        return new ExternalBase(simple, arity, @namespace ?? "", [.. names]);

        void Collect(INamedTypeSymbol candidate)
        {
            if (candidate.Name != simple || candidate.Arity != arity || candidate.TypeKind == TypeKind.Error)
                return;

            @namespace = MetadataNames.Of(candidate.ContainingNamespace);
            for (var current = candidate; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
            {
                names.Add(MetadataNames.Of(current));
                foreach (var attribute in current.GetAttributes())
                {
                    if (attribute.AttributeClass is { } attributeClass)
                        names.Add(AttributeMark + MetadataNames.Of(attributeClass));
                }
            }

            foreach (var @interface in candidate.AllInterfaces)
                names.Add(MetadataNames.Of(@interface));
        }
    }

    private void AddName(string simple, ExternalBase external)
    {
        if (!_bySimpleName.TryGetValue(simple, out var list))
            _bySimpleName.Add(simple, list = []);

        if (!list.Contains(external))
            list.Add(external);
    }

    private static string SimpleOf(string metadataName)
    {
        var start = metadataName.LastIndexOfAny(['.', '+']) + 1;
        var tick = metadataName.IndexOf('`', start);
        return tick < 0 ? metadataName.Substring(start) : metadataName.Substring(start, tick - start);
    }
}
