using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Calls of libraries that do no I/O and change nothing that other code sees, or only what the caller made itself.</summary>
internal static class LibraryCalls
{
    /// <summary>Namespaces, with what lies below them, whose static methods only compute.</summary>
    private static readonly ImmutableArray<string> s_computing = ImmutableArray.Create(
        "System.Text", "System.Linq", "System.Globalization", "System.Collections", "System.Security.Cryptography", "System.Security.Claims", "System.Xml", "System.Numerics", "System.ComponentModel",
        "System.Buffers", "System.Net.Http.Json", "System.Net.Http.Headers", "Microsoft.AspNetCore.WebUtilities", "Microsoft.Extensions.Primitives", "Newtonsoft.Json", "System.Runtime");

    /// <summary>Namespaces whose calls are asked of anything: configuration, logs, texts, mappings.</summary>
    private static readonly ImmutableArray<string> s_asking = ImmutableArray.Create(
        "Microsoft.Extensions.Logging", "Microsoft.Extensions.Options", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Localization", "AutoMapper", "Serilog", "System.Net.Http.Json");

    /// <param name="method">The method that is called.</param>
    /// <param name="isOwn">Whether it is called on an object that the code made itself.</param>
    public static bool AreHarmless(IMethodSymbol method, bool isOwn)
    {
        var home = Calls.HomeOf(method);
        var space = MetadataNames.Of(home.ContainingNamespace);
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return false;

        if (Is(space, s_asking))
            return true;

        switch (space)
        {
            case "System":
                return home.Name is not ("Console" or "GC" or "AppDomain") && (home.Name == "Environment" ? method.Name.StartsWith("Get", StringComparison.Ordinal) : method.IsStatic || isOwn || home.IsValueType || Asks(method) || home.Name is "String" or "Uri" or "TimeProvider");
            case "System.IO":
                return home.Name is "Path" or "Stream" or "StreamReader" or "TextReader" or "MemoryStream" or "StringReader" or "StringWriter" or "TextWriter" && (isOwn || home.Name == "Path");
            case "System.Threading":
                return home.Name is "CancellationToken" || (home.Name == "CancellationTokenSource" && (method.IsStatic || isOwn));
            case "System.Threading.Tasks":
                return method.Name is "ConfigureAwait" or "AsTask" or "FromResult" or "WhenAll" or "WaitAsync" or "ToBlockingEnumerable" or "WithCancellation";
            case "System.Diagnostics":
                return home.Name is "Stopwatch" or "Activity" or "ActivitySource" or "Debug";
            case "System.Net":
                return home.Name is "WebUtility" or "IPAddress";
            case "System.Net.Http":
                return home.Name is "IHttpClientFactory" or "HttpClientFactoryExtensions" || isOwn;
            case "Microsoft.Extensions.DependencyInjection":
                return isOwn || method.Name is "CreateScope" or "CreateAsyncScope";
        }

        return Is(space, s_computing) && (method.IsStatic || isOwn || home.IsValueType || home.IsReadOnly || Asks(method) || method.IsExtensionMethod);
    }

    /// <summary>Whether making such an object only makes it.</summary>
    public static bool IsHarmlessToMake(INamedTypeSymbol type)
    {
        var space = MetadataNames.Of(type.ContainingNamespace);
        return space switch
        {
            "System.IO" => type.Name is "MemoryStream" or "StreamReader" or "StringReader" or "StringWriter" or "BinaryReader" or "InvalidDataException" or "FileNotFoundException" or "IOException" or "DirectoryInfo" or "FileInfo",
            "System.Diagnostics" => type.Name is "Stopwatch" or "Activity" or "TagList",
            "System.Threading" => type.Name is "CancellationTokenSource" or "CancellationToken",
            "System.Transactions" or "System.Net.Mail" or "System.Net.Sockets" or "System.Net.WebSockets" => false,
            _ => !type.Name.EndsWith("Scope", StringComparison.Ordinal),
        };
    }

    private static bool Asks(IMethodSymbol method) => method.Name is "ToString" or "Equals" or "GetHashCode" or "CompareTo" or "TryGetValue" or "Contains" or "ContainsKey" or "ContainsValue" or "IndexOf" or "Dispose"
        || method.Name.StartsWith("Is", StringComparison.Ordinal) || (ReadNames.Is(method.Name) && method.Name.IndexOf("Or", StringComparison.Ordinal) < 0)
        || method.Name.StartsWith("To", StringComparison.Ordinal) || method.Name.StartsWith("Match", StringComparison.Ordinal) || method.Name.StartsWith("Replace", StringComparison.Ordinal)
        || method.Name.StartsWith("Compute", StringComparison.Ordinal) || method.Name is "Split" or "Exists" or "BinarySearch";

    private static bool Is(string space, ImmutableArray<string> spaces)
    {
        foreach (var known in spaces)
        {
            if (space.StartsWith(known, StringComparison.Ordinal) && (space.Length == known.Length || space[known.Length] == '.'))
                return true;
        }

        return false;
    }
}
