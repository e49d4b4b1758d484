namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What running a piece of code does to the world and to what other code sees.</summary>
internal enum IoEffect
{
    /// <summary>It may change something, uses what serves one caller at a time, or calls what is not in sight.</summary>
    Unknown,

    /// <summary>It computes, or reads a file, which answers at once: nothing that others see changes.</summary>
    None,

    /// <summary>It asks another machine, over clients that serve many callers at once, and changes nothing.</summary>
    Read,
}
