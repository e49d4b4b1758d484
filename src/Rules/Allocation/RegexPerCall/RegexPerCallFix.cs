using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>The expression moves to a <c>[GeneratedRegex]</c> member, or to a static field where that is not to be had or would change the match.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RegexPerCallFix() : RuleFix(RegexPerCallAnalyzer.Rule, "Build the regular expression once")
{
    private protected override Plan? Plan(Finding finding)
    {
        var use = finding.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax);
        if (use is null || finding.Model.GetSymbolInfo(use, finding.Cancel).Symbol is not IMethodSymbol method
            || RegexArguments.Of(method, ArgumentsOf(use), finding.Model, finding.Cancel) is not { } regex
            || finding.Model.GetEnclosingSymbol(use.SpanStart, finding.Cancel)?.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type
            || RegexMemberFix.Of(finding, regex, type) is not { } member)
        {
            return null;
        }

        // Object initialisers set nothing on a Regex; whatever that is, it is not understood here.
        if (use is BaseObjectCreationExpressionSyntax { Initializer: not null })
            return null;

        // A constant of the function cannot be named by a member: its value moves, and with its only use it goes.
        var constant = LocalConstant(regex.PatternSyntax, finding, out var hasOtherUses);
        if (hasOtherUses)
            return null;

        return new Plan(async (edits, cancel) =>
        {
            var document = await edits.OfAsync(finding.Document, cancel).ConfigureAwait(false);
            if (constant is not null)
                document.Remove(constant);

            edits.Stage<RegexMembersFix>().Add(document, type, member, RegexNamesFix.For(use, regex), use, (current, reference) => Use(current, reference, method));
        });
    }

    private static LocalDeclarationStatementSyntax? LocalConstant(ExpressionSyntax pattern, Finding finding, out bool hasOtherUses)
    {
        hasOtherUses = false;
        foreach (var name in pattern.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is not ILocalSymbol local)
                continue;

            var declaration = local.DeclaringSyntaxReferences[0].GetSyntax(finding.Cancel).FirstAncestorOrSelf<LocalDeclarationStatementSyntax>();
            hasOtherUses = pattern != name || declaration is not { Declaration.Variables.Count: 1 }
                || Functions.Enclosing(declaration)!.DescendantNodes().OfType<IdentifierNameSyntax>().Count(other => other.Identifier.ValueText == local.Name) != 1;
            return declaration;
        }

        return null;
    }

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax use) => use switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        _ => null,
    };

    /// <summary><c>new Regex(p)</c> → the member; <c>Regex.IsMatch(s, p)</c> → <c>member.IsMatch(s)</c>.</summary>
    private static ExpressionSyntax Use(ExpressionSyntax current, ExpressionSyntax reference, IMethodSymbol method)
    {
        if (current is not InvocationExpressionSyntax call)
            return reference.WithTriviaFrom(current);

        var kept = call.ArgumentList.Arguments
            .Where((argument, index) => RegexArguments.NameOfParameter(argument, index, method) is not ("pattern" or "options" or "matchTimeout")).ToList();
        var arguments = kept.Count == call.ArgumentList.Arguments.Count ? call.ArgumentList : WithoutOthers(call.ArgumentList, kept);
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, reference, SyntaxFactory.IdentifierName(method.Name)), arguments)
            .WithTriviaFrom(current);
    }

    private static ArgumentListSyntax WithoutOthers(ArgumentListSyntax list, System.Collections.Generic.List<ArgumentSyntax> kept)
    {
        var arguments = list.Arguments;
        for (var index = arguments.Count - 1; index >= 0; index--)
        {
            if (!kept.Contains(list.Arguments[index]))
                arguments = arguments.RemoveAt(index);
        }

        return list.WithArguments(arguments);
    }
}
