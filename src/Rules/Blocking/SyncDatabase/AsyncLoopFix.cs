using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>foreach (var x in query)</c> → <c>await foreach (var x in query.AsAsyncEnumerable())</c>, for EF Core.</summary>
internal static class AsyncLoopFix
{
    private const string Home = "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions";

    public static Plan? Plan(Finding finding, CommonForEachStatementSyntax loop)
    {
        if (!AsyncLoops.AreIn(finding.Model.SyntaxTree)
            || finding.Types[Home] is not { } home || home.GetMembers("AsAsyncEnumerable").IsEmpty
            || new QuerySources(finding.Model, finding.Types, proves: true, finding.Cancel).Of(loop.Expression) != QueryProvider.EfCore)
        {
            return null;
        }

        var token = CancellationTokens.InScope(loop.Expression, finding.Model, finding.Types, finding.Cancel);
        return GoAsync.Plan(finding, loop, (current, edits) =>
        {
            edits.Import(home.ContainingNamespace.ToDisplayString());
            var statement = (CommonForEachStatementSyntax)current;
            var query = statement.Expression;
            var source = NeedsParentheses(query) ? SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia()) : query.WithoutTrivia();
            var rows = AsyncLoops.Call(source, "AsAsyncEnumerable");
            if (token is not null)
                rows = AsyncLoops.Call(rows, "WithCancellation", SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)));

            return AsyncLoops.Of(statement, rows, loop, finding.Model);
        });
    }

    private static bool NeedsParentheses(ExpressionSyntax query) => query is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
        or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax or ThisExpressionSyntax);
}
