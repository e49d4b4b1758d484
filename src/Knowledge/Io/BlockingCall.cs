using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What a blocking call waits for.</summary>
internal enum BlockingKind
{
    /// <summary>Time to pass.</summary>
    Sleep,

    /// <summary>A task.</summary>
    Task,

    /// <summary>Another server, over HTTP.</summary>
    Http,

    /// <summary>A database.</summary>
    Database,

    /// <summary>A database, row by row: <c>foreach</c> over a query.</summary>
    Query,

    /// <summary>A semaphore, an event, a process, a socket, …</summary>
    Wait,

    /// <summary>A file.</summary>
    File,
}

/// <summary>A call that keeps its thread until something outside the processor has happened.</summary>
/// <param name="Kind">What it waits for.</param>
/// <param name="Text">What a message calls it.</param>
/// <param name="Node">The call; for <see cref="BlockingKind.Task"/> the whole wait, for <see cref="BlockingKind.Query"/> the loop.</param>
/// <param name="Place">The name that a reader would point at.</param>
internal sealed record BlockingCall(BlockingKind Kind, string Text, SyntaxNode Node, SyntaxNode Place);
