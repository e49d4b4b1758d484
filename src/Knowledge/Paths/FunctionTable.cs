namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>All functions of a compilation by one running number.</summary>
internal sealed class FunctionTable
{
    public const string Constructor = ".ctor", Initializer = ".init";

    private readonly TreeContent[] _trees;
    private readonly int[] _offsets;
    private readonly int[] _treeOf;
    private readonly SourceTypes _types;
    private readonly NameIndex _byName;
    private readonly NameIndex _byType;
    private readonly sbyte[] _foreign;

    public FunctionTable(TreeContent[] trees, int[] offsets, SourceTypes types)
    {
        (_trees, _offsets, _types) = (trees, offsets, types);
        _foreign = new sbyte[types.All.Count];
        Count = offsets[trees.Length];
        _treeOf = new int[Count];
        (_byName, _byType) = (new NameIndex(Count), new NameIndex(Count));

        // Backwards, so that what is declared first is found first.
        for (var tree = trees.Length - 1; tree >= 0; tree--)
        {
            var functions = trees[tree].Functions;
            for (var i = functions.Length - 1; i >= 0; i--)
            {
                ref readonly var part = ref functions[i];
                _treeOf[offsets[tree] + i] = tree;
                if (part.Kind is FunctionKind.Method or FunctionKind.Getter or FunctionKind.Setter or FunctionKind.Operator)
                    _byName.Add(offsets[tree] + i, NameIndex.Hash(part.Name));

                if (part.Type >= 0 && part.Kind is not (FunctionKind.Lambda or FunctionKind.LocalFunction or FunctionKind.TopLevel))
                    _byType.Add(offsets[tree] + i, NameIndex.Hash(KeyOf(part), types.OfPart(tree, part.Type)!.Id));
            }
        }
    }

    public int Count { get; }

    public ref readonly FunctionPart this[int function] => ref _trees[_treeOf[function]].Functions[function - _offsets[_treeOf[function]]];

    public int TreeOf(int function) => _treeOf[function];

    public TreeContent ContentOf(int function) => _trees[_treeOf[function]];

    /// <summary>The number of the function that encloses a lambda or a local function, or -1.</summary>
    public int ParentOf(int function) => this[function].Parent is var parent and >= 0 ? parent + _offsets[_treeOf[function]] : -1;

    public int OfTree(int tree, int index) => _offsets[tree] + index;

    public SourceType? TypeOf(int function) => _types.OfPart(_treeOf[function], this[function].Type);

    /// <summary>The first function of a type with a name, or -1; constructors and initialisers go by their own names.</summary>
    public int First(SourceType type, string name) => Matching(_byType.First(NameIndex.Hash(name, type.Id)), type, name);

    /// <summary>The next one after <paramref name="function"/>.</summary>
    public int Next(int function, SourceType type, string name) => Matching(_byType.Next(function), type, name);

    /// <summary>The first method, accessor or operator with a name in any type, or -1.</summary>
    public int First(string name) => Matching(_byName.First(NameIndex.Hash(name)), name);

    /// <summary>The next one after <paramref name="function"/>.</summary>
    public int Next(int function, string name) => Matching(_byName.Next(function), name);

    /// <summary>Whether a call with this <see cref="CallPart.Arguments"/> fits the function.</summary>
    public bool Takes(int function, int arguments)
    {
        ref readonly var part = ref this[function];
        var typeArguments = arguments >> CallPart.TypeArgumentShift;
        if (typeArguments > 0 && part.TypeParameters.Count != typeArguments)
            return false;

        arguments &= (1 << CallPart.TypeArgumentShift) - 1;
        return arguments >= part.LeastArguments && arguments <= part.MostArguments;
    }

    /// <summary>Whether the type derives from a class outside the compilation, which may declare members that the text does not show.</summary>
    public bool HasForeignBase(SourceType type)
    {
        if (_foreign[type.Id] != 0)
            return _foreign[type.Id] > 0;

        _foreign[type.Id] = -1;
        var result = false;
        foreach (var @base in type.Bases)
            result |= @base.Type is null ? !TypeNames.LooksLikeInterface(@base.Name) : HasForeignBase(@base.Type);

        _foreign[type.Id] = result ? (sbyte)1 : (sbyte)-1;
        return result;
    }

    /// <summary>The index of a type parameter of the function itself, or -1.</summary>
    public int TypeParameter(int function, string name)
    {
        ref readonly var part = ref this[function];
        for (var i = 0; i < part.TypeParameters.Count; i++)
        {
            if (ContentOf(function).Names[part.TypeParameters.Start + i] == name)
                return i;
        }

        return -1;
    }

    /// <summary>Whether an extension method may take a receiver of this type: refused only where both are known and unrelated.</summary>
    public bool MayExtend(int function, TypeUse receiver)
    {
        ref readonly var part = ref this[function];
        if (part.Parameters.Count == 0)
            return false;

        var written = ContentOf(function).Names[part.Parameters.Start];
        if (written == "object" || TypeParameter(function, written) >= 0)
            return true;

        if (_types.Find(written, _treeOf[function], TypeOf(function)) is { } target)
            return receiver.Source is { } source && (source == target || source.Derives(target));

        if (receiver.Source is not null)
            return HasBase(receiver.Source, written, 0);

        // Two framework types: equal names, or an interface or base class that the names cannot rule out.
        if (TypeNames.SameSimple(written, receiver.Name) || TypeNames.LooksLikeInterface(written))
            return true;

        var first = written.Length == 0 ? 'a' : written[TypeNames.SimpleStart(written)];
        return !char.IsLower(first) && receiver.Name.Length > 0 && !char.IsLower(receiver.Name[0]) && receiver.Name[0] != '[';
    }

    private static bool HasBase(SourceType type, string written, int depth)
    {
        foreach (var @base in type.Bases)
        {
            // A base outside may implement whatever the method extends.
            if (@base.Type is null ? TypeNames.SameSimple(@base.Name, written) || !TypeNames.LooksLikeInterface(@base.Name) : depth < 16 && HasBase(@base.Type, written, depth + 1))
                return true;
        }

        return false;
    }

    private int Matching(int function, SourceType type, string name)
    {
        while (function >= 0 && (KeyOf(this[function]) != name || TypeOf(function) != type))
            function = _byType.Next(function);

        return function;
    }

    private int Matching(int function, string name)
    {
        while (function >= 0 && this[function].Name != name)
            function = _byName.Next(function);

        return function;
    }

    private static string KeyOf(in FunctionPart part) => part.Kind switch
    {
        FunctionKind.Constructor => Constructor,
        FunctionKind.StaticConstructor => ".cctor",
        FunctionKind.InstanceInitializer => Initializer,
        FunctionKind.StaticInitializer => ".sinit",
        _ => part.Name,
    };
}
