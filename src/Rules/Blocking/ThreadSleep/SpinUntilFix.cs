using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>SpinWait.SpinUntil(() =&gt; done)</c> becomes a loop that looks at the condition and waits a millisecond.</summary>
internal static class SpinUntilFix
{
    /// <summary>A plan where the loop does just what the call does: its result is unused, and its time limit, if any, is a constant.</summary>
    public static Plan? Plan(Finding finding, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (call.Parent is not ExpressionStatementSyntax statement || arguments.Count == 0 || arguments[0] is not { NameColon: null, Expression: ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } condition, ReturnType: null } lambda }
            || lambda.Modifiers.Any(SyntaxKind.AsyncKeyword) || condition.ContainsDirectives)
        {
            return null;
        }

        if (arguments.Count == 1)
        {
            return GoAsync.Plan(finding, statement, (current, edits) => Loop(current,
                SyntaxFactory.WhileStatement(SyntaxFactory.ParseExpression(Negated(Condition(current))), Body(finding, edits, call))));
        }

        if (arguments[1].NameColon is not null || finding.Model.GetConstantValue(arguments[1].Expression, finding.Cancel) is not { HasValue: true, Value: > 0 }
            || finding.Model.Compilation.GetTypeByMetadataName("System.Diagnostics.Stopwatch") is not { } stopwatch)
        {
            return null;
        }

        return GoAsync.Plan(finding, statement, (current, edits) =>
        {
            var watch = edits.UniqueName("waited", statement);
            var head = $"for (var {watch} = {edits.NameOf(stopwatch, call.SpanStart)}.StartNew(); {Negated(Condition(current))} && {watch}.ElapsedMilliseconds < {arguments[1].Expression};) ;";
            return Loop(current, ((ForStatementSyntax)SyntaxFactory.ParseStatement(head)).WithStatement(Body(finding, edits, call)));
        });
    }

    private static ExpressionSyntax Condition(SyntaxNode current) =>
        ((LambdaExpressionSyntax)((InvocationExpressionSyntax)((ExpressionStatementSyntax)current).Expression).ArgumentList.Arguments[0].Expression).ExpressionBody!;

    private static BlockSyntax Body(Finding finding, DocumentEdits edits, InvocationExpressionSyntax call)
    {
        var token = finding.TokenAt(call) is { } found ? $", {found}" : "";
        var delay = SyntaxFactory.ParseExpression($"{edits.NameOf(finding.Types.Task!, call.SpanStart)}.Delay(1{token})");
        return SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(Awaits.Of(delay, call, finding.Model).WithoutTrivia()));
    }

    private static StatementSyntax Loop(SyntaxNode current, StatementSyntax loop) => loop.WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);

    private static string Negated(ExpressionSyntax condition) => condition.WithoutTrivia() switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => not.Operand.ToString(),
        IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax => $"!{condition.WithoutTrivia()}",
        var other => $"!({other})",
    };
}
