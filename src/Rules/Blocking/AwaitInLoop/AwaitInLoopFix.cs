using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The items are asked for in batches; what the body does with the answers stays one after another and in order.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AwaitInLoopFix() : RuleFix(AwaitInLoopAnalyzer.Rule, "Await a batch of calls at a time")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (BatchedLoop.Of(finding) is not { } loop)
            return null;

        var size = finding.Read(CommonOptions.ConcurrentOperations);
        return Fixing.Plan.Edit(finding, edits =>
        {
            edits.Import("System.Linq");
            var batch = edits.UniqueName("batch", loop.Each);
            var task = edits.NameOf(finding.Types.Task!, loop.Each.SpanStart);
            edits.Replace(loop.Each.Expression, current => SyntaxFactory.ParseExpression($"{Receiver((ExpressionSyntax)current)}{NewLine((ExpressionSyntax)current)}.Chunk({size})").WithTriviaFrom(current));
            var all = $"await {task}.WhenAll({batch}.Select({Lambda(loop)})){Configured(loop)}";
            if (loop.List(finding) is { } list)
            {
                var adding = SyntaxFactory.ParseStatement($"{list}.AddRange({all});");
                edits.Replace(loop.Each, current => Rewritten((ForEachStatementSyntax)current, loop, batch, [WithTriviaOf(adding, loop.Before.Concat(loop.After.Count > 0 ? [loop.Waiting, loop.After[0]] : [loop.Waiting]))]));
                return;
            }

            var result = loop.Result ?? edits.UniqueName(loop.NameOfResult(), loop.Each);
            var results = edits.UniqueName(BatchedLoop.Plural(result), loop.Each);
            var waiting = SyntaxFactory.ParseStatement($"var {results} = {all};");
            edits.Replace(loop.Each, current => Rewritten((ForEachStatementSyntax)current, loop, batch, [WithTriviaOf(waiting, loop.Before.Append(loop.Waiting)), Inner(loop, batch, result, results)]));
        }) with
        { Key = (finding.Document.Id, loop.Each.SpanStart) };
    }

    private protected override Plan? Alternative(Finding finding) => ParallelLoopFix.Plan(finding);

    private static string Receiver(ExpressionSyntax source) => source is AwaitExpressionSyntax or BinaryExpressionSyntax or ConditionalExpressionSyntax or CastExpressionSyntax or SwitchExpressionSyntax or QueryExpressionSyntax
        ? $"({source.WithoutTrivia()})" : source.WithoutTrivia().ToString();

    /// <summary>A chain that has its calls on lines of their own goes on so.</summary>
    private static string NewLine(ExpressionSyntax source) => source is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { OperatorToken: var dot } }
        && dot.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? "\n" + dot.LeadingTrivia : "";

    private static string Lambda(BatchedLoop loop)
    {
        var waited = loop.Item.Await.WithoutTrivia();
        return loop.Before.Count == 0
            ? $"async {loop.Each.Identifier.Text} => {waited}"
            : $"async {loop.Each.Identifier.Text} =>\n{BatchedLoop.Indentation(loop.Waiting)}{{\n{string.Concat(loop.Before.Select(statement => statement.ToString() + "\n"))}return {waited};\n{BatchedLoop.Indentation(loop.Waiting)}}}";
    }

    private static string Configured(BatchedLoop loop) => loop.Item.Await.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } } configured
        ? $".ConfigureAwait{configured.ArgumentList}" : "";

    private static ForEachStatementSyntax Rewritten(ForEachStatementSyntax current, BatchedLoop loop, string batch, IEnumerable<StatementSyntax> statements)
    {
        var body = statements.Select(statement => statement.WithAdditionalAnnotations(Formatter.Annotation)).ToList();
        StatementSyntax statement = current.Statement is BlockSyntax block
            ? block.WithStatements(SyntaxFactory.List(body))
            : body.Count == 1 ? body[0] : SyntaxFactory.Block(body).WithTriviaFrom(current.Statement).WithAdditionalAnnotations(Formatter.Annotation);
        return current.WithType(SyntaxFactory.IdentifierName("var").WithTriviaFrom(current.Type))
            .WithIdentifier(SyntaxFactory.Identifier(batch).WithTriviaFrom(current.Identifier)).WithStatement(statement);
    }

    /// <summary>What is done with each answer, as it was.</summary>
    private static StatementSyntax Inner(BatchedLoop loop, string batch, string result, string results)
    {
        var rest = loop.After.ToList();
        if (loop.Result is null)
        {
            SyntaxNode waited = loop.Item.Await;
            while (waited.Parent is ParenthesizedExpressionSyntax)
                waited = waited.Parent;

            rest.Insert(0, loop.Waiting.ReplaceNode(waited, SyntaxFactory.IdentifierName(result).WithTriviaFrom(waited)).WithoutLeadingTrivia());
        }
        else if (rest.Count > 0)
        {
            rest[0] = rest[0].WithLeadingTrivia(Indentation.WithoutFirstBlankLines(rest[0].GetLeadingTrivia()));
        }

        var variables = loop.UsesItem ? $"var ({loop.Each.Identifier.Text}, {result}) in {batch}.Zip({results})" : $"var {result} in {results}";
        var each = SyntaxFactory.ParseStatement($"foreach ({variables})\n{{\n}}\n");
        var block = SyntaxFactory.Block(rest.Select(statement => statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? statement : statement.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"))));
        return ((CommonForEachStatementSyntax)each).WithStatement(block.WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")));
    }

    /// <summary>The comments of the statements that the new one stands for stay above it.</summary>
    private static StatementSyntax WithTriviaOf(StatementSyntax statement, IEnumerable<StatementSyntax> originals)
    {
        var all = originals.ToList();
        var leading = all[0].GetLeadingTrivia().AddRange(all.Skip(1).SelectMany(original => original.GetLeadingTrivia().Where(HasComment).SelectMany(comment => new[] { comment, SyntaxFactory.EndOfLine("\n") })));
        return statement.WithLeadingTrivia(leading).WithTrailingTrivia(all[all.Count - 1].GetTrailingTrivia());

        static bool HasComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
    }
}
