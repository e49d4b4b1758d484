using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The work is done where it was waited for; a function that then waits for nothing is no longer async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TaskRunFix() : RuleFix(TaskRunAnalyzer.Rule, "Do the work here")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is not IMethodSymbol method
            || OffloadedWork.Of(call, method, finding.Types) is not { } work
            || InlinedWorkFix.Of(work, method, finding) is not { } inlined
            || !SyncHeadFix.CanBeSync(work.Function, finding)
            || Functions.Symbol(work.Function, finding.Model, finding.Cancel) is not { } function
            || WaitingCallersFix.AreSeenToGoOn(function, finding.Node.SyntaxTree.GetRoot(finding.Cancel), finding.Model, finding.Cancel))
        {
            return null;
        }

        return new Plan((edits, _) =>
        {
            edits.Stage<TaskRunStageFix>().Add(finding.Document, inlined);
            return Task.CompletedTask;
        });
    }

    /// <summary>How many waits the function itself has.</summary>
    internal static int WaitsIn(SyntaxNode function)
    {
        var waits = 0;
        foreach (var node in function.DescendantNodes(child => child == function || child is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
                or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 })
            {
                waits++;
            }
        }

        return waits;
    }
}
