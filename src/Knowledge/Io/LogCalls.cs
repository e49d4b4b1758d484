using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Calls that write a log. How they do it is the logger's affair, and settings decide whether they do anything.</summary>
internal static class LogCalls
{
    public static bool Is(IMethodSymbol method)
    {
        var home = Calls.HomeOf(method);
        return IsLog(home.Name) || (method.ReturnsVoid && (StartsWithWord(method.Name, "Log") || StartsWithWord(method.Name, "Trace")));
    }

    /// <summary>Whether the name alone says so: <c>LogInformation</c>.</summary>
    public static bool AreNamed(string method) => StartsWithWord(method, "Log");

    private static bool IsLog(string type) => EndsWith(type, "Logger") || EndsWith(type, "Log") || EndsWith(type, "LoggerExtensions");

    private static bool EndsWith(string name, string word) => name.EndsWith(word, System.StringComparison.Ordinal);

    /// <summary><c>Log</c>, <c>LogError</c>; not <c>Login</c> and <c>LogIn</c>.</summary>
    private static bool StartsWithWord(string name, string word) => name.StartsWith(word, System.StringComparison.Ordinal)
        && (name.Length == word.Length || (char.IsUpper(name[word.Length]) && name is not ("LogIn" or "LogOut" or "LogOn" or "LogOff")));
}
