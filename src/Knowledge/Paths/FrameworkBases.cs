using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// The metadata names of everything that a type derives from or implements. Names of the compilation come from its text;
/// what lies outside is asked of the symbols, once for each distinct base and not for each type.
/// </summary>
internal sealed class FrameworkBases(SourceTypes types)
{
    private IAssemblySymbol? _assembly;

    // Every server has hundreds of these, and none leads to a framework.
    private static readonly HashSet<string> s_plain =
    [
        "IDisposable", "IAsyncDisposable", "IEquatable", "IComparable", "ICloneable", "Exception", "Attribute", "EventArgs", "IEnumerable", "IReadOnlyList",
        "IList", "List", "ICollection", "IDictionary", "Dictionary", "IComparer", "IEqualityComparer", "IEnumerator", "INotifyPropertyChanged", "IFormattable", "Enum",
    ];

    private readonly Dictionary<int, HashSet<string>> _ofType = [];
    private readonly Dictionary<string, List<(string Namespace, string[] Names)>> _external = [];

    /// <summary>An attribute of a base outside the compilation is listed with this in front of its name.</summary>
    public const char AttributeMark = '@';

    public FrameworkBases(SourceTypes types, IAssemblySymbol assembly) : this(types) => _assembly = assembly;

    /// <summary>Lets go of the symbols; what was not asked by now is not known.</summary>
    public void Release() => _assembly = null;

    public HashSet<string> Of(SourceType type)
    {
        if (_ofType.TryGetValue(type.Id, out var names))
            return names;

        // Set before it is filled: broken code may derive in a circle.
        _ofType.Add(type.Id, names = []);
        foreach (var (@base, _, _) in type.Bases)
        {
            names.Add(@base.MetadataName);
            names.UnionWith(Of(@base));
        }

        foreach (var (name, tree) in type.External)
        {
            if (!s_plain.Contains(TypeNames.Simple(name)))
                names.UnionWith(External(type, name, tree));
        }

        return names;
    }

    private string[] External(SourceType type, string name, int tree)
    {
        var simple = TypeNames.Simple(name);
        var arity = TypeNames.ArgumentsOf(name).Length;
        var key = arity == 0 ? simple : simple + "`" + arity;
        if (!_external.TryGetValue(key, out var known))
            _external.Add(key, known = []);

        // The same words mean the same type where the same namespace is in sight.
        foreach (var (space, found) in known)
        {
            if (types.Sees(tree, space, type.Namespace))
                return found;
        }

        if (_assembly?.GetTypeByMetadataName(type.MetadataName) is not { } symbol)
            return [];

        var names = new HashSet<string>();
        string? @namespace = null;
        if (symbol.BaseType is { } @base)
            Collect(@base);

        foreach (var @interface in symbol.Interfaces)
            Collect(@interface);

        string[] result = [.. names];
        if (@namespace is not null)
            known.Add((@namespace, result));

        return result;

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
}
