using System;
using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>
/// Which functions of the compilation a call can run: by name and number of arguments, in the type of its receiver, its
/// bases, and, where the method is virtual or of an interface, in the types that derive from it.
/// </summary>
internal sealed class CallTargets(SourceTypes types, FunctionTable functions, ReceiverTypes receivers, FrameworkBases frameworks)
{
    private readonly Dictionary<(SourceType? Source, string Name, TypeUse? Arguments, string Member, int Count, CallKind Kind), int[]> _dispatched = [];
    private readonly Dictionary<(string Name, int Count, CallKind Kind), int[]> _named = [];
    private Dictionary<string, List<SourceType>>? _implementers;

    /// <summary>The functions that <paramref name="call"/> in <paramref name="function"/> can run.</summary>
    /// <param name="isCertain">False where the receiver's type is not known and every function of the name was taken.</param>
    public int[] Of(int function, in CallPart call, out bool isCertain)
    {
        isCertain = true;
        switch (call.Kind)
        {
            case CallKind.Local or CallKind.LocalRead:
                return [functions.OfTree(functions.TreeOf(function), call.Arguments)];
            case CallKind.New:
                return receivers.Of(function, call.Receiver) is { } created ? Dispatch(created, "", call.Arguments, CallKind.New) : [];
        }

        var (count, kind) = call.Kind == CallKind.Handler ? (-1, CallKind.Read) : (call.Arguments, call.Kind);
        switch (functions.ContentOf(function).Receivers[call.Receiver].Kind)
        {
            case ReceiverKind.None:
                return Bare(function, call.Name, count, kind);
            case ReceiverKind.Base:
                // `base.` is never a virtual call.
                var result = new Targets();
                if (receivers.Of(function, call.Receiver) is { Source: { } @base })
                    Nearest(@base, call.Name, count, kind, result, 0);

                return result.ToArray();
        }

        if (receivers.Of(function, call.Receiver) is { } receiver)
            return Dispatch(receiver, call.Name, count, kind);

        isCertain = false;
        return Named(call.Name, count, kind);
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

    private int[] Bare(int function, string name, int count, CallKind kind)
    {
        var result = new Targets();
        for (var around = functions.TypeOf(function); around is not null; around = around.Outer)
        {
            var itself = new TypeUse(around, around.Name, TypeUse.NoArguments);

            // An abstract property has no body to find, but may have overrides.
            if (Nearest(around, name, count, kind, result, 0) || (kind is CallKind.Read or CallKind.Write && receivers.Member(itself, name) is not null))
                return Dispatch(itself, name, count, kind);
        }

        var tree = functions.TreeOf(function);
        foreach (var import in types.StaticUsings(tree))
        {
            if (types.Find(import, tree, functions.TypeOf(function)) is { } type && Nearest(type, name, count, kind, result, 0))
                return result.ToArray();
        }

        return [];
    }

    private int[] Dispatch(TypeUse receiver, string name, int count, CallKind kind)
    {
        var hasArguments = Array.Exists(receiver.Arguments, argument => argument is not null);
        var key = (receiver.Source, receiver.Source is null ? receiver.Name : "", hasArguments ? receiver : null, name, count, kind);
        if (!_dispatched.TryGetValue(key, out var targets))
        {
            var result = new Targets();
            if (kind == CallKind.New)
                Created(receiver.Source, count, result, 0);
            else
                Called(receiver, hasArguments, name, count, kind, result);

            _dispatched[key] = targets = result.ToArray();
        }

        return targets;
    }

    private void Created(SourceType? type, int count, Targets result, int depth)
    {
        if (type is null || depth > 16)
            return;

        if (type.Functions.TryGetValue(".init", out var initializers))
        {
            foreach (var initializer in initializers)
                result.Add(initializer);
        }

        if (type.Functions.TryGetValue(".ctor", out var constructors))
        {
            // A constructor itself calls that of its base.
            foreach (var constructor in constructors)
            {
                if (functions.Takes(constructor, count))
                    result.Add(constructor);
            }

            return;
        }

        foreach (var (@base, _, _) in type.Bases)
        {
            if (!@base.IsInterface)
                Created(@base, 0, result, depth + 1);
        }
    }

    private void Called(TypeUse receiver, bool hasArguments, string name, int count, CallKind kind, Targets result)
    {
        if (receiver.Source is { } source)
        {
            var found = Nearest(source, name, count, kind, result, 0);
            if (!found || source.IsInterface || result.Exists(target => (functions[target].Traits & (Traits.Virtual | Traits.Abstract | Traits.Override)) != 0 || functions.TypeOf(target) is { IsInterface: true }))
                Derived(source, source.IsInterface, receiver, hasArguments, name, count, kind, result);
        }
        else
        {
            var isInterface = FunctionTable.LooksLikeInterface(receiver.Name);
            foreach (var implementer in Implementers(receiver.Name))
            {
                if (hasArguments && !Implements(Open(implementer), receiver, 0))
                    continue;

                Implemented(implementer, isInterface, receiver, name, count, kind, result);
                Derived(implementer, isInterface, receiver, false, name, count, kind, result);
            }
        }

        if (result.Count == 0 && kind is CallKind.Invoke or CallKind.Read)
            Extensions(receiver, name, count, kind, result);
    }

    private void Derived(SourceType root, bool isInterface, TypeUse receiver, bool hasArguments, string name, int count, CallKind kind, Targets result)
    {
        var seen = new HashSet<SourceType> { root };
        var open = new Stack<SourceType>(root.Derived);
        while (open.Count > 0)
        {
            var type = open.Pop();
            if (!seen.Add(type))
                continue;

            if (hasArguments && !Implements(Open(type), receiver, 0))
                continue;

            Implemented(type, isInterface, receiver, name, count, kind, result);
            foreach (var derived in type.Derived)
                open.Push(derived);
        }
    }

    /// <summary>What <paramref name="type"/> runs for a member of a base or an interface.</summary>
    private void Implemented(SourceType type, bool isInterface, TypeUse receiver, string name, int count, CallKind kind, Targets result)
    {
        var found = false;
        if (type.Functions.TryGetValue(name, out var candidates))
        {
            foreach (var candidate in candidates)
            {
                var part = functions[candidate];
                if (!Matches(candidate, count, kind) || (part.Traits & Traits.Static) != 0)
                    continue;

                if (isInterface ? part.ExplicitInterface is { } @explicit && TypeNames.Simple(@explicit) != receiver.Name && receiver.Source is not { Bases.Count: > 0 } : (part.Traits & Traits.Override) == 0)
                    continue;

                found = true;
                result.AddOnce(candidate);
            }
        }

        // A class may implement an interface by what it inherits.
        if (!found && isInterface && !type.IsInterface)
        {
            var inherited = new Targets();
            foreach (var (@base, _, _) in type.Bases)
            {
                if (!@base.IsInterface && Nearest(@base, name, count, kind, inherited, 0))
                    break;
            }

            foreach (var target in inherited.ToArray())
                result.AddOnce(target);
        }
    }

    /// <summary>Adds the functions of the first type, upwards, that declares any; C# decides overloads there.</summary>
    private bool Nearest(SourceType type, string name, int count, CallKind kind, Targets result, int depth)
    {
        var found = false;
        if (type.Functions.TryGetValue(name, out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (functions[candidate].ExplicitInterface is null && Matches(candidate, count, kind))
                {
                    found = true;
                    result.AddOnce(candidate);
                }
            }
        }

        if (found || depth > 16)
            return found;

        foreach (var (@base, _, _) in type.Bases)
        {
            // A class does not inherit the members of its interfaces; an interface does.
            if (type.IsInterface || !@base.IsInterface)
                found |= Nearest(@base, name, count, kind, result, depth + 1);
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

    private void Extensions(TypeUse? receiver, string name, int count, CallKind kind, Targets result)
    {
        foreach (var extension in functions.Extensions(name))
        {
            if ((kind == CallKind.Read ? count < 0 : functions.Takes(extension, count + 1)) && MayExtend(extension, receiver))
                result.Add(extension);
        }
    }

    /// <summary>Whether the receiver fits what the method extends, its type arguments too where both are known.</summary>
    private bool MayExtend(int extension, TypeUse? receiver)
    {
        if (!functions.MayExtend(extension, receiver))
            return false;

        if (receiver is null || receiver.Arguments.Length == 0)
            return true;

        var part = functions[extension];
        var written = functions.ContentOf(extension).Names[part.Parameters.Start];
        return functions.IsTypeParameter(extension, written)
            || receivers.Written(written, functions.TreeOf(extension), functions.TypeOf(extension), part) is not { } extended
            || extended.Arguments.Length != receiver.Arguments.Length
            || HasTypeParameter(extension, written)
            || ArgumentsMayBe(extended, receiver);
    }

    private bool HasTypeParameter(int extension, string written) =>
        Array.Exists(TypeNames.ArgumentsOf(written), argument => functions.IsTypeParameter(extension, argument));

    private static bool ArgumentsMayBe(TypeUse left, TypeUse right)
    {
        for (var i = 0; i < left.Arguments.Length; i++)
        {
            // A sequence of a derived type is also one of its base; two unrelated types of the compilation are not.
            if (left.Arguments[i] is { Source: { } a } && right.Arguments[i] is { Source: { } b } && a != b && !Derives(b, a, 0))
                return false;
        }

        return true;
    }

    private static bool Derives(SourceType type, SourceType ancestor, int depth)
    {
        foreach (var (@base, _, _) in type.Bases)
        {
            if (@base == ancestor || (depth < 16 && Derives(@base, ancestor, depth + 1)))
                return true;
        }

        return false;
    }

    private int[] Named(string name, int count, CallKind kind)
    {
        var key = (name, count, kind);
        if (!_named.TryGetValue(key, out var targets))
        {
            var result = new Targets();
            foreach (var function in functions.Named(name))
            {
                if (Matches(function, count, kind))
                    result.Add(function);
            }

            if (kind is CallKind.Invoke or CallKind.Read)
                Extensions(null, name, count, kind, result);

            _named[key] = targets = result.ToArray();
        }

        return targets;
    }

    private static TypeUse Open(SourceType type) => new(type, type.Name, TypeUse.NoArguments) { IsOpen = true };

    private bool Implements(TypeUse type, TypeUse target, int depth)
    {
        if (depth > 16)
            return true;

        var leadsOut = false;
        foreach (var @base in receivers.Bases(type))
        {
            if (@base.Source == target.Source && @base.Name == target.Name)
            {
                if (@base.MayBe(target))
                    return true;
            }
            else if (@base.Source is null ? target.Source is null : Implements(@base, target, depth + 1))
            {
                // A base outside the compilation may hand the interface on with other arguments.
                leadsOut = true;
            }
        }

        return leadsOut;
    }

    private List<SourceType> Implementers(string name)
    {
        if (_implementers is null)
        {
            _implementers = [];
            foreach (var type in types.All)
            {
                foreach (var (direct, _) in type.External)
                    Add(TypeNames.Simple(direct), type);

                foreach (var full in frameworks.Of(type))
                {
                    if (full[0] != FrameworkBases.AttributeMark)
                        Add(SimpleOf(full), type);
                }
            }
        }

        return _implementers.TryGetValue(name, out var implementers) ? implementers : [];

        void Add(string simple, SourceType type)
        {
            if (!_implementers!.TryGetValue(simple, out var list))
                _implementers.Add(simple, list = []);

            if (list.Count == 0 || list[list.Count - 1] != type)
                list.Add(type);
        }
    }

    private static string SimpleOf(string metadataName)
    {
        var start = metadataName.LastIndexOfAny(['.', '+']) + 1;
        var tick = metadataName.IndexOf('`', start);
        return tick < 0 ? metadataName.Substring(start) : metadataName.Substring(start, tick - start);
    }
}
