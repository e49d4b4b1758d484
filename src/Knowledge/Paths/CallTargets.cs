using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// Which functions of the compilation a call can run: by name and number of arguments, in the type of its receiver, its
/// bases, and, where the method is virtual or of an interface, in the types that derive from it.
/// </summary>
internal sealed partial class CallTargets(SourceTypes types, FunctionTable functions, ReceiverTypes receivers, FrameworkBases frameworks)
{
    private readonly Targets _inherited = new(functions.Count);
    private readonly int[] _derivedRound = new int[types.All.Count];
    private readonly Stack<SourceType> _open = new();
    private readonly ArgumentTypes _arguments = new(functions, receivers);

    /// <summary>What virtual and interface calls run, by receiver, name and <see cref="Key"/>: slices of the list of all that was found.</summary>
    private readonly Dictionary<(object Receiver, string Name, int Key), Slice> _dispatched = [];
    private readonly List<int> _all = [];
    private int _round;

    /// <summary>Whether a call can run anything of this compilation, by its name alone: most calls are of frameworks and leave here.</summary>
    public bool MayMatter(int function, in CallPart call) => call.Kind switch
    {
        CallKind.Local or CallKind.LocalRead => true,
        CallKind.New => call.Name == "base" || types.Knows(call.Name, functions.TreeOf(function)),
        _ => functions.First(call.Name) >= 0,
    };

    /// <summary>Finds the functions that <paramref name="call"/> in <paramref name="function"/> can run.</summary>
    /// <param name="isCertain">False where the receiver's type is not known: then the functions of the name are taken where all are of one type.</param>
    public void Of(int function, in CallPart call, Targets result, out bool isCertain)
    {
        result.Clear();
        isCertain = true;
        switch (call.Kind)
        {
            case CallKind.Local or CallKind.LocalRead:
                result.Add(functions.OfTree(functions.TreeOf(function), call.Arguments));
                return;
            case CallKind.New:
                Created(receivers.Of(function, call.Receiver)?.Source, call.Arguments, result, 0);
                if (result.Count > 1)
                    _arguments.Narrow(function, call, result);

                return;
        }

        var (count, kind) = call.Kind == CallKind.Handler ? (-1, CallKind.Read) : (call.Arguments, call.Kind);
        switch (functions.ContentOf(function).Receivers[call.Receiver].Kind)
        {
            case ReceiverKind.None:
                Bare(function, call.Name, count, kind, result);
                Narrow(function, call, result);
                return;
            case ReceiverKind.Base:
                // `base.` is never a virtual call.
                if (receivers.Of(function, call.Receiver) is { Source: { } @base })
                    Nearest(@base, call.Name, count, kind, result, 0);

                Narrow(function, call, result);
                return;
        }

        if (receivers.Of(function, call.Receiver) is { } receiver)
        {
            Called(receiver, call.Name, count, kind, result);
            if (!Narrow(function, call, result) || (kind == CallKind.Invoke && result.Count == 1 && IsRefusedForExtension(function, call, result)))
                TakeExtensions(function, call, receiver, result);

            return;
        }

        isCertain = false;
        if (call.Kind is CallKind.Invoke or CallKind.Handler)
            Likely(function, call.Name, count, kind, result);

        if (call.Kind == CallKind.Invoke && result.Count > 0 && !_arguments.Narrow(function, call, result))
            result.Clear();
    }

    /// <summary>Whether a name that is read after a dot is certainly a field or property of its receiver, and so no method.</summary>
    public bool IsValue(int function, in CallPart call) => call.Kind is CallKind.Read or CallKind.Write
        && functions.ContentOf(function).Receivers[call.Receiver].Kind is not (ReceiverKind.None or ReceiverKind.Base)
        && receivers.Of(function, call.Receiver) is { } receiver && receivers.Member(receiver, call.Name) is not null;

    /// <summary>Drops overloads that cannot take the first argument.</summary>
    /// <returns>False where no function found can take it.</returns>
    private bool Narrow(int function, in CallPart call, Targets result) => result.Count < 2 || call.Kind != CallKind.Invoke || _arguments.Narrow(function, call, result);

    /// <summary>Where an extension method has the same name, the one method found is looked at too.</summary>
    private bool IsRefusedForExtension(int function, in CallPart call, Targets result)
    {
        if ((functions[result[0]].Traits & Traits.Extension) != 0)
            return false;

        for (var other = functions.First(call.Name); other >= 0; other = functions.Next(other, call.Name))
        {
            if ((functions[other].Traits & Traits.Extension) != 0)
                return !_arguments.Narrow(function, call, result);
        }

        return false;
    }

    /// <summary>An extension method takes the call when no method of the type can.</summary>
    private void TakeExtensions(int function, in CallPart call, TypeUse receiver, Targets result)
    {
        _inherited.Clear();
        Extensions(receiver, call.Name, call.Arguments, call.Kind, _inherited);
        if (_inherited.Count == 0 || !_arguments.Narrow(function, call, _inherited))
            return;

        result.Clear();
        for (var i = 0; i < _inherited.Count; i++)
            result.Add(_inherited[i]);
    }

    /// <summary>Whether a framework calls a delegate that is given to a call on this receiver.</summary>
    public bool IsHandler(int function, HandlerKind kind, int receiver, bool isHealthCheck)
    {
        var type = receivers.Of(function, receiver);
        return kind switch
        {
            HandlerKind.Endpoint => type is null or { Source: null } || KnownResults.PipelineTypes.Contains(type.Name),
            HandlerKind.Pipeline => type is not null && KnownResults.PipelineTypes.Contains(type.Name),
            HandlerKind.Scheduled => type is null ? isHealthCheck
                : type.Name is "Timer" or "BackgroundJob" or "RecurringJob" or "IBackgroundJobClient" or "IRecurringJobManager" or "IHealthChecksBuilder",
            _ => false,
        };
    }

    private void Bare(int function, string name, int count, CallKind kind, Targets result)
    {
        for (var around = functions.TypeOf(function); around is not null; around = around.Outer)
        {
            // An abstract property has no body to find, but may have overrides.
            if (Nearest(around, name, count, kind, result, 0) || (kind is CallKind.Read or CallKind.Write && receivers.Member(around.Itself, name) is not null))
            {
                Called(around.Itself, name, count, kind, result);
                return;
            }
        }

        var tree = functions.TreeOf(function);
        foreach (var import in types.StaticUsings(tree))
        {
            if (types.Find(import, tree, functions.TypeOf(function)) is { } type && Nearest(type, name, count, kind, result, 0))
                return;
        }
    }

    private void Created(SourceType? type, int count, Targets result, int depth)
    {
        if (type is null || depth > 16)
            return;

        for (var f = functions.First(type, FunctionTable.Initializer); f >= 0; f = functions.Next(f, type, FunctionTable.Initializer))
            result.Add(f);

        var constructor = functions.First(type, FunctionTable.Constructor);
        if (constructor >= 0)
        {
            // A constructor itself calls that of its base.
            for (; constructor >= 0; constructor = functions.Next(constructor, type, FunctionTable.Constructor))
            {
                if (functions.Takes(constructor, count))
                    result.Add(constructor);
            }

            return;
        }

        foreach (var @base in type.Bases)
        {
            if (@base.Type is { IsInterface: false })
                Created(@base.Type, 0, result, depth + 1);
        }
    }

    private void Called(TypeUse receiver, string name, int count, CallKind kind, Targets result)
    {
        if (receiver.Source is { } source && Nearest(source, name, count, kind, result, 0) && !source.IsInterface && !HasVirtual(result))
            return;

        var hasArguments = receiver.HasArguments;
        var key = (hasArguments ? receiver : (object?)receiver.Source ?? receiver.Name, name, Key(count, kind));
        if (!_dispatched.TryGetValue(key, out var slice))
        {
            Dispatched(receiver, hasArguments, name, count, kind, result);
            slice = new Slice(_all.Count, result.Count);
            for (var i = 0; i < result.Count; i++)
                _all.Add(result[i]);

            _dispatched.Add(key, slice);
        }

        for (var i = 0; i < slice.Count; i++)
            result.Add(_all[slice.Start + i]);

        if (result.Count == 0 && receiver.Also is { } also)
            Called(also, name, count, kind, result);
    }

    private static int Key(int count, CallKind kind) => (count * 16) + (int)kind;

    private bool HasVirtual(Targets result)
    {
        for (var i = 0; i < result.Count; i++)
        {
            if ((functions[result[i]].Traits & (Traits.Virtual | Traits.Abstract | Traits.Override)) != 0 || functions.TypeOf(result[i]) is { IsInterface: true })
                return true;
        }

        return false;
    }

    /// <summary>Adds the functions of the first type, upwards, that declares any; C# decides overloads there.</summary>
    private bool Nearest(SourceType type, string name, int count, CallKind kind, Targets result, int depth)
    {
        var found = false;
        for (var candidate = functions.First(type, name); candidate >= 0; candidate = functions.Next(candidate, type, name))
        {
            if (functions[candidate].ExplicitInterface is null && Matches(candidate, count, kind))
            {
                found = true;
                result.Add(candidate);
            }
        }

        if (found || depth > 16)
            return found;

        foreach (var @base in type.Bases)
        {
            // A class does not inherit the members of its interfaces; an interface does.
            if (@base.Type is not null && (type.IsInterface || !@base.Type.IsInterface))
                found |= Nearest(@base.Type, name, count, kind, result, depth + 1);
        }

        return found;
    }

    private bool Matches(int function, int count, CallKind kind) => (kind, functions[function].Kind) switch
    {
        (CallKind.Invoke, FunctionKind.Method) => functions.Takes(function, count),
        (CallKind.Read, FunctionKind.Getter) => count < 0 || functions.Takes(function, count),
        (CallKind.Read, FunctionKind.Method) => count < 0,
        (CallKind.Write, FunctionKind.Setter) => count < 0 || functions.Takes(function, count),
        (CallKind.Operator, FunctionKind.Operator) => functions.Takes(function, count),
        _ => false,
    };

    private void Extensions(TypeUse receiver, string name, int count, CallKind kind, Targets result)
    {
        for (var extension = functions.First(name); extension >= 0; extension = functions.Next(extension, name))
        {
            if (IsExtension(extension, count, kind) && MayExtend(extension, receiver))
                result.Add(extension);
        }
    }

    private bool IsExtension(int function, int count, CallKind kind) =>
        (functions[function].Traits & Traits.Extension) != 0 && (kind == CallKind.Read ? count < 0 : functions.Takes(function, count + 1));

    /// <summary>Whether the receiver fits what the method extends, its type arguments too where both are known.</summary>
    private bool MayExtend(int extension, TypeUse receiver)
    {
        if (!functions.MayExtend(extension, receiver))
            return false;

        if (receiver.Arguments.Length == 0)
            return true;

        var written = functions.ContentOf(extension).Names[functions[extension].Parameters.Start];
        return functions.TypeParameter(extension, written) >= 0
            || receivers.Written(written, extension) is not { } extended
            || extended.Arguments.Length != receiver.Arguments.Length
            || HasTypeParameter(extension, written)
            || ArgumentsMayBe(extended, receiver);
    }

    private bool HasTypeParameter(int extension, string written) =>
        functions[extension].TypeParameters.Count > 0 && System.Array.Exists(TypeNames.ArgumentsOf(written), argument => functions.TypeParameter(extension, argument) >= 0);

    private static bool ArgumentsMayBe(TypeUse left, TypeUse right)
    {
        for (var i = 0; i < left.Arguments.Length; i++)
        {
            // A sequence of a derived type is also one of its base; two unrelated types of the compilation are not.
            if (left.Arguments[i] is { Source: { } a } && right.Arguments[i] is { Source: { } b } && a != b && !b.Derives(a))
                return false;
        }

        return true;
    }

    /// <summary>The functions of a name, where all that fit are of one type; an override is called by the name that its base gave it.</summary>
    private void Likely(int caller, string name, int count, CallKind kind, Targets result)
    {
        for (var function = functions.First(name); function >= 0; function = functions.Next(function, name))
        {
            if (!((functions[function].Traits & Traits.Extension) != 0 ? IsExtension(function, count, kind) : Matches(function, count, kind)) || IsHidden(function, caller))
                continue;

            if ((functions[function].Traits & Traits.Override) != 0 || (result.Count > 0 && functions.TypeOf(function) != functions.TypeOf(result[0])))
            {
                result.Clear();
                return;
            }

            result.Add(function);
        }
    }

    /// <summary>Whether a method is private to a type that <paramref name="caller"/> is not in.</summary>
    private bool IsHidden(int method, int caller)
    {
        ref readonly var part = ref functions[method];
        return (part.Traits & (Traits.Public | Traits.Internal | Traits.Protected | Traits.Partial)) == 0 && part.ExplicitInterface is null
            && functions.TypeOf(method) is { IsInterface: false } type && Outermost(type) != Outermost(functions.TypeOf(caller));
    }

    private static SourceType? Outermost(SourceType? type)
    {
        while (type?.Outer is { } outer)
            type = outer;

        return type;
    }
}
