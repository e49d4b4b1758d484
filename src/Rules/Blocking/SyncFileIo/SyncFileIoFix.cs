using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The async twin, awaited; the stream that it works on is opened and closed asynchronously too.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class SyncFileIoFix() : RuleFix(SyncFileIoAnalyzer.Rule, "Await the async call")
{
    private protected override Plan? Plan(Finding finding)
    {
        var expression = finding.Node.AncestorsAndSelf().FirstOrDefault(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) as ExpressionSyntax;
        if (expression is null)
            return null;

        if (FileOpening.Of(expression, finding.Model, finding.Types, finding.Cancel) is { } opening)
            return OpenAsync(finding, opening);

        return expression is InvocationExpressionSyntax call && finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol method
            && FileCalls.Of(finding.Model.Compilation).Find(call, method, finding.Model, finding.Cancel) is { } found
                ? Await(finding, call, found)
                : null;
    }

    private static Plan? OpenAsync(Finding finding, FileOpening opening)
    {
        if (AsyncOpeningFix.Of(opening, finding.Model) is not { } write)
            return null;

        var plan = Fixing.Plan.Edit(finding, edits =>
        {
            if (edits.IsFirst((nameof(AsyncOpeningFix), opening.Expression)))
                edits.Replace(opening.Expression, current => write(current, edits));

            new StreamDeclarationsFix(finding).EditOpened(edits, opening);
        });
        return plan with { Title = "Open the file for asynchronous use" };
    }

    private static Plan? Await(Finding finding, InvocationExpressionSyntax call, FileCall found)
    {
        if (found.Method.Name == "ReadLines")
            return LineLoopFix.OverFile(finding, call, found.Method);

        if (StreamTwin.Of(call, found.Method, finding.Model, finding.Types, finding.Twins, finding.Cancel) is not var (twin, takesMemory))
            return null;

        // A line before the loop is awaited only where the loop can be: its question reads synchronously.
        if (EndTests(call) is { Count: > 0 } tests && (LineLoopFix.IsFirstIn(call, finding) || !tests.All(test => LineLoopFix.ReadOf(test) is { } read && LineLoopFix.IsFirstIn(read, finding))))
            return LineLoopFix.ToEnd(finding, call, twin);

        var declarations = new StreamDeclarationsFix(finding);
        var more = new TwinChange(
            takesMemory ? (arguments, edits) => Window(arguments, call, found.Method, edits) : null,
            takesMemory, edits =>
            {
                declarations.Edit(edits, StreamsOf(call, found.Method));
                declarations.EditArchive(edits, call, found.Method);
            });
        return TwinPlan.Of(finding, call, found.Method, twin, forwardsToken: !found.Writes, more);
    }

    private static ArgumentListSyntax Window(ArgumentListSyntax arguments, InvocationExpressionSyntax call, IMethodSymbol method, DocumentEdits edits)
    {
        if (BufferWindow.Write(arguments, method, edits.Model, isQualified: false, default, call.ArgumentList) is not { } written)
            return arguments;

        if (BufferWindow.UsesExtension(written))
            edits.Import("System");

        return written;
    }

    /// <summary>The streams that the call works on, and whether it writes to them.</summary>
    private static IEnumerable<(ExpressionSyntax, bool)> StreamsOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (!method.IsStatic && Calls.ReceiverOf(call) is { } receiver)
            yield return (receiver, method.Name is "Write" or "WriteLine" or "Flush");

        if (method.Name == "CopyTo" && call.ArgumentList.Arguments.Count > 0)
            yield return (call.ArgumentList.Arguments[0].Expression, true);
    }

    /// <summary>Where the function asks the same reader for its end.</summary>
    private static List<MemberAccessExpressionSyntax> EndTests(InvocationExpressionSyntax call)
    {
        var reader = Calls.ReceiverOf(call)?.ToString();
        return Functions.Enclosing(call)?.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(member => member.Name.Identifier.ValueText is "EndOfStream" or "Peek" && member.Expression.ToString() == reader).ToList() ?? [];
    }
}
