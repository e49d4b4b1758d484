using System;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>The type of an expression from the names in it: declared types, members, results of calls.</summary>
internal sealed class ReceiverTypes
{
    /// <summary>Stands in the caches for what was asked and is not known.</summary>
    private static readonly TypeUse s_unknown = new(null, "", TypeUse.NoArguments);

    private readonly TreeContent[] _trees;
    private readonly SourceTypes _types;
    private readonly FunctionTable _functions;
    private readonly WrittenTypes _written;
    private readonly int[] _offsets;
    private readonly TypeUse?[] _ofReceiver;
    private readonly TypeUse?[] _ofMember;
    private readonly TypeUse?[] _returned;

    public ReceiverTypes(TreeContent[] trees, SourceTypes types, FunctionTable functions)
    {
        (_trees, _types, _functions, _written) = (trees, types, functions, new WrittenTypes(types, functions));
        _offsets = new int[trees.Length + 1];
        for (var tree = 0; tree < trees.Length; tree++)
            _offsets[tree + 1] = _offsets[tree] + trees[tree].Receivers.Length;

        _ofReceiver = new TypeUse?[_offsets[trees.Length]];
        _ofMember = new TypeUse?[types.MemberCount];
        _returned = new TypeUse?[functions.Count];
    }

    /// <summary>The type of a receiver inside <paramref name="function"/>; null where its names do not tell.</summary>
    public TypeUse? Of(int function, int receiver) => Of(_functions.TreeOf(function), receiver, function, _functions.TypeOf(function), 0);

    /// <summary>What a written type means where <paramref name="function"/> is declared.</summary>
    public TypeUse? Written(string name, int function) => _written.Of(name, _functions.TreeOf(function), _functions.TypeOf(function), function);

    /// <summary>The base types and interfaces of a type with its arguments put in; those outside the compilation too.</summary>
    public TypeUse[] Bases(TypeUse type) => _written.Bases(type);

    /// <summary>The type of a field or property of <paramref name="owner"/>.</summary>
    public TypeUse? Member(TypeUse owner, string name, int depth = 0)
    {
        if (owner.Source is not { } source)
            return KnownResults.Member(owner, name) ?? (owner.Also is { } next && depth <= 16 ? Member(next, name, depth + 1) : null);

        if (_types.Member(source, name) is var member and >= 0)
        {
            var (type, tree) = _types.Written(member);
            return source.IsPlain ? Known(_ofMember[member] ??= _written.Of(type, tree, source) ?? s_unknown) : _written.Of(type, tree, source, -1, owner);
        }

        if (depth > 16)
            return null;

        foreach (var @base in Bases(owner))
        {
            if (Member(@base, name, depth + 1) is { } found)
                return found;
        }

        return owner.Also is { } also ? Member(also, name, depth + 1) : null;
    }

    private static TypeUse? Known(TypeUse use) => ReferenceEquals(use, s_unknown) ? null : use;

    private TypeUse? Of(int tree, int receiver, int function, SourceType? context, int depth)
    {
        // A receiver belongs to one type and to one generic function: what it is need be found only once.
        ref var known = ref _ofReceiver[_offsets[tree] + receiver];
        switch (_trees[tree].Receivers[receiver].Kind)
        {
            case ReceiverKind.None or ReceiverKind.Unknown:
                return null;
            case ReceiverKind.This:
                return context?.Itself;
            case ReceiverKind.Base:
                return context is null ? null : Array.Find(Bases(context.Itself), static @base => @base.Source is not { IsInterface: true });
        }

        if (known is null)
        {
            if (depth > 200)
                return null;

            known = Find(tree, receiver, function, context, depth) ?? s_unknown;
        }

        return Known(known);
    }

    private TypeUse? Find(int tree, int receiver, int function, SourceType? context, int depth)
    {
        var part = _trees[tree].Receivers[receiver];
        switch (part.Kind)
        {
            case ReceiverKind.Type:
                return _written.Of(part.Name, tree, context, function);
            case ReceiverKind.Builder:
                return _written.Plain("RouteGroupBuilder");
            case ReceiverKind.Name:
                return Name(part.Name, tree, context, function);
            case ReceiverKind.Member:
                return Of(tree, part.Of, function, context, depth + 1) is { } owner
                    ? Member(owner, part.Name) ?? Nested(owner, part, tree, context)
                    : null;
            case ReceiverKind.LocalCall:
                var local = _functions.OfTree(tree, part.Arguments);
                return _functions[local].ReturnType is { } returned ? _written.Of(returned, tree, context, local) : null;
            case ReceiverKind.Call:
                return Result(tree, part, function, context, depth);
            case ReceiverKind.Await:
                return Of(tree, part.Of, function, context, depth + 1) is { Source: null, Name: "Task" or "ValueTask", Arguments.Length: 1 } task ? task.Arguments[0] : null;
            case ReceiverKind.Sequence:
                return Of(tree, part.Of, function, context, depth + 1) is { } item ? _written.Generic(null, "IEnumerable", item) : null;
            case ReceiverKind.Element:
                return Of(tree, part.Of, function, context, depth + 1) is { } sequence ? Element(sequence, 0) : null;
            default:
                return null;
        }
    }

    private TypeUse? Name(string name, int tree, SourceType? context, int function)
    {
        var hasForeignBase = false;
        for (var around = context; around is not null; around = around.Outer)
        {
            if (Member(around.Itself, name) is { } member)
                return member;

            hasForeignBase |= _functions.HasForeignBase(around);
        }

        if (_types.Find(name, tree, context) is { } type)
            return type.Itself;

        // A type of a framework, unless it may be a member that a base outside the compilation declares.
        return !hasForeignBase && TypeNames.IsUpper(name) ? _written.Of(name, tree, context, function) : null;
    }

    /// <summary><c>Outer.Inner</c> and <c>Namespace.Type</c>.</summary>
    private TypeUse? Nested(TypeUse owner, ReceiverPart part, int tree, SourceType? context)
    {
        if (!TypeNames.IsUpper(part.Name))
            return null;

        if (owner.Source is { } source)
            return _types.Nested(source, part.Name)?.Itself;

        if (owner.Arguments.Length > 0 || Dotted(tree, part) is not { } full)
            return null;

        return _types.Find(full, tree, context)?.Itself ?? _written.Plain(part.Name);
    }

    private string? Dotted(int tree, ReceiverPart part) => part.Kind switch
    {
        ReceiverKind.Name => part.Name,
        ReceiverKind.Member => Dotted(tree, _trees[tree].Receivers[part.Of]) is { } left ? left + "." + part.Name : null,
        _ => null,
    };

    private TypeUse? Result(int tree, ReceiverPart part, int function, SourceType? context, int depth)
    {
        var name = TypeNames.WithoutArguments(part.Name);
        var typeArgument = name.Length < part.Name.Length && TypeNames.OnlyArgumentOf(part.Name) is { } only ? _written.Of(only, tree, context, function) : null;
        if (_trees[tree].Receivers[part.Of].Kind == ReceiverKind.None)
        {
            for (var around = context; around is not null; around = around.Outer)
            {
                if (Returned(around.Itself, name, part.Arguments, typeArgument, 0) is { } result)
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
        if (depth > 16)
            return null;

        if (owner.Source is not { } source)
            return owner.Also is { } next ? Returned(next, name, arguments, typeArgument, depth + 1) : null;

        for (var candidate = _functions.First(source, name); candidate >= 0; candidate = _functions.Next(candidate, source, name))
        {
            if (_functions.Takes(candidate, arguments))
                return Returned(candidate, source, owner, typeArgument);
        }

        foreach (var @base in Bases(owner))
        {
            if (Returned(@base, name, arguments, typeArgument, depth + 1) is { } found)
                return found;
        }

        return owner.Also is { } also ? Returned(also, name, arguments, typeArgument, depth + 1) : null;
    }

    private TypeUse? Extended(TypeUse owner, string name, int arguments, TypeUse? typeArgument)
    {
        for (var candidate = _functions.First(name); candidate >= 0; candidate = _functions.Next(candidate, name))
        {
            if ((_functions[candidate].Traits & Traits.Extension) != 0 && _functions.Takes(candidate, arguments + 1) && _functions.MayExtend(candidate, owner))
            {
                return Returned(candidate, _functions.TypeOf(candidate), null, typeArgument)

                    // A fluent method that returns its receiver's own type parameter.
                    ?? (_functions[candidate].ReturnType is { } returned && _functions.TypeParameter(candidate, returned) >= 0 ? owner : null);
            }
        }

        return null;
    }

    private TypeUse? Returned(int function, SourceType? source, TypeUse? owner, TypeUse? typeArgument)
    {
        ref readonly var part = ref _functions[function];
        if (part.ReturnType is not { } written)
            return null;

        var tree = _functions.TreeOf(function);
        if (typeArgument is not null && part.TypeParameters.Count == 1)
        {
            var parameter = _trees[tree].Names[part.TypeParameters.Start];
            if (written == parameter)
                return typeArgument;

            if (TypeNames.OnlyArgumentOf(written) == parameter)
                return _written.Generic(_types.Find(written, tree, source), TypeNames.Simple(written), typeArgument);
        }

        return part.TypeParameters.Count == 0 && source is null or { IsPlain: true }
            ? Known(_returned[function] ??= _written.Of(written, tree, source, function) ?? s_unknown)
            : _written.Of(written, tree, source, function, owner);
    }

    /// <summary>What enumerating or indexing gives.</summary>
    private TypeUse? Element(TypeUse sequence, int depth)
    {
        if (sequence.Source is null)
            return sequence.Name is "Task" or "ValueTask" ? null : sequence.Arguments.Length switch
            {
                1 => sequence.Arguments[0],
                2 when sequence.Name.EndsWith("Dictionary", StringComparison.Ordinal) => sequence.Arguments[1],
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
