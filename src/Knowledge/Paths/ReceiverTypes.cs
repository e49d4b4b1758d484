using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>The type of an expression from the names in it: declared types, members, results of calls.</summary>
internal sealed class ReceiverTypes(TreeContent[] trees, SourceTypes types, FunctionTable functions)
{
    private readonly Dictionary<(int Tree, int Receiver, int Type), TypeUse?> _known = [];
    private readonly Dictionary<(int Tree, int Type, string Name), TypeUse?> _written = [];

    /// <summary>The type of a receiver inside <paramref name="function"/>; null where its names do not tell.</summary>
    public TypeUse? Of(int function, int receiver) => Of(functions.TreeOf(function), receiver, functions[function], functions.TypeOf(function), 0);

    /// <summary>What a written type means in a tree, with the arguments of <paramref name="instance"/> in place of its type parameters.</summary>
    public TypeUse? Written(string name, int tree, SourceType? context, in FunctionPart function, TypeUse? instance = null)
    {
        if (name.Length == 0 || name[0] == '(' || name == "dynamic")
            return null;

        if (function.TypeParameters.Count > 0 && IndexOf(trees[tree].Names, function.TypeParameters, name) is var own and >= 0)
            return Constraint(trees[tree].Names[function.Constraints.Start + own], name, tree, context);

        for (var around = context; around is not null; around = around.Outer)
        {
            if (around.TypeParameters.IndexOf(name) is var index and >= 0)
            {
                if (instance?.Source == around && (instance.IsOpen || (index < instance.Arguments.Length && instance.Arguments[index] is not null)))
                    return index < instance.Arguments.Length ? instance.Arguments[index] : null;

                return Constraint(around.Constraints[index], name, tree, context);
            }
        }

        var isPlain = instance is null && function.TypeParameters.Count == 0;
        var key = (tree, context?.Id ?? -1, name);
        if (isPlain && _written.TryGetValue(key, out var use))
            return use;

        if (name[name.Length - 1] == ']')
        {
            var open = name.LastIndexOf('[');
            use = new TypeUse(null, "[]", [Written(name.Substring(0, open), tree, context, function, instance)]);
        }
        else
        {
            var written = TypeNames.ArgumentsOf(name);
            var arguments = written.Length == 0 ? TypeUse.NoArguments : new TypeUse?[written.Length];
            for (var i = 0; i < written.Length; i++)
                arguments[i] = IsOpen(written[i], tree, context, function, instance) ? null : Written(written[i], tree, context, function, instance);

            var source = types.Find(name, tree, context);
            use = new TypeUse(source, source?.Name ?? TypeNames.Simple(name), arguments);
        }

        if (isPlain)
            _written[key] = use;

        return use;
    }

    /// <summary>The type of a field or property of <paramref name="owner"/>.</summary>
    public TypeUse? Member(TypeUse owner, string name, int depth = 0)
    {
        if (owner.Source is not { } source)
            return KnownResults.Member(owner, name);

        if (source.Members.TryGetValue(name, out var member))
            return Written(member.Type, member.Tree, source, default, owner);

        if (depth > 16)
            return null;

        foreach (var @base in Bases(owner))
        {
            if (Member(@base, name, depth + 1) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The base types and interfaces of a type with its arguments put in; those outside the compilation too.</summary>
    public IEnumerable<TypeUse> Bases(TypeUse type)
    {
        if (type.Source is not { } source)
            yield break;

        foreach (var (name, tree) in source.BaseNames)
        {
            if (Written(name, tree, source, default, type) is { } use && use.Source != source)
                yield return use;
        }
    }

    /// <summary>Whether an argument is a type parameter of which nothing is known here: as argument it may be anything, not only what its constraint says.</summary>
    private bool IsOpen(string name, int tree, SourceType? context, in FunctionPart function, TypeUse? instance)
    {
        if (IndexOf(trees[tree].Names, function.TypeParameters, name) >= 0)
            return true;

        for (var around = context; around is not null; around = around.Outer)
        {
            if (around.TypeParameters.IndexOf(name) is var index and >= 0)
                return instance?.Source != around || index >= instance.Arguments.Length || instance.Arguments[index] is null;
        }

        return false;
    }

    private TypeUse? Constraint(string constraint, string parameter, int tree, SourceType? context) =>
        constraint.Length == 0 || constraint == parameter || constraint is "class" or "struct" ? null : Written(constraint, tree, context, default);

    private static int IndexOf(string[] names, Slice slice, string name)
    {
        for (var i = 0; i < slice.Count; i++)
        {
            if (names[slice.Start + i] == name)
                return i;
        }

        return -1;
    }

    private TypeUse? Of(int tree, int receiver, in FunctionPart function, SourceType? context, int depth)
    {
        if (depth > 200)
            return null;

        var isPlain = function.TypeParameters.Count == 0;
        var key = (tree, receiver, context?.Id ?? -1);
        if (isPlain && _known.TryGetValue(key, out var use))
            return use;

        use = Find(tree, receiver, function, context, depth);
        if (isPlain)
            _known[key] = use;

        return use;
    }

    private TypeUse? Find(int tree, int receiver, in FunctionPart function, SourceType? context, int depth)
    {
        var part = trees[tree].Receivers[receiver];
        switch (part.Kind)
        {
            case ReceiverKind.This:
                return context is null ? null : Itself(context);
            case ReceiverKind.Base:
                if (context is null)
                    return null;

                foreach (var @base in Bases(Itself(context)))
                {
                    if (@base.Source is not { IsInterface: true })
                        return @base;
                }

                return null;
            case ReceiverKind.Type:
                return Written(part.Name, tree, context, function);
            case ReceiverKind.Builder:
                return new TypeUse(null, "RouteGroupBuilder", TypeUse.NoArguments);
            case ReceiverKind.Name:
                return Name(part.Name, tree, context, function);
            case ReceiverKind.Member:
                return Of(tree, part.Of, function, context, depth + 1) is { } owner
                    ? Member(owner, part.Name) ?? Nested(owner, part, tree, context)
                    : null;
            case ReceiverKind.LocalCall:
                var local = trees[tree].Functions[part.Arguments];
                return local.ReturnType is { } returned ? Written(returned, tree, context, local) : null;
            case ReceiverKind.Call:
                return Result(tree, part, function, context, depth);
            case ReceiverKind.Await:
                return Of(tree, part.Of, function, context, depth + 1) is { Source: null, Name: "Task" or "ValueTask", Arguments.Length: 1 } task ? task.Arguments[0] : null;
            case ReceiverKind.Element:
                return Of(tree, part.Of, function, context, depth + 1) is { } sequence ? Element(sequence, 0) : null;
            default:
                return null;
        }
    }

    private static TypeUse Itself(SourceType type) => new(type, type.Name, type.Arity == 0 ? TypeUse.NoArguments : new TypeUse?[type.Arity]);

    private TypeUse? Name(string name, int tree, SourceType? context, in FunctionPart function)
    {
        var hasForeignBase = false;
        for (var around = context; around is not null; around = around.Outer)
        {
            if (Member(Itself(around), name) is { } member)
                return member;

            hasForeignBase |= functions.HasForeignBase(around);
        }

        if (types.Find(name, tree, context) is { } type)
            return new TypeUse(type, name, TypeUse.NoArguments);

        // A type of a framework, unless it may be a member that a base outside the compilation declares.
        return !hasForeignBase && TypeNames.IsUpper(name) ? Written(name, tree, context, function) : null;
    }

    /// <summary><c>Outer.Inner</c> and <c>Namespace.Type</c>.</summary>
    private TypeUse? Nested(TypeUse owner, ReceiverPart part, int tree, SourceType? context)
    {
        if (!TypeNames.IsUpper(part.Name))
            return null;

        if (owner.Source is { } source)
            return types.ByMetadataName(source.MetadataName + "+" + part.Name) is { } inner ? new TypeUse(inner, part.Name, TypeUse.NoArguments) : null;

        if (owner.Arguments.Length > 0 || Dotted(tree, part) is not { } full)
            return null;

        return new TypeUse(types.Find(full, tree, context), part.Name, TypeUse.NoArguments);
    }

    private string? Dotted(int tree, ReceiverPart part) => part.Kind switch
    {
        ReceiverKind.Name => part.Name,
        ReceiverKind.Member => Dotted(tree, trees[tree].Receivers[part.Of]) is { } left ? left + "." + part.Name : null,
        _ => null,
    };

    private TypeUse? Result(int tree, ReceiverPart part, in FunctionPart function, SourceType? context, int depth)
    {
        var name = TypeNames.WithoutArguments(part.Name);
        var typeArgument = name.Length < part.Name.Length && TypeNames.OnlyArgumentOf(part.Name) is { } only ? Written(only, tree, context, function) : null;
        if (trees[tree].Receivers[part.Of].Kind == ReceiverKind.None)
        {
            for (var around = context; around is not null; around = around.Outer)
            {
                if (Returned(Itself(around), name, part.Arguments, typeArgument, 0) is { } result)
                    return result;
            }

            return null;
        }

        if (Of(tree, part.Of, function, context, depth + 1) is not { } owner)
            return KnownResults.OfUnknown(name, typeArgument);

        return Returned(owner, name, part.Arguments, typeArgument, 0)
            ?? Extended(owner, name, part.Arguments, typeArgument)
            ?? KnownResults.Of(owner, name, typeArgument);
    }

    /// <summary>What the method that the type or a base declares returns.</summary>
    private TypeUse? Returned(TypeUse owner, string name, int arguments, TypeUse? typeArgument, int depth)
    {
        if (owner.Source is not { } source || depth > 16)
            return null;

        if (source.Functions.TryGetValue(name, out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (functions.Takes(candidate, arguments))
                    return Returned(candidate, source, owner, typeArgument);
            }
        }

        foreach (var @base in Bases(owner))
        {
            if (Returned(@base, name, arguments, typeArgument, depth + 1) is { } found)
                return found;
        }

        return null;
    }

    private TypeUse? Extended(TypeUse owner, string name, int arguments, TypeUse? typeArgument)
    {
        foreach (var candidate in functions.Extensions(name))
        {
            if (functions.Takes(candidate, arguments + 1) && functions.MayExtend(candidate, owner))
            {
                var returned = functions[candidate].ReturnType;
                return Returned(candidate, functions.TypeOf(candidate), null, typeArgument)

                    // A fluent method that returns its receiver's own type parameter.
                    ?? (returned is not null && functions.IsTypeParameter(candidate, returned) ? owner : null);
            }
        }

        return null;
    }

    private TypeUse? Returned(int function, SourceType? source, TypeUse? owner, TypeUse? typeArgument)
    {
        var part = functions[function];
        if (part.ReturnType is not { } written)
            return null;

        if (typeArgument is not null && part.TypeParameters.Count == 1)
        {
            var parameter = trees[functions.TreeOf(function)].Names[part.TypeParameters.Start];
            if (written == parameter)
                return typeArgument;

            if (TypeNames.OnlyArgumentOf(written) == parameter)
                return new TypeUse(types.Find(written, functions.TreeOf(function), source), TypeNames.Simple(written), [typeArgument]);
        }

        return Written(written, functions.TreeOf(function), source, part, owner);
    }

    /// <summary>What enumerating or indexing gives.</summary>
    private TypeUse? Element(TypeUse sequence, int depth)
    {
        if (sequence.Source is null)
            return sequence.Name is "Task" or "ValueTask" ? null : sequence.Arguments.Length switch
            {
                1 => sequence.Arguments[0],
                2 when sequence.Name.EndsWith("Dictionary", System.StringComparison.Ordinal) => sequence.Arguments[1],
                _ => null,
            };

        if (depth > 16)
            return null;

        if (Member(sequence, "this[]") is { } indexed)
            return indexed;

        foreach (var @base in Bases(sequence))
        {
            if (Element(@base, depth + 1) is { } element)
                return element;
        }

        return null;
    }
}
