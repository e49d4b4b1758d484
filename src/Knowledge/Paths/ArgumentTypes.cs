using System.Collections.Generic;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>Tells overloads with the same number of arguments apart by the type of the first argument, where names tell it.</summary>
internal sealed class ArgumentTypes(FunctionTable functions, ReceiverTypes receivers)
{
    private static readonly HashSet<string> s_numbers =
    [
        "int", "long", "short", "byte", "uint", "ulong", "ushort", "sbyte", "decimal", "double", "float", "char", "nint", "nuint",
        "Int32", "Int64", "Int16", "Byte", "UInt32", "UInt64", "UInt16", "SByte", "Decimal", "Double", "Single", "Char",
    ];

    /// <summary>Drops the functions that cannot take the call's first argument, unless that leaves none.</summary>
    /// <returns>False where none can take it.</returns>
    public bool Narrow(int function, in CallPart call, Targets found)
    {
        if (call.First == 0 || receivers.Of(function, call.First) is not { IsConstraint: false } argument)
            return true;

        var kept = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (MayTake(found[i], function, call, argument))
                found.Swap(i, kept++);
        }

        if (kept == 0)
            return false;

        found.Truncate(kept);
        return true;
    }

    private bool MayTake(int candidate, int function, in CallPart call, TypeUse argument)
    {
        ref readonly var part = ref functions[candidate];
        var slot = (part.Traits & Traits.Extension) != 0 && call.Receiver != 0 && receivers.Of(function, call.Receiver)?.Source != functions.TypeOf(candidate) ? 1 : 0;
        if (slot >= part.Parameters.Count || (part.MostArguments == int.MaxValue && slot == part.Parameters.Count - 1))
            return true;

        var written = functions.ContentOf(candidate).Names[part.Parameters.Start + slot];
        if (functions.TypeParameter(candidate, written) >= 0)
            return true;

        for (var around = functions.TypeOf(candidate); around is not null; around = around.Outer)
        {
            if (around.ParameterNamed(written) >= 0)
                return true;
        }

        return receivers.Written(written, candidate) is not { } parameter || Converts(argument, parameter);
    }

    /// <summary>False only where no implicit conversion can exist.</summary>
    private bool Converts(TypeUse from, TypeUse to)
    {
        if (from.Source is { } source && to.Source is { } target)
            return source == target || source.Derives(target) || HasConversion(source) || HasConversion(target);

        var (left, right) = (KindOf(from), KindOf(to));
        if (left != 0 && right != 0)
            return left == right;

        // A number, a text and the like become a type of the compilation only through an operator of that type.
        return (left == 0 || to.Source is null || HasConversion(to.Source)) && (right == 0 || from.Source is null || HasConversion(from.Source));
    }

    private bool HasConversion(SourceType type) => functions.First(type, "operator") >= 0;

    /// <summary>Framework types between which nothing converts have different numbers; 0 for all else.</summary>
    private static int KindOf(TypeUse use) => use.Source is not null ? 0 : s_numbers.Contains(use.Name) ? 1 : use.Name switch
    {
        "string" or "String" => 2,
        "bool" or "Boolean" => 3,
        "Guid" => 4,
        "TimeSpan" => 5,
        "DateTime" or "DateTimeOffset" => 6,
        "CancellationToken" => 7,
        _ => 0,
    };
}
