using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>
/// The names by which code of a compilation may load a navigation lazily: those of the navigations, and of the
/// functions that are given an entity and mention one of them. Found without binding code; code that has none of them
/// is not looked at any further.
/// </summary>
internal sealed class LazyNames
{
    private static readonly ConditionalWeakTable<Compilation, Gate> s_cache = new();

    private readonly HashSet<string> _members;
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<int> _keys = [];
    private readonly HashSet<int> _looping = [];

    private LazyNames(Compilation compilation, CancellationToken cancel)
    {
        var navigations = LazyNavigations.Find(compilation, cancel);
        _members = navigations.Names;
        if (!IsEmpty)
            AddFunctions(GivenFunction.In(compilation, navigations.Owners, cancel), cancel);
    }

    /// <summary>Whether nothing is loaded lazily at all.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>Whether somebody asked and the answer was published, for tests.</summary>
    public static bool IsBuilt(Compilation compilation) => s_cache.TryGetValue(compilation, out var gate) && gate.Names is not null;

    /// <summary>The names of a compilation. Nothing is built until the first question, and nothing kept of a build that is cancelled.</summary>
    public static LazyNames Of(Compilation compilation, CancellationToken cancel)
    {
        var gate = s_cache.GetValue(compilation, static _ => new Gate());
        if (Volatile.Read(ref gate.Names) is { } names)
            return names;

        lock (gate)
        {
            if (gate.Names is not null)
                return gate.Names;

            names = new LazyNames(compilation, cancel);
            Volatile.Write(ref gate.Names, names);
            return names;
        }
    }

    /// <summary>Whether a navigation or a getter with this name may load one; outside a loop, only a getter that loops counts.</summary>
    public bool HasMember(string name, bool isInLoop) => _members.Contains(name) && (isInLoop || _looping.Contains(NameKeys.OfName(name)));

    /// <summary>Whether a method with this name, given as a method group, may load one.</summary>
    public bool HasMethod(string name) => _groups.Contains(name);

    /// <summary>Whether the method that a call with this name runs may load one.</summary>
    public bool HasCall(string name, int arguments, bool isInLoop) => _groups.Contains(name) && (isInLoop ? _keys : _looping).Contains(NameKeys.OfCall(name, arguments));

    /// <summary>Whether the constructor that the creation runs may load one.</summary>
    public bool HasCreation(BaseObjectCreationExpressionSyntax creation, bool isInLoop) => creation.ArgumentList is { Arguments.Count: > 0 and var count } && _keys.Count > 0
        && (isInLoop ? _keys : _looping).Contains(NameKeys.OfCreation(creation is ObjectCreationExpressionSyntax { Type: var type } ? ModelNames.Simple(type.ToString()) : NameKeys.Unnamed, count));

    /// <summary>Adds the functions whose code has one of the names, then those that have one of theirs.</summary>
    private void AddFunctions(List<GivenFunction> functions, CancellationToken cancel)
    {
        var latest = new HashSet<int>();
        foreach (var navigation in _members)
            latest.Add(NameKeys.OfName(navigation));

        var found = new List<GivenFunction>();
        for (var depth = 0; depth < EntityMethods.MostDeep && latest.Count > 0; depth++)
        {
            var added = new HashSet<int>();
            for (var i = functions.Count - 1; i >= 0; i--)
            {
                // Without a dot before it, only the entity's own code reads a navigation.
                cancel.ThrowIfCancellationRequested();
                var function = functions[i];
                if (!function.NamesIn(cancel).Has(latest, onlyMembers: depth == 0 && !function.IsOwn))
                    continue;

                functions.RemoveAt(i);
                found.Add(function);
                Add(function.Function, added);
            }

            latest = added;
        }

        AddLooping(found, cancel);
    }

    /// <summary>Notes which of the functions loop, or run one that does.</summary>
    private void AddLooping(List<GivenFunction> functions, CancellationToken cancel)
    {
        for (var known = -1; known < _looping.Count;)
        {
            known = _looping.Count;
            for (var i = functions.Count - 1; i >= 0; i--)
            {
                var names = functions[i].NamesIn(cancel);
                if (!names.HasLoop && !names.Has(_looping, onlyMembers: false))
                    continue;

                foreach (var key in KeysOf(functions[i].Function))
                    _looping.Add(key);

                functions.RemoveAt(i);
            }
        }
    }

    private void Add(DeclaredFunction function, HashSet<int> added)
    {
        if (function.Kind == FunctionKind.Getter)
            _members.Add(function.Name);
        else if (function.Kind == FunctionKind.Method)
            _groups.Add(function.Name);

        foreach (var key in KeysOf(function))
        {
            if (_keys.Add(key))
                added.Add(key);
        }
    }

    /// <summary>By what code may run the function; with fewer arguments where some are optional, or where it extends what it is called on.</summary>
    private static IEnumerable<int> KeysOf(DeclaredFunction function)
    {
        if (function.Kind != FunctionKind.Constructor)
            yield return NameKeys.OfName(function.Name);

        for (var arguments = 0; arguments <= Math.Min(function.Most, NameKeys.ManyArguments); arguments++)
        {
            if (function.Kind == FunctionKind.Constructor)
            {
                yield return NameKeys.OfCreation(function.Name, arguments);
                yield return NameKeys.OfCreation(NameKeys.Unnamed, arguments);
            }
            else if (function.Kind == FunctionKind.Method)
            {
                yield return NameKeys.OfCall(function.Name, arguments);
            }
        }
    }

    /// <summary>What a compilation's names are built behind, once.</summary>
    private sealed class Gate
    {
        public LazyNames? Names;
    }
}
