using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The token in scope is passed; an entry that has none takes one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class IgnoredCancellationFix() : RuleFix(IgnoredCancellationAnalyzer.Rule, "Pass the cancellation token")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || CancellableCall.Of(call, finding.Read(CommonOptions.MustFinish), finding.Paths, finding.Model, finding.Twins, finding.Types, finding.Cancel) is not { } found
            || !Sources.CanEdit(finding.Document))
        {
            return null;
        }

        if (found.Token is null && finding.Read(CommonOptions.KeepPublicApi) && IsPublic(found.Entry.Symbol))
            found = found with { Token = found.Fallback };

        if (found.Token is { } token)
            return Fixing.Plan.Edit(finding, edits => Write(edits, found, token));

        if (found.Entry.Symbol.MethodKind == MethodKind.Ordinary && finding.Read(CommonOptions.KeepPublicApi) && IsPublic(found.Entry.Symbol))
            return null;

        var settings = new PathSettings(finding.Read(CommonOptions.ReachDepth), finding.Read(CommonOptions.EntryTypes));
        return new Plan((edits, _) =>
        {
            edits.Stage<TokenParameterFix>().Add(finding.Document, found, settings);
            return Task.CompletedTask;
        });
    }

    /// <summary>Writes the token into the call.</summary>
    internal static void Write(DocumentEdits edits, CancellableCall found, string token)
    {
        var place = found.Place;
        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));

        // Who names the arguments goes on so.
        if (place.Form == TokenForm.Named || (place.Form == TokenForm.Last && found.ParameterName is not null && found.Call.ArgumentList.Arguments.Any() && found.Call.ArgumentList.Arguments.Last().NameColon is not null))
            argument = argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(found.ParameterName!)).WithTrailingTrivia(SyntaxFactory.Space));

        edits.Replace(found.Call.ArgumentList, current => ArgumentLists.Append(
            place.Form == TokenForm.AfterArray ? TwinCalls.WithArray(current, place.ArrayStart, found.Method, edits.Model) : current, argument));
    }

    private static bool IsPublic(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }
}
