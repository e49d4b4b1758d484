using System.Collections.Generic;
using System.Collections.Immutable;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>Which functions a framework calls for a request, and which it calls once.</summary>
internal sealed class EntryFinder
{
    private static readonly HashSet<string> s_objectMethods = ["Dispose", "DisposeAsync", "ToString", "Equals", "GetHashCode", "Finalize"];

    private readonly SourceTypes _types;
    private readonly FunctionTable _functions;
    private readonly CallTargets _targets;
    private readonly TreeContent[] _trees;
    private readonly Dictionary<string, TypeRule> _byType;

    /// <summary>The simple names in <see cref="_byType"/>: only for these a metadata name is made.</summary>
    private readonly HashSet<string> _simple = [];

    /// <summary>Attributes that mean something, by their written name without the suffix.</summary>
    private readonly Dictionary<string, List<string>> _attributes = [];
    private readonly HashSet<string> _entryAttributes;
    private readonly TypeRule[]?[] _rules;

    public EntryFinder(TreeContent[] trees, SourceTypes types, FunctionTable functions, CallTargets targets, ImmutableArray<string> own)
    {
        (_trees, _types, _functions, _targets) = (trees, types, functions, targets);
        _rules = new TypeRule[]?[types.All.Count];
        (_byType, _entryAttributes) = (EntryKinds.Types, EntryKinds.EntryAttributes);
        if (!own.IsDefaultOrEmpty)
        {
            _byType = new Dictionary<string, TypeRule>(_byType);
            _entryAttributes = [.. _entryAttributes, .. own];
            foreach (var name in own)
                _byType[name] = _byType[FrameworkBases.AttributeMark + name] = new TypeRule(Reach.Request, ["*"], PerRequest: false);
        }

        foreach (var name in _byType.Keys)
        {
            if (name.Length > 0 && name[0] == FrameworkBases.AttributeMark)
                AddAttribute(name.Substring(1));
            else
                _simple.Add(SimpleOf(name));
        }

        foreach (var name in _entryAttributes)
            AddAttribute(name);

        foreach (var name in EntryKinds.ColdAttributes)
            AddAttribute(name);
    }

    /// <summary>What a function is by itself, before any call is followed.</summary>
    public Reach Of(int function)
    {
        ref readonly var part = ref _functions[function];
        switch (part.Kind)
        {
            case FunctionKind.TopLevel or FunctionKind.StaticConstructor or FunctionKind.StaticInitializer:
                return Reach.Cold;
            case FunctionKind.Lambda:
                return part.Handler != HandlerKind.None && _targets.IsHandler(function, part.Handler, part.HandlerReceiver, part.Label == "health check")
                    ? Reach.Request
                    : Reach.Unknown;
            case FunctionKind.LocalFunction:
                return TakesBuilder(function, part) ? Reach.Cold : Reach.Unknown;
            case FunctionKind.Method or FunctionKind.Constructor or FunctionKind.InstanceInitializer:
                break;
            default:
                return Reach.Unknown;
        }

        if (_functions.TypeOf(function) is not { IsInterface: false } type)
            return Reach.Unknown;

        var rules = RulesOf(type);
        if (part.Kind != FunctionKind.Method)
            return System.Array.Exists(rules, static rule => rule.PerRequest) ? Reach.Request : Reach.Unknown;

        return Method(function, part, type, rules);
    }

    private Reach Method(int function, in FunctionPart part, SourceType type, TypeRule[] rules)
    {
        var isStatic = (part.Traits & Traits.Static) != 0;
        var isPublic = (part.Traits & Traits.Public) != 0;
        var tree = _functions.TreeOf(function);
        var isCold = isStatic && part.Name == "Main" && part.MostArguments <= 1;
        for (var i = 0; i < part.Attributes.Count; i++)
        {
            var written = _trees[tree].Names[part.Attributes.Start + i];
            if (TypeNames.Simple(written) is "NonAction" or "NonActionAttribute" or "NonHandler" or "NonHandlerAttribute")
                return Reach.Unknown;

            if (AttributeOf(written, tree, type) is { } attribute)
            {
                if (_entryAttributes.Contains(attribute))
                    return Reach.Request;

                isCold |= EntryKinds.ColdAttributes.Contains(attribute);
            }
        }

        if (rules.Length > 0 && !isStatic)
        {
            var isPlain = !s_objectMethods.Contains(part.Name) && part.TypeParameters.Count == 0;
            foreach (var rule in rules)
            {
                if (rule.Names(part.Name, isPublic && isPlain))
                {
                    if (rule.Reach == Reach.Request)
                        return Reach.Request;

                    isCold = true;
                }
            }
        }

        if (isPublic && IsCalledByConvention(part, tree, type))
            return Reach.Request;

        return isCold || TakesBuilder(function, part) ? Reach.Cold : Reach.Unknown;
    }

    /// <summary>Middleware, gRPC services and Lambda functions are recognised by what their methods take.</summary>
    private bool IsCalledByConvention(in FunctionPart part, int tree, SourceType type)
    {
        for (var i = 0; i < part.Parameters.Count; i++)
        {
            var written = _trees[tree].Names[part.Parameters.Start + i];
            var (matches, space) = (written.IndexOf('<') >= 0 ? "" : TypeNames.Simple(written)) switch
            {
                "HttpContext" => (i == 0 && part.Name is "Invoke" or "InvokeAsync" && (part.Traits & Traits.Static) == 0, "Microsoft.AspNetCore.Http"),
                "ServerCallContext" => ((part.Traits & Traits.Override) != 0, "Grpc.Core"),
                "ILambdaContext" => (true, "Amazon.Lambda.Core"),
                _ => (false, ""),
            };

            if (matches && (_types.Find(written, tree, type) is not { } source || source.Namespace == space))
                return true;
        }

        return false;
    }

    /// <summary>Registers services or builds the pipeline, or the model: the host calls it while it starts.</summary>
    private bool TakesBuilder(int function, in FunctionPart part)
    {
        var names = _functions.ContentOf(function).Names;
        for (var i = 0; i < part.Parameters.Count; i++)
        {
            var written = names[part.Parameters.Start + i];
            if (written.IndexOf('<') < 0 && EntryKinds.IsBuilder(TypeNames.Simple(written)))
                return true;
        }

        return false;
    }

    /// <summary>What the type's attributes say, and those of its bases, and the bases themselves.</summary>
    private TypeRule[] RulesOf(SourceType type)
    {
        if (_rules[type.Id] is { } known)
            return known;

        // Set before it is found: broken code may derive in a circle.
        _rules[type.Id] = [];
        List<TypeRule>? own = null;
        var rules = _rules[type.Id]!;
        foreach (var @base in type.Bases)
        {
            if (@base.Type is { } source)
            {
                if (_simple.Contains(source.Name) && _byType.TryGetValue(source.MetadataName, out var rule))
                    (own ??= []).Add(rule);

                var inherited = RulesOf(source);
                if (rules.Length == 0)
                    rules = inherited;
                else if (inherited.Length > 0)
                    (own ??= []).AddRange(inherited);
            }
            else
            {
                foreach (var name in @base.External?.Names ?? [])
                {
                    if (_byType.TryGetValue(name, out var rule))
                        (own ??= []).Add(rule);
                }
            }
        }

        foreach (var (tree, part) in type.Parts)
        {
            var attributes = _trees[tree].Types[part].Attributes;
            for (var i = 0; i < attributes.Count; i++)
            {
                if (AttributeOf(_trees[tree].Names[attributes.Start + i], tree, type) is { } attribute && _byType.TryGetValue(FrameworkBases.AttributeMark + attribute, out var rule))
                    (own ??= []).Add(rule);
            }
        }

        return _rules[type.Id] = own is null ? rules : [.. rules, .. own];
    }

    private void AddAttribute(string metadataName)
    {
        var simple = WithoutSuffix(SimpleOf(metadataName));
        if (!_attributes.TryGetValue(simple, out var names))
            _attributes.Add(simple, names = []);

        if (!names.Contains(metadataName))
            names.Add(metadataName);
    }

    /// <summary>The metadata name that a written attribute means, where it is one that counts.</summary>
    private string? AttributeOf(string written, int tree, SourceType type)
    {
        if (!_attributes.TryGetValue(WithoutSuffix(TypeNames.Simple(written)), out var candidates))
            return null;

        var bare = TypeNames.WithoutArguments(written);
        var source = _types.Find(bare + "Attribute", tree, type) ?? _types.Find(bare, tree, type);
        foreach (var candidate in candidates)
        {
            var dot = candidate.LastIndexOf('.');
            var space = dot < 0 ? "" : candidate.Substring(0, dot);
            if (source is not null ? source.MetadataName == candidate : bare.IndexOf('.') >= 0 || _types.Sees(tree, space, type.Namespace))
                return candidate;
        }

        return null;
    }

    private static string SimpleOf(string metadataName)
    {
        var start = metadataName.LastIndexOfAny(['.', '+']) + 1;
        var tick = metadataName.IndexOf('`', start);
        return tick < 0 ? metadataName.Substring(start) : metadataName.Substring(start, tick - start);
    }

    private static string WithoutSuffix(string name) => name.Length > 9 && name.EndsWith("Attribute", System.StringComparison.Ordinal) ? name.Substring(0, name.Length - 9) : name;
}
