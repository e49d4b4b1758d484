using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>A type of the compilation with all its parts, by names alone.</summary>
internal sealed class SourceType(int id, string name, int arity, string space, SourceType? outer)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public int Arity { get; } = arity;

    public string Namespace { get; } = space;

    public SourceType? Outer { get; } = outer;

    /// <summary>As <c>GetTypeByMetadataName</c> takes it.</summary>
    public string MetadataName { get; } = (outer is null ? (space.Length == 0 ? "" : space + ".") : outer.MetadataName + "+") + name + (arity == 0 ? "" : "`" + arity);

    /// <summary>As a qualified name is written, without type arguments.</summary>
    public string DottedName { get; } = (outer is null ? space : outer.DottedName) is { Length: > 0 } around ? around + "." + name : name;

    public Traits Traits { get; set; }

    /// <summary>The tree and the index of each part.</summary>
    public List<(int Tree, int Part)> Parts { get; } = [];

    /// <summary>Base types and interfaces as written, with the tree that wrote them.</summary>
    public List<(string Name, int Tree)> BaseNames { get; } = [];

    /// <summary>Those of <see cref="BaseNames"/> that are in the compilation, with how they are written.</summary>
    public List<(SourceType Type, string Name, int Tree)> Bases { get; } = [];

    /// <summary>Those that are not.</summary>
    public List<(string Name, int Tree)> External { get; } = [];

    /// <summary>Types of the compilation that name this one as base.</summary>
    public List<SourceType> Derived { get; } = [];

    public List<string> TypeParameters { get; } = [];

    public List<string> Constraints { get; } = [];

    /// <summary>Fields and properties and their written types.</summary>
    public Dictionary<string, (string Type, int Tree)> Members { get; } = [];

    /// <summary>Functions by name: global indexes.</summary>
    public Dictionary<string, List<int>> Functions { get; } = [];

    public bool IsInterface => (Traits & Traits.Interface) != 0;
}

/// <summary>What is known of an expression's type: a type of the compilation, or the name of another, with its arguments.</summary>
internal sealed class TypeUse(SourceType? source, string name, TypeUse?[] arguments)
{
    public static readonly TypeUse?[] NoArguments = [];

    /// <summary>The type, where it is in the compilation.</summary>
    public SourceType? Source { get; } = source;

    /// <summary>Its simple name.</summary>
    public string Name { get; } = name;

    /// <summary>Its type arguments; null for one that is not known.</summary>
    public TypeUse?[] Arguments { get; } = arguments;

    /// <summary>Whether its type parameters stand for anything, rather than for what their constraints say.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether two uses can be the same type: unknown arguments match all.</summary>
    public bool MayBe(TypeUse other)
    {
        if (Name != other.Name || Source != other.Source || Arguments.Length != other.Arguments.Length)
            return false;

        for (var i = 0; i < Arguments.Length; i++)
        {
            if (Arguments[i] is { } left && other.Arguments[i] is { } right && !left.MayBe(right))
                return false;
        }

        return true;
    }
}
