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
        if (finding.Model.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
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
            var rows = Call(source, "AsAsyncEnumerable");
            if (token is not null)
                rows = Call(rows, "WithCancellation", SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)));

            if (Awaits.ConfiguresAwaits(loop, finding.Model))
                rows = Call(rows, "ConfigureAwait", SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression)));

            var await = SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(statement.ForEachKeyword.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
            var keyword = statement.ForEachKeyword.WithLeadingTrivia();
            var items = rows.WithTriviaFrom(query);
            return statement switch
            {
                ForEachStatementSyntax named => named.WithAwaitKeyword(await).WithForEachKeyword(keyword).WithExpression(items),
                ForEachVariableStatementSyntax parts => parts.WithAwaitKeyword(await).WithForEachKeyword(keyword).WithExpression(items),
                _ => statement,
            };
        });
    }

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string name, params ArgumentSyntax[] arguments) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName(name)),
        SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments)));

    private static bool NeedsParentheses(ExpressionSyntax query) => query is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
        or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax or ThisExpressionSyntax);
}
