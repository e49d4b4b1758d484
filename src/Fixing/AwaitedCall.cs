using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Fixing;

/// <summary>A blocking call and what awaits the same.</summary>
/// <param name="Node">What is replaced.</param>
/// <param name="Change">Makes the awaiting expression of it.</param>
internal sealed record AwaitedCall(SyntaxNode Node, Func<SyntaxNode, DocumentEdits, SyntaxNode> Change)
{
    /// <summary>The awaiting form of <paramref name="call"/>, which stands in the document of <paramref name="finding"/>; null where none is proven to do the same.</summary>
    public static AwaitedCall? Of(Finding finding, BlockingCall call) => call.Kind switch
    {
        BlockingKind.Query => null,
        BlockingKind.Sleep when call.Node is InvocationExpressionSyntax sleep && Calls.NameOf(sleep)?.Identifier.ValueText == "Sleep" =>
            new AwaitedCall(sleep, (current, edits) => DelayEdit.Of(finding, edits, sleep, ((InvocationExpressionSyntax)current).ArgumentList)),
        BlockingKind.Sleep or BlockingKind.Task => OfTask(finding, call),
        _ => call.Node is InvocationExpressionSyntax invoked && finding.Model.GetSymbolInfo(invoked, finding.Cancel).Symbol is IMethodSymbol method
            && TwinOf(finding, call.Kind, invoked, method) is { } twin && TwinPlan.Change(finding, invoked, method, twin, forwardsToken: !WritesFile(finding, invoked, method)) is { } change
                ? new AwaitedCall(invoked, change)
                : null,
    };

    /// <summary>Half a file is worse than a late one.</summary>
    private static bool WritesFile(Finding finding, InvocationExpressionSyntax call, IMethodSymbol method) =>
        FileCalls.Of(finding.Model.Compilation).Find(call, method, finding.Model, finding.Cancel) is { Writes: true };

    private static AwaitedCall? OfTask(Finding finding, BlockingCall call)
    {
        if (call.Place is not SimpleNameSyntax name || TaskWait.Of(name, finding.Model, finding.Types, finding.Cancel) is not { } wait
            || (wait.Kind != WaitKind.GetResult && AggregateHandlers.Cover(wait.Whole)) || wait.Whole.ContainsDirectives)
        {
            return null;
        }

        if (wait.Task is { } task)
        {
            // A limit of the wait has no place on an await.
            return wait.Arguments.Count > 0 || WaitedTask.HasCommentAfter(task, wait.Whole)
                ? null
                : new AwaitedCall(wait.Whole, (current, edits) => Awaits.Of(WaitedTask.In((ExpressionSyntax)current, wait.Kind), wait.Whole, edits.Model));
        }

        return wait is { Kind: WaitKind.WaitAll, Method.Parameters.Length: 1 }
            ? new AwaitedCall(wait.Whole, (current, edits) =>
            {
                var all = (InvocationExpressionSyntax)current;
                return Awaits.Of(all.ReplaceNode(Calls.NameOf(all)!, SyntaxFactory.IdentifierName("WhenAll")), wait.Whole, edits.Model);
            })
            : null;
    }

    private static AsyncTwin? TwinOf(Finding finding, BlockingKind kind, InvocationExpressionSyntax call, IMethodSymbol method) => kind switch
    {
        BlockingKind.Database => SyncDatabaseCall.Of(call, method, finding.Model, finding.Types, finding.Twins, proves: true, finding.Cancel) is { IsProven: true, Twin: { } twin } ? twin : null,
        BlockingKind.Http => HttpCalls.Of(finding.Model.Compilation).KindOf(method) is HttpClientKind.HttpClient or HttpClientKind.RestSharp or HttpClientKind.Grpc ? finding.Twins.Of(call, method) : null,
        BlockingKind.File => finding.Twins.Of(call, method),

        // Sockets and mail clients have time limits that hold for their synchronous calls only.
        BlockingKind.Wait => method.ContainingType.ContainingNamespace.Name is not ("Sockets" or "Mail")
            && WaitPrimitive.Of(method, call, finding.Model, finding.Types, finding.Cancel) is { Twin: { } name } ? finding.Twins.Of(call, method, name) : null,
        _ => null,
    };
}
