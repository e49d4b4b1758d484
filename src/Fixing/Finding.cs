using System.Threading;
using Microsoft.CodeAnalysis;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Fixing;

/// <summary>One reported place, as a fix sees it.</summary>
/// <param name="Rule">The rule that reported it.</param>
/// <param name="Diagnostic">The report; its properties carry what the analyzer already found out.</param>
/// <param name="Document">Where it stands.</param>
/// <param name="Node">The innermost node with the reported span.</param>
/// <param name="Model">The semantic model of the document.</param>
/// <param name="Cancel">Cancels the planning.</param>
internal sealed record Finding(Rule Rule, Diagnostic Diagnostic, Document Document, SyntaxNode Node, SemanticModel Model, CancellationToken Cancel)
{
    public KnownTypes Types => KnownTypes.Of(Model.Compilation);

    /// <summary>Finds async twins here; what the user excluded is not found.</summary>
    public AsyncTwins Twins => new(Model, Types, TwinExclusions.Of(Document.Project.AnalyzerOptions, Read(CommonOptions.ExcludedSymbols), Cancel), Cancel);

    /// <summary>Tells functions that a framework calls for a request from all others.</summary>
    public RequestPaths Paths => RequestPaths.Of(Model.Compilation, new PathSettings(Read(CommonOptions.ReachDepth), Read(CommonOptions.EntryTypes)));

    public T Read<T>(Option<T> option) =>
        option.In(Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(Node.SyntaxTree), Rule.Id);
}
