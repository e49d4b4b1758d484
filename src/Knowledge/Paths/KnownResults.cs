using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>What members of framework types give, where their names say it.</summary>
internal static class KnownResults
{
    private static readonly HashSet<string> s_one =
    [
        "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "ElementAt", "ElementAtOrDefault", "Find", "FindLast", "MinBy", "MaxBy",
        "Dequeue", "Pop", "Peek", "Take", "CreateDbContext",
    ];

    private static readonly HashSet<string> s_oneLater =
        ["FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync", "LastAsync", "LastOrDefaultAsync", "FindAsync", "CreateDbContextAsync"];

    private static readonly HashSet<string> s_same =
    [
        "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Skip", "SkipWhile", "TakeWhile", "Distinct", "Reverse", "Concat", "Union", "Except", "Intersect",
        "Include", "ThenInclude", "AsNoTracking", "AsSplitQuery", "AsTracking", "AsQueryable", "AsEnumerable", "ToList", "ToArray", "ToHashSet", "FindAll", "ConfigureAwait", "AsReadOnly",
    ];

    private static readonly HashSet<string> s_sequenceLater = ["ToListAsync", "ToArrayAsync", "ToHashSetAsync"];

    private static readonly HashSet<string> s_resolved =
        ["GetRequiredService", "GetService", "GetServices", "GetKeyedService", "GetRequiredKeyedService", "Resolve", "CreateInstance", "OfType", "Cast"];

    private static readonly HashSet<string> s_content = ["Value", "Result", "Instance", "Current", "CurrentValue", "Model", "Entity", "Target", "Message"];

    /// <summary>What a call with one type argument gives, whatever it is called on.</summary>
    public static TypeUse? OfUnknown(string name, TypeUse? typeArgument) =>
        typeArgument is null || !s_resolved.Contains(name) ? null : IsSequence(name) ? new TypeUse(null, "IEnumerable", [typeArgument]) : typeArgument;

    /// <summary>A property of a framework type that holds its one type argument, as <c>Lazy&lt;T&gt;.Value</c> does.</summary>
    public static TypeUse? Member(TypeUse owner, string name) => owner.Arguments.Length switch
    {
        > 0 when TypeNames.IsTuple(owner.Name) => Element(owner, name),
        1 when s_content.Contains(name) => owner.Arguments[0],
        2 when name == "Key" => owner.Arguments[0],
        2 when name == "Value" => owner.Arguments[1],
        _ => null,
    };

    private static TypeUse? Element(TypeUse tuple, string name)
    {
        var text = tuple.Name;
        for (int i = 0, start = 1; i < tuple.Arguments.Length; i++)
        {
            var end = TypeNames.NextArgument(text, start);
            var named = TypeNames.ElementTypeEnd(text, start, end) + 1;
            if (end - named == name.Length && string.CompareOrdinal(text, named, name, 0, name.Length) == 0)
                return tuple.Arguments[i];

            start = end + 1;
        }

        // Item1 and so on; a number that is none leads nowhere.
        return name.StartsWith("Item", System.StringComparison.Ordinal) && int.TryParse(name.Substring(4), out var place) && place > 0 && place <= tuple.Arguments.Length ? tuple.Arguments[place - 1] : null;
    }

    public static TypeUse? Of(TypeUse owner, string name, TypeUse? typeArgument)
    {
        if (OfUnknown(name, typeArgument) is { } resolved)
            return resolved;

        if (owner.Arguments.Length == 1)
        {
            if (s_one.Contains(name))
                return owner.Arguments[0];

            if (s_oneLater.Contains(name))
                return new TypeUse(null, "Task", [owner.Arguments[0]]);

            if (s_sequenceLater.Contains(name))
                return new TypeUse(null, "Task", [new TypeUse(null, "List", [owner.Arguments[0]])]);

            if (name == "GetResult" || name == "GetValueOrDefault")
                return owner.Arguments[0];

            if (name == "GetAwaiter")
                return owner;
        }

        if (s_same.Contains(name))
            return owner;

        return name switch
        {
            "CreateBuilder" or "CreateSlimBuilder" or "CreateEmptyBuilder" when owner.Name == "WebApplication" => Plain("WebApplicationBuilder"),
            "Build" when owner.Name == "WebApplicationBuilder" => Plain("WebApplication"),
            "Create" when owner.Name == "WebApplication" => owner,
            "ToString" => Plain("string"),
            _ when PipelineTypes.Contains(owner.Name) && name.StartsWith("Use", System.StringComparison.Ordinal) => owner,
            _ => null,
        };
    }

    /// <summary>Types on which <c>Map</c>, <c>Use</c> and <c>Run</c> take a delegate that answers requests.</summary>
    public static HashSet<string> PipelineTypes { get; } =
        ["IApplicationBuilder", "ApplicationBuilder", "WebApplication", "IEndpointRouteBuilder", "RouteGroupBuilder", "IAppBuilder"];

    private static bool IsSequence(string name) => name is "OfType" or "Cast" or "GetServices";

    private static TypeUse Plain(string name) => new(null, name, TypeUse.NoArguments);
}
