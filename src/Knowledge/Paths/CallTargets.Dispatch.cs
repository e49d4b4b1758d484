namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>What a virtual or interface call runs, in the types that derive from that of its receiver.</summary>
internal sealed partial class CallTargets
{
    private void Dispatched(TypeUse receiver, bool hasArguments, string name, int count, CallKind kind, Targets result)
    {
        if (receiver.Source is { } source)
        {
            Derived(source, source.IsInterface, receiver, hasArguments, name, count, kind, result);
        }
        else
        {
            var isInterface = TypeNames.LooksLikeInterface(receiver.Name);
            foreach (var external in frameworks.Leading(receiver.Name) ?? [])
            {
                foreach (var implementer in external.Types)
                {
                    if (hasArguments && !Implements(implementer.Open, receiver, 0))
                        continue;

                    Implemented(implementer, isInterface, receiver, name, count, kind, result);
                    Derived(implementer, isInterface, receiver, false, name, count, kind, result);
                }
            }
        }

        if (result.Count == 0 && kind is CallKind.Invoke or CallKind.Read)
            Extensions(receiver, name, count, kind, result);
    }

    private void Derived(SourceType root, bool isInterface, TypeUse receiver, bool hasArguments, string name, int count, CallKind kind, Targets result)
    {
        _derivedRound[root.Id] = ++_round;
        Push(root);
        while (_open.Count > 0)
        {
            var type = _open.Pop();
            if (_derivedRound[type.Id] == _round)
                continue;

            _derivedRound[type.Id] = _round;
            if (hasArguments && !Implements(type.Open, receiver, 0))
                continue;

            Implemented(type, isInterface, receiver, name, count, kind, result);
            Push(type);
        }

        void Push(SourceType type)
        {
            if (type.Derived is null)
                return;

            foreach (var derived in type.Derived)
                _open.Push(derived);
        }
    }

    /// <summary>What <paramref name="type"/> runs for a member of a base or an interface.</summary>
    private void Implemented(SourceType type, bool isInterface, TypeUse receiver, string name, int count, CallKind kind, Targets result)
    {
        var found = false;
        for (var candidate = functions.First(type, name); candidate >= 0; candidate = functions.Next(candidate, type, name))
        {
            ref readonly var part = ref functions[candidate];
            if (!Matches(candidate, count, kind) || (part.Traits & Traits.Static) != 0)
                continue;

            if (isInterface ? part.ExplicitInterface is { } @explicit && !TypeNames.SameSimple(@explicit, receiver.Name) && !HasSourceBase(receiver) : (part.Traits & Traits.Override) == 0)
                continue;

            found = true;
            result.Add(candidate);
        }

        // A class may implement an interface by what it inherits.
        if (!found && isInterface && !type.IsInterface)
        {
            _inherited.Clear();
            foreach (var @base in type.Bases)
            {
                if (@base.Type is { IsInterface: false } && Nearest(@base.Type, name, count, kind, _inherited, 0))
                    break;
            }

            for (var i = 0; i < _inherited.Count; i++)
                result.Add(_inherited[i]);
        }
    }

    private static bool HasSourceBase(TypeUse receiver)
    {
        foreach (var @base in receiver.Source?.Bases ?? [])
        {
            if (@base.Type is not null)
                return true;
        }

        return false;
    }

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
}
