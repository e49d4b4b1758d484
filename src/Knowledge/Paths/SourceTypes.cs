using System.Collections.Generic;
using System.Threading;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>All types of a compilation, and what a written name means at a place, decided as C# decides it: nesting, namespaces, usings.</summary>
internal sealed class SourceTypes
{
    private readonly TreeContent[] _trees;
    private readonly Dictionary<string, List<SourceType>> _byName = [];
    private readonly Dictionary<string, SourceType> _byMetadataName = [];
    private readonly SourceType[][] _ofPart;
    private readonly HashSet<string>[] _usings;
    private readonly Dictionary<string, string>?[] _aliases;
    private readonly List<string>[] _staticUsings;
    private readonly Dictionary<(int Tree, int Type, string Name), SourceType?> _resolved = [];

    public SourceTypes(TreeContent[] trees, int[] offsets, CancellationToken cancel)
    {
        _trees = trees;
        _ofPart = new SourceType[trees.Length][];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            cancel.ThrowIfCancellationRequested();
            AddTypes(tree);
            AddFunctions(tree, offsets[tree]);
        }

        (_usings, _aliases, _staticUsings) = Imports();
        foreach (var type in All)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (name, tree) in type.BaseNames)
            {
                if (Find(name, tree, type) is { } found && found != type)
                {
                    type.Bases.Add((found, name, tree));
                    found.Derived.Add(type);
                }
                else
                {
                    type.External.Add((name, tree));
                }
            }
        }

        // What was looked up before all bases were known may have missed a type nested in a base.
        _resolved.Clear();
    }

    public TreeContent[] Trees => _trees;

    public List<SourceType> All { get; } = [];

    /// <summary>The type that a part declares; null for a function outside types.</summary>
    public SourceType? OfPart(int tree, int part) => part < 0 ? null : _ofPart[tree][part];

    public SourceType? ByMetadataName(string name) => _byMetadataName.TryGetValue(name, out var type) ? type : null;

    public IReadOnlyList<string> StaticUsings(int tree) => _staticUsings[tree];

    /// <summary>Whether the tree sees the types of a namespace by their simple names.</summary>
    public bool Sees(int tree, string @namespace, string from) => @namespace.Length == 0 || Encloses(@namespace, from) || _usings[tree].Contains(@namespace);

    /// <summary>The type of the compilation that a written name means in <paramref name="tree"/> inside <paramref name="context"/>.</summary>
    public SourceType? Find(string name, int tree, SourceType? context)
    {
        if (name.Length == 0 || name[name.Length - 1] == ']')
            return null;

        var key = (tree, context?.Id ?? -1, name);
        if (!_resolved.TryGetValue(key, out var type))
        {
            type = Resolve(name, tree, context);
            _resolved.Add(key, type);
        }

        return type;
    }

    private SourceType? Resolve(string name, int tree, SourceType? context)
    {
        var qualified = TypeNames.WithoutArguments(name);
        if (_aliases[tree] is { } aliases && aliases.TryGetValue(qualified, out var target))
            (name, qualified) = (target, TypeNames.WithoutArguments(target));

        if (!_byName.TryGetValue(TypeNames.Simple(name), out var candidates))
            return null;

        var arity = qualified.Length == name.Length ? 0 : TypeNames.ArgumentsOf(name).Length;
        var isQualified = qualified.IndexOf('.') >= 0;
        SourceType? best = null;
        var bestRank = -1;
        foreach (var candidate in candidates)
        {
            if (candidate.Arity != arity)
                continue;

            var rank = isQualified ? (EndsWith(candidate, qualified) ? Rank(candidate, tree, context) + 1 : -1) : Rank(candidate, tree, context);
            if (rank > bestRank)
                (best, bestRank) = (candidate, rank);
        }

        // A qualified name may start at an enclosing namespace that Rank cannot see; an unqualified one must be in sight.
        return bestRank >= 0 ? best : null;
    }

    /// <summary>How near a type is to a place: the nearest wins; -1 where its simple name does not reach.</summary>
    private int Rank(SourceType candidate, int tree, SourceType? context)
    {
        if (candidate.Outer is { } outer)
        {
            var distance = 2000;
            for (var around = context; around is not null; around = around.Outer, distance--)
            {
                if (around == outer || Inherits(around, outer, 0))
                    return distance;
            }

            return -1;
        }

        var space = context?.Namespace ?? "";
        if (Encloses(candidate.Namespace, space))
            return 10 + candidate.Namespace.Length;

        return candidate.Namespace.Length == 0 ? 1 : _usings[tree].Contains(candidate.Namespace) ? 5 : -1;
    }

    private static bool Inherits(SourceType type, SourceType ancestor, int depth)
    {
        if (depth > 16)
            return false;

        foreach (var (@base, _, _) in type.Bases)
        {
            if (@base == ancestor || Inherits(@base, ancestor, depth + 1))
                return true;
        }

        return false;
    }

    private static bool EndsWith(SourceType candidate, string qualified)
    {
        var full = candidate.DottedName;
        return full == qualified || (full.Length > qualified.Length && full[full.Length - qualified.Length - 1] == '.' && full.EndsWith(qualified, System.StringComparison.Ordinal));
    }

    private static bool Encloses(string @namespace, string inner) => inner.Length == @namespace.Length
        ? inner == @namespace
        : @namespace.Length > 0 && inner.Length > @namespace.Length && inner[@namespace.Length] == '.' && inner.StartsWith(@namespace, System.StringComparison.Ordinal);

    private void AddTypes(int tree)
    {
        var content = _trees[tree];
        var types = _ofPart[tree] = new SourceType[content.Types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            var part = content.Types[i];
            var outer = part.Outer < 0 ? null : types[part.Outer];
            var type = new SourceType(All.Count, part.Name, part.Arity, part.Namespace, outer);
            if (_byMetadataName.TryGetValue(type.MetadataName, out var known))
            {
                type = known;
            }
            else
            {
                All.Add(type);
                _byMetadataName.Add(type.MetadataName, type);
                if (!_byName.TryGetValue(type.Name, out var same))
                    _byName.Add(type.Name, same = []);

                same.Add(type);
            }

            types[i] = type;
            type.Traits |= part.Traits;
            type.Parts.Add((tree, i));
            for (var b = 0; b < part.Bases.Count; b++)
                type.BaseNames.Add((content.Names[part.Bases.Start + b], tree));

            if (type.TypeParameters.Count == 0)
            {
                for (var p = 0; p < part.TypeParameters.Count; p++)
                {
                    type.TypeParameters.Add(content.Names[part.TypeParameters.Start + p]);
                    type.Constraints.Add(content.Names[part.Constraints.Start + p]);
                }
            }
        }

        foreach (var member in content.Members)
        {
            if (member.Type >= 0 && !types[member.Type].Members.ContainsKey(member.Name))
                types[member.Type].Members.Add(member.Name, (member.TypeName, tree));
        }
    }

    private void AddFunctions(int tree, int offset)
    {
        var functions = _trees[tree].Functions;
        for (var i = 0; i < functions.Length; i++)
        {
            if (functions[i].Type < 0 || functions[i].Kind is FunctionKind.Lambda or FunctionKind.LocalFunction or FunctionKind.TopLevel)
                continue;

            var byName = _ofPart[tree][functions[i].Type].Functions;
            var name = functions[i].Kind switch
            {
                FunctionKind.Constructor => ".ctor",
                FunctionKind.StaticConstructor => ".cctor",
                FunctionKind.InstanceInitializer => ".init",
                FunctionKind.StaticInitializer => ".sinit",
                _ => functions[i].Name,
            };

            if (!byName.TryGetValue(name, out var same))
                byName.Add(name, same = []);

            same.Add(offset + i);
        }
    }

    private (HashSet<string>[], Dictionary<string, string>?[], List<string>[]) Imports()
    {
        var global = new HashSet<string>();
        var globalStatics = new List<string>();
        Dictionary<string, string>? globalAliases = null;
        foreach (var tree in _trees)
        {
            foreach (var item in tree.Usings)
            {
                if (item.IsGlobal)
                    Add(item, global, ref globalAliases, globalStatics);
            }
        }

        var usings = new HashSet<string>[_trees.Length];
        var aliases = new Dictionary<string, string>?[_trees.Length];
        var statics = new List<string>[_trees.Length];
        for (var i = 0; i < _trees.Length; i++)
        {
            if (_trees[i].Usings.Length == 0)
            {
                (usings[i], aliases[i], statics[i]) = (global, globalAliases, globalStatics);
                continue;
            }

            usings[i] = new HashSet<string>(global);
            statics[i] = [.. globalStatics];
            aliases[i] = globalAliases is null ? null : new Dictionary<string, string>(globalAliases);
            foreach (var item in _trees[i].Usings)
                Add(item, usings[i], ref aliases[i], statics[i]);
        }

        return (usings, aliases, statics);
    }

    private static void Add(UsingPart item, HashSet<string> namespaces, ref Dictionary<string, string>? aliases, List<string> statics)
    {
        if (item.Alias is { } alias)
        {
            (aliases ??= [])[alias] = item.Name;
        }
        else if (item.IsStatic)
        {
            statics.Add(item.Name);
        }
        else
        {
            namespaces.Add(item.Name);

            // Inside a namespace a using may be relative to it.
            for (var space = item.Namespace; space.Length > 0; space = space.LastIndexOf('.') is var dot and > 0 ? space.Substring(0, dot) : "")
                namespaces.Add(space + "." + item.Name);
        }
    }
}
