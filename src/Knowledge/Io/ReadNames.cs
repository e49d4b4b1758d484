using System;
using System.Collections.Immutable;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Whether the name of a method says that it only reads. The name proves nothing alone; without it, nothing is asked further.</summary>
internal static class ReadNames
{
    private static readonly ImmutableHashSet<string> s_verbs = ImmutableHashSet.Create(
        "Get", "Fetch", "Load", "Read", "Query", "Find", "List", "Search", "Count", "Exists", "Has", "Is", "Any", "All", "Download", "Lookup", "Retrieve",
        "Select", "Single", "First", "Last", "Describe", "Head", "Browse", "Sum", "Max", "Min", "Estimated", "Distinct", "Calculate", "Compute", "Request", "Obtain");

    /// <summary>Words that tell of a change or of a turn behind the verb: <c>GetOrCreate</c>, <c>GetNextNumber</c>, <c>GetAndLock</c>.</summary>
    private static readonly ImmutableArray<string> s_changing = ImmutableArray.Create(
        "Throw", "Next", "Lock", "Lease", "Cursor", "Pop", "Dequeue", "Save", "Create", "Update", "Delete", "Insert", "Remove", "Set", "Reset", "Add",
        "Increment", "Reserve", "Into", "Attempt", "Retry", "Throttle", "Throttled");

    /// <summary>Calls of caches and data stores that begin with the kind of the value: <c>StringGetAsync</c>, <c>HashGetAllAsync</c>.</summary>
    private static readonly ImmutableHashSet<string> s_stores = ImmutableHashSet.Create("String", "Hash", "Set", "Sorted", "Key", "Geo", "Stream", "Bit");

    /// <summary>Whether code may call a read this way: what <see cref="Is"/> says yes to, and names that only the client's type can decide.</summary>
    public static bool MayBe(string name) => Is(name) || name is "SendAsync" or "ToListAsync" or "ToArrayAsync" || s_stores.Contains(FirstWord(name));

    public static bool Is(string name)
    {
        var first = FirstWord(name);
        if (first == "Try")
            first = FirstWord(name.Substring(3));

        if (!s_verbs.Contains(first))
            return false;

        foreach (var word in s_changing)
        {
            if (HasWord(name, word))
                return false;
        }

        return true;
    }

    private static string FirstWord(string name)
    {
        for (var i = 1; i < name.Length; i++)
        {
            if (!char.IsLower(name[i]))
                return name.Substring(0, i);
        }

        return name;
    }

    private static bool HasWord(string name, string word)
    {
        for (var at = name.IndexOf(word, StringComparison.Ordinal); at >= 0; at = name.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if (at > 0 && (end == name.Length || !char.IsLower(name[end])))
                return true;
        }

        return false;
    }
}
