namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What lies behind a stream, reader or writer.</summary>
internal enum StreamMedium
{
    /// <summary>Not to be seen from the code.</summary>
    Unknown,

    /// <summary>Memory, or nothing at all: a call never waits.</summary>
    Memory,

    /// <summary>A file: a call may wait for the disk, or for the file server.</summary>
    File,

    /// <summary>Another process or machine: a request's body, a pipe, a connection. A call waits until the other side is ready.</summary>
    Remote,
}

/// <summary>Puts the media of several values together.</summary>
internal static class StreamMedia
{
    /// <summary>What a variable may stand for that is sometimes the one, sometimes the other: whatever waits counts.</summary>
    public static StreamMedium Either(StreamMedium one, StreamMedium other)
    {
        if (one is StreamMedium.Remote or StreamMedium.File)
            return one;

        return other is StreamMedium.Remote or StreamMedium.File || one == other ? other : StreamMedium.Unknown;
    }
}
