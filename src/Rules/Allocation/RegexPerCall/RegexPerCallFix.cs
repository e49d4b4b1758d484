using System.Collections.Generic;
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
        var node = finding.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax);
        if (node is null || DraftOf(node, finding) is not { } draft || LocalConstant(draft.Regex.PatternSyntax, finding) is not { } constant)
            return null;

        // A constant of the function cannot be named by a member: its value moves, and with its last use it goes. So all of its uses move together.
        var drafts = new List<Draft>();
        foreach (var pattern in constant.Uses)
        {
            if (pattern.FirstAncestorOrSelf<ExpressionSyntax>(outer => outer is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax) is not { } other
                || DraftOf(other, finding) is not { } also || also.Regex.PatternSyntax != pattern)
            {
                return null;
            }

            drafts.Add(also with { Member = also.Member.WithComments(constant.Declaration!) });
        }

        if (drafts.Count == 0)
            drafts.Add(draft);

        return new Plan(async (edits, cancel) =>
        {
            var document = await edits.OfAsync(finding.Document, cancel).ConfigureAwait(false);
            foreach (var (use, method, regex, type, member) in drafts)
            {
                edits.Stage<RegexMembersFix>().Add(new RegexUseFix(document, type, member, RegexNamesFix.For(use, regex), use, RegexLocalFix.Of(use, finding), constant.Declaration,
                    (current, reference) => Use(current, reference, (use, regex), method)));
            }
        })
        { Key = constant.Declaration is null ? null : (finding.Document.Id, constant.Declaration.Span) };
    }

    /// <summary>What becomes of one creation or static call; null where it cannot move.</summary>
    private static Draft? DraftOf(ExpressionSyntax use, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(use, finding.Cancel).Symbol is not IMethodSymbol method || !finding.Types.Is(method.ContainingType, RegexPerCallAnalyzer.RegexType)
            || RegexArguments.Of(method, ArgumentsOf(use), finding.Model, finding.Cancel) is not { } regex
            || TypeAround(use, finding) is not { } type
            || RegexMemberFix.Of(finding, regex, use, type) is not { } member)
        {
            return null;
        }

        // Object initialisers set nothing on a Regex; a name alone is no statement.
        return use is BaseObjectCreationExpressionSyntax creation && (creation.Initializer is not null || IsStatement(use, finding)) ? null : new Draft(use, method, regex, type, member);
    }

    /// <summary>The class or struct that gets the member; the class around an extension block stands for it.</summary>
    private static INamedTypeSymbol? TypeAround(ExpressionSyntax use, Finding finding)
    {
        var type = finding.Model.GetEnclosingSymbol(use.SpanStart, finding.Cancel)?.ContainingType;
        while (type is not null && type.TypeKind > TypeKind.FunctionPointer)
            type = type.ContainingType;

        return type is { TypeKind: TypeKind.Class or TypeKind.Struct } ? type : null;
    }

    private static bool IsStatement(ExpressionSyntax use, Finding finding) => use.Parent switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => true,
        AnonymousFunctionExpressionSyntax lambda => (finding.Model.GetSymbolInfo(lambda, finding.Cancel).Symbol as IMethodSymbol)?.ReturnsVoid != false,
        ArrowExpressionClauseSyntax => Functions.SymbolAround(use, finding.Model, finding.Cancel)?.ReturnsVoid != false,
        _ => false,
    };

    /// <summary>The local constant that is the pattern and all of its uses, or none of either; null where it is only a part of the pattern.</summary>
    private static (LocalDeclarationStatementSyntax? Declaration, List<IdentifierNameSyntax> Uses)? LocalConstant(ExpressionSyntax pattern, Finding finding)
    {
        foreach (var name in pattern.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is not ILocalSymbol local)
                continue;

            var declaration = local.DeclaringSyntaxReferences[0].GetSyntax(finding.Cancel).FirstAncestorOrSelf<LocalDeclarationStatementSyntax>();
            return pattern == name && declaration is { Declaration.Variables.Count: 1 }
                ? (declaration, Functions.Enclosing(declaration)!.DescendantNodes().OfType<IdentifierNameSyntax>().Where(other => other.Identifier.ValueText == local.Name).ToList())
                : null;
        }

        return (null, []);
    }

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax use) => use switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        _ => null,
    };

    /// <summary><c>new Regex(p)</c> → the member; <c>Regex.IsMatch(s, p)</c> → <c>member.IsMatch(s)</c>.</summary>
    private static ExpressionSyntax Use(ExpressionSyntax current, ExpressionSyntax reference, (ExpressionSyntax Use, RegexArguments Regex) original, IMethodSymbol method)
    {
        if (current is not InvocationExpressionSyntax call)
            return reference.WithTriviaFrom(current);

        var list = call.ArgumentList;
        var before = ArgumentsOf(original.Use)!.Arguments;
        for (var index = before.Count - 1; index >= 0; index--)
        {
            if (original.Regex.Moves(before[index]))
                list = Without(list, index);
        }

        if (list.Arguments.Count == 1 && list.Arguments.Count < before.Count)
            list = OnOneLine(list);

        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, reference, SyntaxFactory.IdentifierName(method.Name)), list)
            .WithTriviaFrom(current);
    }

    /// <summary>Without one argument; what follows it starts where it started.</summary>
    private static ArgumentListSyntax Without(ArgumentListSyntax list, int index)
    {
        var removed = list.Arguments[index];
        var arguments = list.Arguments.RemoveAt(index);
        if (index < arguments.Count)
            arguments = arguments.Replace(arguments[index], arguments[index].WithLeadingTrivia(removed.GetLeadingTrivia()));
        else if (arguments.Count > 0)
            arguments = arguments.Replace(arguments[index - 1], arguments[index - 1].WithTrailingTrivia(arguments[index - 1].GetTrailingTrivia().AddRange(removed.GetTrailingTrivia())));

        return list.WithArguments(arguments);
    }

    /// <summary>One argument needs no line of its own.</summary>
    private static ArgumentListSyntax OnOneLine(ArgumentListSyntax list)
    {
        var trivia = list.OpenParenToken.TrailingTrivia.Concat(list.Arguments[0].GetLeadingTrivia()).Concat(list.Arguments[0].GetTrailingTrivia()).Concat(list.CloseParenToken.LeadingTrivia).ToList();
        if (!trivia.Exists(part => part.IsKind(SyntaxKind.EndOfLineTrivia)) || trivia.Exists(part => !part.IsKind(SyntaxKind.EndOfLineTrivia) && !part.IsKind(SyntaxKind.WhitespaceTrivia)))
            return list;

        return list.WithOpenParenToken(list.OpenParenToken.WithTrailingTrivia())
            .WithArguments(SyntaxFactory.SingletonSeparatedList(list.Arguments[0].WithoutTrivia()))
            .WithCloseParenToken(list.CloseParenToken.WithLeadingTrivia());
    }

    private sealed record Draft(ExpressionSyntax Node, IMethodSymbol Method, RegexArguments Regex, INamedTypeSymbol Type, RegexMemberFix Member);
}
