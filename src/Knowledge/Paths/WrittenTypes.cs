using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>What types mean as they are written, each meaning kept once.</summary>
internal sealed class WrittenTypes(SourceTypes types, FunctionTable functions)
{
    private readonly Dictionary<string, TypeUse> _plain = [];
    private readonly Dictionary<(object Type, TypeUse? First, TypeUse? Second, int Count), TypeUse> _generic = [];
    private int _constraints;

    /// <summary>A type outside the compilation that has no arguments.</summary>
    public TypeUse Plain(string name)
    {
        if (!_plain.TryGetValue(name, out var use))
            _plain.Add(name, use = new TypeUse(null, name, TypeUse.NoArguments));

        return use;
    }

    /// <summary>A type with one argument.</summary>
    public TypeUse Generic(SourceType? source, string name, TypeUse? argument) => Generic(source, name, argument, null, 1);

    /// <summary>What a written type means in a tree, with the arguments of <paramref name="instance"/> in place of its type parameters.</summary>
    /// <param name="name">The type as written.</param>
    /// <param name="tree">Where it is written.</param>
    /// <param name="context">The type it is written in.</param>
    /// <param name="function">The function it is written in, or -1.</param>
    /// <param name="instance">The use of <paramref name="context"/> that is meant.</param>
    public TypeUse? Of(string name, int tree, SourceType? context, int function = -1, TypeUse? instance = null)
    {
        if (name.Length == 0 || name == "dynamic")
            return null;

        if (name[0] == '(')
            return TypeNames.IsTuple(name) ? Tuple(name, tree, context, function, instance) : null;

        for (var around = function; around >= 0; around = functions.ParentOf(around))
        {
            if (functions.TypeParameter(around, name) is var own and >= 0)
                return Constraint(functions.ContentOf(around).Names[functions[around].Constraints.Start + own], name, tree, context);
        }

        for (var around = context; around is not null; around = around.Outer)
        {
            if (around.ParameterNamed(name) is var index and >= 0)
            {
                if (instance?.Source == around && (instance.IsOpen || (index < instance.Arguments.Length && instance.Arguments[index] is not null)))
                    return index < instance.Arguments.Length ? instance.Arguments[index] : null;

                return Constraint(around.ConstraintOf(index), name, tree, context);
            }
        }

        if (name[name.Length - 1] == ']')
            return Generic(null, "[]", Of(name.Substring(0, name.LastIndexOf('[')), tree, context, function, instance));

        var open = name.IndexOf('<');
        var source = types.Find(name, tree, context);
        if (open < 0 || name[name.Length - 1] != '>')
            return source?.Itself ?? Plain(TypeNames.Simple(name));

        var count = TypeNames.ArityOf(name, open);
        var simple = source?.Name ?? TypeNames.Simple(name);
        if (count <= 2)
        {
            var middle = TypeNames.NextArgument(name, open + 1);
            return Generic(source, simple, Argument(open + 1, middle), count == 1 ? null : Argument(middle + 1, name.Length - 1), count);
        }

        var arguments = new TypeUse?[count];
        for (int i = 0, start = open + 1; i < count; i++)
        {
            var end = TypeNames.NextArgument(name, start);
            arguments[i] = Argument(start, end);
            start = end + 1;
        }

        return new TypeUse(source, simple, arguments);

        TypeUse? Argument(int start, int end)
        {
            var written = name.Substring(start, end - start);
            return IsOpen(written, context, function, instance) ? null : Of(written, tree, context, function, instance);
        }
    }

    /// <summary>A tuple is named by its text, in which its elements' names stand.</summary>
    private TypeUse Tuple(string name, int tree, SourceType? context, int function, TypeUse? instance)
    {
        var arguments = new List<TypeUse?>();
        for (var start = 1; start < name.Length; start = TypeNames.NextArgument(name, start) + 1)
        {
            var end = TypeNames.ElementTypeEnd(name, start, TypeNames.NextArgument(name, start));
            arguments.Add(Of(name.Substring(start, end - start), tree, context, function, instance));
        }

        return new TypeUse(null, name, [.. arguments]);
    }

    public TypeUse[] Bases(TypeUse type)
    {
        if (type.Bases is { } known)
            return known;

        var bases = type.Source is { } source ? Read(type, source) : [];
        type.Bases = bases;
        return bases;
    }

    private TypeUse[] Read(TypeUse type, SourceType source)
    {
        var found = source.Bases.Length == 0 ? [] : new TypeUse[source.Bases.Length];
        var count = 0;
        foreach (var @base in source.Bases)
        {
            if (Of(@base.Name, @base.Tree, source, -1, type) is { } use && use.Source != source)
                found[count++] = use;
        }

        if (count < found.Length)
            System.Array.Resize(ref found, count);

        return found;
    }

    private TypeUse Generic(SourceType? source, string name, TypeUse? first, TypeUse? second, int count)
    {
        var key = (source ?? (object)name, first, second, count);
        if (!_generic.TryGetValue(key, out var use))
            _generic.Add(key, use = new TypeUse(source, name, count == 1 ? [first] : [first, second]));

        return use;
    }

    /// <summary>Whether an argument is a type parameter of which nothing is known here: as argument it may be anything, not only what its constraint says.</summary>
    private bool IsOpen(string name, SourceType? context, int function, TypeUse? instance)
    {
        for (var around = function; around >= 0; around = functions.ParentOf(around))
        {
            if (functions.TypeParameter(around, name) >= 0)
                return true;
        }

        for (var around = context; around is not null; around = around.Outer)
        {
            if (around.ParameterNamed(name) is var index and >= 0)
                return instance?.Source != around || index >= instance.Arguments.Length || instance.Arguments[index] is null;
        }

        return false;
    }

    private TypeUse? Constraint(string constraint, string parameter, int tree, SourceType? context)
    {
        // Broken code may constrain two parameters by each other.
        if (constraint.Length == 0 || constraint == parameter || constraint is "class" or "struct" || _constraints > 8)
            return null;

        _constraints++;
        var several = constraint.IndexOf('&');
        var use = Of(several < 0 ? constraint : constraint.Substring(0, several), tree, context);
        var also = several < 0 ? null : Constraint(constraint.Substring(several + 1), parameter, tree, context);
        _constraints--;
        return use is null ? also : new TypeUse(use.Source, use.Name, use.Arguments) { Also = also, IsConstraint = true };
    }
}
