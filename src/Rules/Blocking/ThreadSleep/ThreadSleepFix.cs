using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary><c>Thread.Sleep(x)</c> becomes <c>await Task.Delay(x)</c>, with the cancellation token in scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ThreadSleepFix() : RuleFix(ThreadSleepAnalyzer.Rule, "Await Task.Delay")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node is not InvocationExpressionSyntax call || Calls.NameOf(call)?.Identifier.ValueText != "Sleep"
            || Functions.SymbolAround(call, finding.Model, finding.Cancel) is not { IsAsync: true } || !Functions.CanAwaitAt(call))
        {
            return null;
        }

        var token = CancellationTokens.InScope(call, finding.Model, finding.Types, finding.Cancel);
        return Fixing.Plan.Edit(finding, edits => edits.Replace(call, current =>
        {
            var arguments = current.ArgumentList;
            if (token is not null)
            {
                arguments = arguments.WithArguments(arguments.Arguments.Add(
                    SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)).WithLeadingTrivia(SyntaxFactory.Space)));
            }

            var task = edits.NameOf(finding.Types.Task!, call.SpanStart);
            return SyntaxFactory.ParseExpression($"await {task}.Delay{arguments.ToString()}").WithTriviaFrom(current);
        }));
    }
}
