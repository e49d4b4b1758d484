using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// The body of a function that must return a task because its kin does, but waits for nothing itself: it returns a
/// finished task.
/// </summary>
internal static class SyncBodies
{
    public static string? Blocker(AsyncFunction function, CancellationToken cancel) =>
        function.Declaration is MethodDeclarationSyntax { ExpressionBody.Expression: var expression } && function.Symbol.ReturnsVoid && !CanStandAlone(expression) ? "its body is no statement" : null;

    public static void Edit(DocumentEdits edits, AsyncFunction function, string task, CancellationToken cancel)
    {
        if (function.Declaration is not MethodDeclarationSyntax method)
            return;

        if (function.Symbol.ReturnsVoid)
            EditVoid(edits, method, function.Source.Model, task);
        else
            EditValues(edits, function, method, task, cancel);
    }

    private static bool CanStandAlone(ExpressionSyntax expression) => expression is InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax
        or PrefixUnaryExpressionSyntax or BaseObjectCreationExpressionSyntax or ConditionalAccessExpressionSyntax or ThrowExpressionSyntax;

    private static void EditVoid(DocumentEdits edits, MethodDeclarationSyntax method, SemanticModel model, string task)
    {
        if (method.ExpressionBody is { Expression: not ThrowExpressionSyntax } arrow)
        {
            edits.Replace(method, current => current.WithExpressionBody(null).WithSemicolonToken(default).WithBody(SyntaxFactory.Block(
                    SyntaxFactory.ExpressionStatement(current.ExpressionBody!.Expression.WithoutTrivia()), Finished(task)).WithAdditionalAnnotations(Formatter.Annotation))
                .WithTrailingTrivia(current.GetTrailingTrivia()));
            _ = arrow;
            return;
        }

        if (method.Body is not { } body)
            return;

        foreach (var statement in body.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>())
        {
            edits.Replace(statement, current => Finished(task).WithTriviaFrom(current));
        }

        if (model.AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: true })
            edits.Replace(body, current => WithLast(current, Finished(task)));
    }

    private static void EditValues(DocumentEdits edits, AsyncFunction function, MethodDeclarationSyntax method, string task, CancellationToken cancel)
    {
        var type = function.Symbol.ReturnType;
        foreach (var result in TaskReturns.ResultsOf(function.Declaration))
        {
            if (result is ThrowExpressionSyntax)
                continue;

            // Tasks do not convert with their results: what is not of the very type needs to have it named.
            var isExact = function.Source.Model.GetTypeInfo(result, cancel).Type is { } own && SymbolEqualityComparer.IncludeNullability.Equals(own, type)
                && result is not (ConditionalExpressionSyntax or SwitchExpressionSyntax or ImplicitObjectCreationExpressionSyntax);
            var argument = isExact ? "" : $"<{method.ReturnType.WithoutTrivia()}>";
            edits.Replace(result, current => SyntaxFactory.InvocationExpression(
                    SyntaxFactory.ParseExpression($"{task}.FromResult{argument}"),
                    SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(current.WithoutTrivia()))))
                .WithTriviaFrom(current));
        }
    }

    private static ReturnStatementSyntax Finished(string task) => (ReturnStatementSyntax)SyntaxFactory.ParseStatement($"return {task}.CompletedTask;");

    private static BlockSyntax WithLast(BlockSyntax block, StatementSyntax statement)
    {
        var isOneLine = !block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) && !block.CloseBraceToken.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            && !block.Statements.Any(s => s.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));
        return block.AddStatements(isOneLine
            ? statement.WithTrailingTrivia(SyntaxFactory.Space)
            : statement.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
    }
}
