using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The function returns a task that its callers await; <c>list.ForEach(async …)</c> becomes a loop that awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AsyncVoidFix() : RuleFix(AsyncVoidAnalyzer.Rule, "Return a Task and await it")
{
    private protected override Plan? Plan(Finding finding) => RunsOn(finding.Node) ? null : finding.Node switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => GoAsync.PlanTask(finding, finding.Node),
        LambdaExpressionSyntax lambda => AsLoop(finding, lambda),
        _ => null,
    };

    /// <summary>Whether the function is meant to run on behind its caller: it waits on purpose, or loops until it is stopped.</summary>
    private static bool RunsOn(SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes())
        {
            var runsOn = node switch
            {
                InvocationExpressionSyntax call => Calls.NameOf(call)?.Identifier.ValueText is "Delay" or "WaitForNextTickAsync" or "WaitToReadAsync",
                WhileStatementSyntax { Condition: var condition } => IsEndless(condition),
                DoStatementSyntax { Condition: var condition } => IsEndless(condition),
                ForStatementSyntax { Condition: null } => true,
                ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } => true,
                _ => false,
            };
            if (runsOn)
                return true;
        }

        return false;
    }

    private static bool IsEndless(ExpressionSyntax condition) => condition.IsKind(SyntaxKind.TrueLiteralExpression)
        || condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText is "IsCancellationRequested");

    /// <summary><c>list.ForEach(async x => …)</c> started all at once and waited for none; the loop does one after the other, in the same order.</summary>
    private static Plan? AsLoop(Finding finding, LambdaExpressionSyntax lambda)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call } }
            || finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is not IMethodSymbol method || !LinqLoop.IsForEach(call, method, finding.Types) || LinqLoop.ParameterOf(lambda) is not { } parameter
            || finding.Model.LookupSymbols(call.SpanStart, name: parameter.Identifier.ValueText).Any(s => s is ILocalSymbol or IParameterSymbol)
            || lambda.ContainsDirectives || HasReturnInLoop(lambda))
        {
            return null;
        }

        return GoAsync.Plan(finding, statement, (current, _) =>
        {
            var loop = LinqLoops.ForEach((ExpressionStatementSyntax)current);
            var returns = Returns(loop.Statement).ToList();
            loop = loop.ReplaceNodes(returns, (_, r) => SyntaxFactory.ContinueStatement(SyntaxFactory.Token(SyntaxKind.ContinueKeyword), r.SemicolonToken).WithTriviaFrom(r));
            return loop.WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
        });
    }

    private static System.Collections.Generic.IEnumerable<ReturnStatementSyntax> Returns(SyntaxNode body) =>
        body.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>();

    /// <summary>A <c>return</c> in an inner loop or a <c>switch</c> would need a jump to say the same.</summary>
    private static bool HasReturnInLoop(LambdaExpressionSyntax lambda) => Returns(lambda.Body).Any(result =>
        result.Ancestors().TakeWhile(node => node != lambda).Any(node => Loop.IsLoop(node)));
}
