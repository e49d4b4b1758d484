using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>All functions of a compilation by one running number.</summary>
internal sealed class FunctionTable
{
    private static readonly List<int> s_none = [];

    private readonly TreeContent[] _trees;
    private readonly int[] _offsets;
    private readonly int[] _treeOf;
    private readonly SourceTypes _types;
    private readonly Dictionary<string, List<int>> _extensions = [];
    private readonly Dictionary<string, List<int>> _byName = [];
    private readonly bool?[] _foreign;

    public FunctionTable(TreeContent[] trees, int[] offsets, SourceTypes types)
    {
        (_trees, _offsets, _types) = (trees, offsets, types);
        _foreign = new bool?[types.All.Count];
        Count = offsets[trees.Length];
        _treeOf = new int[Count];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            var functions = trees[tree].Functions;
            for (var i = 0; i < functions.Length; i++)
            {
                _treeOf[offsets[tree] + i] = tree;
                if (functions[i].Kind is FunctionKind.Method or FunctionKind.Getter or FunctionKind.Setter)
                    Add((functions[i].Traits & Traits.Extension) != 0 ? _extensions : _byName, functions[i].Name, offsets[tree] + i);
            }
        }
    }

    public int Count { get; }

    public FunctionPart this[int function] => _trees[_treeOf[function]].Functions[function - _offsets[_treeOf[function]]];

    public int TreeOf(int function) => _treeOf[function];

    public TreeContent ContentOf(int function) => _trees[_treeOf[function]];

    /// <summary>The number of the function that encloses a lambda or a local function, or -1.</summary>
    public int ParentOf(int function) => this[function].Parent is var parent and >= 0 ? parent + _offsets[_treeOf[function]] : -1;

    public int OfTree(int tree, int index) => _offsets[tree] + index;

    public SourceType? TypeOf(int function) => _types.OfPart(_treeOf[function], this[function].Type);

    public IReadOnlyList<int> Extensions(string name) => _extensions.TryGetValue(name, out var list) ? list : s_none;

    /// <summary>Methods and accessors with a name, in any type; extension methods apart.</summary>
    public IReadOnlyList<int> Named(string name) => _byName.TryGetValue(name, out var list) ? list : s_none;

    /// <summary>Whether a call with this <see cref="CallPart.Arguments"/> fits the function.</summary>
    public bool Takes(int function, int arguments)
    {
        var part = this[function];
        var typeArguments = arguments >> CallPart.TypeArgumentShift;
        if (typeArguments > 0 && part.TypeParameters.Count != typeArguments)
            return false;

        arguments &= (1 << CallPart.TypeArgumentShift) - 1;
        return arguments >= part.LeastArguments && arguments <= part.MostArguments;
    }

    /// <summary>Whether the type derives from a class outside the compilation, which may declare members that the text does not show.</summary>
    public bool HasForeignBase(SourceType type)
    {
        if (_foreign[type.Id] is { } known)
            return known;

        _foreign[type.Id] = false;
        var result = false;
        foreach (var (name, _) in type.External)
            result |= !LooksLikeInterface(TypeNames.Simple(name));

        foreach (var (@base, _, _) in type.Bases)
            result |= HasForeignBase(@base);

        _foreign[type.Id] = result;
        return result;
    }

    public static bool LooksLikeInterface(string name) => name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);

    public bool IsTypeParameter(int function, string name)
    {
        var part = this[function];
        for (var i = 0; i < part.TypeParameters.Count; i++)
        {
            if (ContentOf(function).Names[part.TypeParameters.Start + i] == name)
                return true;
        }

        return false;
    }

    /// <summary>Whether an extension method may take a receiver of this type: refused only where both are known and unrelated.</summary>
    public bool MayExtend(int function, TypeUse? receiver)
    {
        if (receiver is null)
            return true;

        var part = this[function];
        if (part.Parameters.Count == 0)
            return false;

        var written = ContentOf(function).Names[part.Parameters.Start];
        if (written == "object" || IsTypeParameter(function, written))
            return true;

        var target = _types.Find(written, _treeOf[function], TypeOf(function));
        if (target is not null)
            return receiver.Source is not null && Is(receiver.Source, target, 0);

        var simple = TypeNames.Simple(written);
        if (receiver.Source is not null)
            return HasBase(receiver.Source, simple, 0);

        // Two framework types: equal names, or an interface or base class that the names cannot rule out.
        return simple == receiver.Name || LooksLikeInterface(simple) || simple.Length > 0 && receiver.Name.Length > 0 && !char.IsLower(simple[0]) && !char.IsLower(receiver.Name[0]) && receiver.Name[0] != '[';
    }

    private static bool Is(SourceType type, SourceType target, int depth)
    {
        if (type == target)
            return true;

        foreach (var (@base, _, _) in type.Bases)
        {
            if (depth < 16 && Is(@base, target, depth + 1))
                return true;
        }

        return false;
    }

    private static bool HasBase(SourceType type, string simple, int depth)
    {
        foreach (var (name, _) in type.External)
        {
            // A base outside may implement whatever the method extends.
            if (TypeNames.Simple(name) == simple || !LooksLikeInterface(TypeNames.Simple(name)))
                return true;
        }

        foreach (var (@base, _, _) in type.Bases)
        {
            if (depth < 16 && HasBase(@base, simple, depth + 1))
                return true;
        }

        return false;
    }

    private static void Add(Dictionary<string, List<int>> map, string name, int function)
    {
        if (!map.TryGetValue(name, out var list))
            map.Add(name, list = []);

        list.Add(function);
    }
}
