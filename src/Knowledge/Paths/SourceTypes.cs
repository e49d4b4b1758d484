using System;
using System.Collections.Generic;
using System.Threading;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>All types of a compilation, and what a written name means at a place, decided as C# decides it: nesting, namespaces, usings.</summary>
internal sealed class SourceTypes
{
    private readonly NameIndex _byName;
    private readonly NameIndex _members;
    private readonly int[] _treeOfMember;
    private readonly int[] _memberOffsets;
    private readonly SourceType[][] _ofPart;
    private readonly Imports _imports;

    public SourceTypes(TreeContent[] trees, CancellationToken cancel)
    {
        Trees = trees;
        _ofPart = new SourceType[trees.Length][];
        _memberOffsets = new int[trees.Length + 1];
        var declarations = 0;
        for (var tree = 0; tree < trees.Length; tree++)
        {
            declarations += trees[tree].Types.Length;
            _memberOffsets[tree + 1] = _memberOffsets[tree] + trees[tree].Members.Length;
        }

        All = new List<SourceType>(declarations);
        _byName = new NameIndex(declarations);
        for (var tree = 0; tree < trees.Length; tree++)
        {
            cancel.ThrowIfCancellationRequested();
            AddTypes(tree);
        }

        _members = new NameIndex(MemberCount);
        _treeOfMember = new int[MemberCount];

        // Backwards, so that the first declaration of a name is the first to be found.
        for (var tree = trees.Length - 1; tree >= 0; tree--)
        {
            var members = trees[tree].Members;
            for (var i = members.Length - 1; i >= 0; i--)
            {
                _treeOfMember[_memberOffsets[tree] + i] = tree;
                _members.Add(_memberOffsets[tree] + i, NameIndex.Hash(members[i].Name, OfPart(tree, members[i].Type)?.Id ?? -1));
            }
        }

        _imports = new Imports(trees);
        ResolveBases(cancel);
    }

    public TreeContent[] Trees { get; }

    public List<SourceType> All { get; }

    public int MemberCount => _memberOffsets[Trees.Length];

    /// <summary>The type that a part declares; null for a function outside types.</summary>
    public SourceType? OfPart(int tree, int part) => part < 0 ? null : _ofPart[tree][part];

    public IReadOnlyList<string> StaticUsings(int tree) => _imports.Statics(tree);

    /// <summary>Whether the tree sees the types of a namespace by their simple names.</summary>
    public bool Sees(int tree, string @namespace, string from) => @namespace.Length == 0 || Encloses(@namespace, from) || _imports.Has(tree, @namespace);

    /// <summary>Whether a simple name can mean a type of the compilation at all.</summary>
    public bool Knows(string simple, int tree)
    {
        for (var id = _byName.First(NameIndex.Hash(simple)); id >= 0; id = _byName.Next(id))
        {
            if (All[id].Name == simple)
                return true;
        }

        return _imports.Alias(tree, simple) is not null;
    }

    /// <summary>The first declaration of a field or property in a type: its number, or -1.</summary>
    public int Member(SourceType type, string name)
    {
        for (var member = _members.First(NameIndex.Hash(name, type.Id)); member >= 0; member = _members.Next(member))
        {
            var tree = _treeOfMember[member];
            ref readonly var part = ref Trees[tree].Members[member - _memberOffsets[tree]];
            if (part.Name == name && OfPart(tree, part.Type) == type)
                return member;
        }

        return -1;
    }

    /// <summary>The type of a member as it is written, and the tree that writes it.</summary>
    public (string Type, int Tree) Written(int member) => (Trees[_treeOfMember[member]].Members[member - _memberOffsets[_treeOfMember[member]]].TypeName, _treeOfMember[member]);

    /// <summary>The type without parameters that <paramref name="outer"/> declares under a name.</summary>
    public SourceType? Nested(SourceType outer, string name)
    {
        for (var id = _byName.First(NameIndex.Hash(name)); id >= 0; id = _byName.Next(id))
        {
            if (All[id] is var type && type.Outer == outer && type.Arity == 0 && type.Name == name)
                return type;
        }

        return null;
    }

    /// <summary>The type of the compilation that a written name means in <paramref name="tree"/> inside <paramref name="context"/>.</summary>
    public SourceType? Find(string name, int tree, SourceType? context)
    {
        if (name.Length == 0 || name[name.Length - 1] == ']')
            return null;

        var end = name.IndexOf('<') is var open and >= 0 ? open : name.Length;
        if (_imports.HasAliases(tree) && _imports.Alias(tree, end == name.Length ? name : name.Substring(0, end)) is { } target)
            (name, end) = (target, target.IndexOf('<') is var other and >= 0 ? other : target.Length);

        var arity = end == name.Length ? 0 : TypeNames.ArityOf(name, end);
        var start = end == 0 ? 0 : name.LastIndexOf('.', end - 1) + 1;
        SourceType? best = null;
        var bestRank = -1;
        for (var id = _byName.First(NameIndex.Hash(name, start, end)); id >= 0; id = _byName.Next(id))
        {
            var candidate = All[id];
            if (candidate.Arity != arity || candidate.Name.Length != end - start || string.CompareOrdinal(candidate.Name, 0, name, start, end - start) != 0)
                continue;

            var rank = Rank(candidate, tree, context);
            if (start > 0)
                rank = EndsWith(candidate, name, end) ? rank + 1 : -1;

            // The first that is declared wins; they come in reverse.
            if (rank >= bestRank)
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
                if (around == outer || around.Derives(outer))
                    return distance;
            }

            return -1;
        }

        var space = context?.Namespace ?? "";
        if (Encloses(candidate.Namespace, space))
            return 10 + candidate.Namespace.Length;

        return candidate.Namespace.Length == 0 ? 1 : _imports.Has(tree, candidate.Namespace) ? 5 : -1;
    }

    /// <summary>Whether the type's full name ends with the qualified name that stands before <paramref name="end"/>.</summary>
    private static bool EndsWith(SourceType candidate, string qualified, int end)
    {
        var full = candidate.DottedName;
        var before = full.Length - end;
        return before >= 0 && string.CompareOrdinal(full, before, qualified, 0, end) == 0 && (before == 0 || full[before - 1] == '.');
    }

    private static bool Encloses(string @namespace, string inner) => inner.Length == @namespace.Length
        ? inner == @namespace
        : @namespace.Length > 0 && inner.Length > @namespace.Length && inner[@namespace.Length] == '.' && inner.StartsWith(@namespace, StringComparison.Ordinal);

    private void AddTypes(int tree)
    {
        var content = Trees[tree];
        var types = _ofPart[tree] = content.Types.Length == 0 ? [] : new SourceType[content.Types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            ref readonly var part = ref content.Types[i];
            var outer = part.Outer < 0 ? null : types[part.Outer];
            var type = types[i] = Declared(part, outer) ?? Added(part, outer);
            type.Traits |= part.Traits;
            type.Parts = type.Parts.Length == 0 ? [(tree, i)] : [.. type.Parts, (tree, i)];
            if (type.ParameterTree is null && part.TypeParameters.Count > 0)
                (type.ParameterTree, type.TypeParameters, type.Constraints) = (content, part.TypeParameters, part.Constraints);
        }
    }

    private SourceType? Declared(in TypePart part, SourceType? outer)
    {
        for (var id = _byName.First(NameIndex.Hash(part.Name)); id >= 0; id = _byName.Next(id))
        {
            var type = All[id];
            if (type.Outer == outer && type.Arity == part.Arity && type.Name == part.Name && (outer is not null || type.Namespace == part.Namespace))
                return type;
        }

        return null;
    }

    private SourceType Added(in TypePart part, SourceType? outer)
    {
        var type = new SourceType(All.Count, part.Name, part.Arity, part.Namespace, outer);
        All.Add(type);
        _byName.Add(type.Id, NameIndex.Hash(type.Name));
        return type;
    }

    private void ResolveBases(CancellationToken cancel)
    {
        foreach (var type in All)
        {
            cancel.ThrowIfCancellationRequested();
            var count = 0;
            foreach (var (tree, part) in type.Parts)
                count += Trees[tree].Types[part].Bases.Count;

            if (count == 0)
                continue;

            var bases = new BasePart[count];
            foreach (var (tree, part) in type.Parts)
            {
                var names = Trees[tree].Types[part].Bases;
                for (var b = 0; b < names.Count; b++)
                    bases[--count] = new BasePart(Trees[tree].Names[names.Start + b], tree, null, null);
            }

            Array.Reverse(bases);
            for (var b = 0; b < bases.Length; b++)
            {
                if (Find(bases[b].Name, bases[b].Tree, type) is { } found && found != type)
                {
                    bases[b] = bases[b] with { Type = found };
                    (found.Derived ??= []).Add(type);
                }
            }

            type.Bases = bases;
        }
    }
}
