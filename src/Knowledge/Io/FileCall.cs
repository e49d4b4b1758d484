using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>A synchronous call that waits for a file, for another process or for the other end of a connection.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Medium">What it waits for.</param>
/// <param name="Writes">Whether it changes a file: half of it done is worse than all or nothing.</param>
internal sealed record FileCall(IMethodSymbol Method, StreamMedium Medium, bool Writes);
