using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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

    /// <summary>The text of the token that a wait at <paramref name="place"/> should observe; none in code that runs because of a cancellation.</summary>
    public string? TokenAt(SyntaxNode place)
    {
        foreach (var ancestor in place.Ancestors())
        {
            if (ancestor is CatchClauseSyntax or FinallyClauseSyntax)
                return null;

            if (ancestor is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                break;
        }

        return CancellationTokens.InScope(place, Model, Types, Cancel);
    }

    public T Read<T>(Option<T> option) =>
        option.In(Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(Node.SyntaxTree), Rule.Id);
}
