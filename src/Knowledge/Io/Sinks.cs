using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Types whose synchronous calls must stay so: streams, readers and writers, and what logs are written to.</summary>
internal static class Sinks
{
    private static readonly ImmutableArray<string> s_streams = ImmutableArray.Create("System.IO.Stream", "System.IO.TextReader", "System.IO.TextWriter");

    /// <summary>Interfaces and base classes of logging libraries, by simple name.</summary>
    private static readonly ImmutableHashSet<string> s_logs = ImmutableHashSet.Create(
        "ILogger", "ILoggerProvider", "ILogEventSink", "TraceListener", "EventListener", "TargetWithLayout", "AppenderSkeleton", "IAppender");

    public static bool Are(INamedTypeSymbol type, KnownTypes types)
    {
        foreach (var stream in s_streams)
        {
            if (types.IsOrInherits(type, stream))
                return true;
        }

        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (s_logs.Contains(current.Name))
                return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (s_logs.Contains(implemented.Name))
                return true;
        }

        return false;
    }
}
