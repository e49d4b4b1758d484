using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// A body that only sets a property of its own item runs in <c>Parallel.ForEachAsync</c>: no item waits for a batch, but of
/// several failures any may be thrown.
/// </summary>
internal static class ParallelLoopFix
{
    public static Plan? Plan(Finding finding)
    {
        if (BatchedLoop.Of(finding) is not { Result: null, After.Count: 0, Waiting: ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } } set } } loop
            || owner.Identifier.ValueText != loop.Item.Item || set.Right != loop.Item.Await
            || finding.Types["System.Threading.Tasks.Parallel"] is not { } parallel || parallel.GetMembers("ForEachAsync").IsEmpty
            || finding.Model.GetTypeInfo(owner, finding.Cancel).Type is not { IsReferenceType: true })
        {
            return null;
        }

        var size = finding.Read(CommonOptions.ConcurrentOperations);
        var token = CancellationTokens.InScope(loop.Each, finding.Model, finding.Types, finding.Cancel);
        return Fixing.Plan.Edit(finding, edits =>
        {
            var (home, options) = (edits.NameOf(parallel, loop.Each.SpanStart), edits.NameOf(finding.Types["System.Threading.Tasks.ParallelOptions"]!, loop.Each.SpanStart));
            var settings = $"MaxDegreeOfParallelism = {size}{(token is null ? "" : $", CancellationToken = {token}")}";
            var configured = loop.Item.Await.Expression == loop.Item.Call ? "" : loop.Item.Await.Expression.ToString().Substring(loop.Item.Call.ToString().Length);
            var indentation = BatchedLoop.Indentation(loop.Each);
            var body = string.Concat(loop.Before.Append(loop.Waiting).Select(statement => statement.ToString() + "\n"));
            var call = SyntaxFactory.ParseStatement($"await {home}.ForEachAsync({loop.Each.Expression}, new {options} {{ {settings} }}, async ({loop.Each.Identifier.Text}, _) =>\n{indentation}{{\n{body}{indentation}}}){configured};");
            edits.Replace(loop.Each, current => call.WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation));
        }) with
        { Title = "Run the body in Parallel.ForEachAsync" };
    }
}
