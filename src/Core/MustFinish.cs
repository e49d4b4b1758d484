using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PerfAnalyzers.Core;

/// <summary>Methods that get no cancellation token because they must run to their end, as the user names them.</summary>
internal static class MustFinish
{
    /// <summary>Whether one of <paramref name="patterns"/> (the value of <see cref="CommonOptions.MustFinish"/>) names the method, with or without <c>Async</c>.</summary>
    public static bool Names(string method, ImmutableArray<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (Regex.IsMatch(method, $"^{Regex.Escape(pattern).Replace("\\*", ".*")}(Async)?$", RegexOptions.CultureInvariant))
                return true;
        }

        return false;
    }
}
