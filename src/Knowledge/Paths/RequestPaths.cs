using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>For any function of one compilation: is it reached by a request, provably cold, or unknown?</summary>
internal sealed class RequestPaths
{
    private static readonly RequestPaths s_none = new();

    private RequestPaths()
    {
    }

    /// <summary>The paths of a compilation. Nothing is built until the first question.</summary>
    public static RequestPaths Of(Compilation compilation, PathSettings settings) => s_none;

    /// <summary>How the innermost function around <paramref name="node"/> is reached.</summary>
    public RequestPath To(SyntaxNode node, SemanticModel model, CancellationToken cancel) => RequestPath.Unknown;
}
