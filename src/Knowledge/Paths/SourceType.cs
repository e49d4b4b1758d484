using System;
using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>A base type or an interface as a declaration names it: the type of the compilation that it means, or the one outside.</summary>
internal readonly record struct BasePart(string Name, int Tree, SourceType? Type, ExternalBase? External);

/// <summary>A type of the compilation with all its parts, by names alone.</summary>
internal sealed class SourceType(int id, string name, int arity, string space, SourceType? outer)
{
    private TypeUse? _itself;
    private TypeUse? _open;

    public int Id { get; } = id;

    public string Name { get; } = name;

    public int Arity { get; } = arity;

    public string Namespace { get; } = space;

    public SourceType? Outer { get; } = outer;

    /// <summary>As <c>GetTypeByMetadataName</c> takes it.</summary>
    public string MetadataName => (Outer is null ? (Namespace.Length == 0 ? "" : Namespace + ".") : Outer.MetadataName + "+") + Name + (Arity == 0 ? "" : "`" + Arity);

    /// <summary>As a qualified name is written, without type arguments.</summary>
    public string DottedName => (Outer is null ? Namespace : Outer.DottedName) is { Length: > 0 } around ? around + "." + Name : Name;

    public Traits Traits { get; set; }

    /// <summary>The tree and the index of each part.</summary>
    public (int Tree, int Part)[] Parts { get; set; } = [];

    /// <summary>Base types and interfaces, those outside the compilation too.</summary>
    public BasePart[] Bases { get; set; } = [];

    /// <summary>Types of the compilation that name this one as base; null where there are none.</summary>
    public List<SourceType>? Derived { get; set; }

    /// <summary>Where the type parameters are written: they are names of this tree.</summary>
    public TreeContent? ParameterTree { get; set; }

    public Slice TypeParameters { get; set; }

    public Slice Constraints { get; set; }

    public bool IsInterface => (Traits & Traits.Interface) != 0;

    /// <summary>Whether neither it nor a type around it has type parameters, so that names in it mean one thing.</summary>
    public bool IsPlain { get; } = arity == 0 && (outer is null || outer.IsPlain);

    /// <summary>The type inside itself: of its arguments nothing is known.</summary>
    public TypeUse Itself => _itself ??= new TypeUse(this, Name, Arity == 0 ? TypeUse.NoArguments : new TypeUse?[Arity]);

    /// <summary>The type with any arguments.</summary>
    public TypeUse Open => _open ??= new TypeUse(this, Name, TypeUse.NoArguments) { IsOpen = true };

    public int ParameterNamed(string name)
    {
        for (var i = 0; i < TypeParameters.Count; i++)
        {
            if (ParameterTree!.Names[TypeParameters.Start + i] == name)
                return i;
        }

        return -1;
    }

    public string ConstraintOf(int parameter) => ParameterTree!.Names[Constraints.Start + parameter];

    public bool Derives(SourceType ancestor, int depth = 0)
    {
        if (depth > 16)
            return false;

        foreach (var @base in Bases)
        {
            if (@base.Type is { } type && (type == ancestor || type.Derives(ancestor, depth + 1)))
                return true;
        }

        return false;
    }
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

    /// <summary>Whether it is a type parameter, of which only this constraint is known.</summary>
    public bool IsConstraint { get; init; }

    /// <summary>The next of several constraints, of a type parameter that has them.</summary>
    public TypeUse? Also { get; init; }

    /// <summary>Its base types with the arguments put in, once somebody asked.</summary>
    public TypeUse[]? Bases { get; set; }

    public bool HasArguments => Array.Exists(Arguments, static argument => argument is not null);

    /// <summary>Whether two uses can be the same type: unknown arguments match all.</summary>
    public bool MayBe(TypeUse other)
    {
        if (ReferenceEquals(this, other))
            return true;

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
