using System;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>Integers that stand for names in code, with the number of arguments where it is called. Two names may share one: whoever finds a match looks again.</summary>
internal static class NameKeys
{
    /// <summary>Stands for the type in <c>new(order)</c>.</summary>
    public const string Unnamed = "new";

    /// <summary>Calls with so many arguments, or more, are not told apart.</summary>
    public const int ManyArguments = 8;

    /// <summary>Of a name that is read, or given as a method group.</summary>
    public static int OfName(string name)
    {
        var hash = unchecked((int)2166136261);
        foreach (var c in name)
            hash = unchecked((hash ^ c) * 16777619);

        return hash;
    }

    /// <summary>Of a call of a method with this name.</summary>
    public static int OfCall(string name, int arguments) => unchecked((OfName(name) * 31) + 1 + Math.Min(arguments, ManyArguments));

    /// <summary>Of a creation of a type with this simple name, or <see cref="Unnamed"/>.</summary>
    public static int OfCreation(string type, int arguments) => unchecked((OfName(type) * 31) + 101 + Math.Min(arguments, ManyArguments));
}
