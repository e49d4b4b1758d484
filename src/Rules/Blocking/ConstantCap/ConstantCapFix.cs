using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The cap goes: the statement, the element of an initializer, or the configuration call that does nothing else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ConstantCapFix() : RuleFix(ConstantCapAnalyzer.Rule, "Remove the cap")
{
    private protected override Plan? Plan(Finding finding)
    {
        var cap = finding.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node is AssignmentExpressionSyntax or InvocationExpressionSyntax);
        return cap?.Parent switch
        {
            InitializerExpressionSyntax { ContainsDirectives: false } => Fixing.Plan.Edit(finding, edits => RemoveElement(edits, cap)),
            ExpressionStatementSyntax statement => Statement(finding, statement),
            LambdaExpressionSyntax lambda when lambda.Body == cap && Configuration(finding, lambda) is { } call => Statement(finding, call),
            _ => null,
        };
    }

    private static Plan? Statement(Finding finding, ExpressionStatementSyntax statement)
    {
        if (statement.ContainsDirectives)
            return null;

        if (statement.Parent is GlobalStatementSyntax global)
            return Fixing.Plan.Edit(finding, edits => edits.Remove(global));

        if (statement.Parent is not BlockSyntax block)
            return null; // the body of an `if`: what should remain is the author's to say

        if (block.Statements.Count > 1 || block.Parent is not LambdaExpressionSyntax lambda)
            return Fixing.Plan.Edit(finding, edits => edits.Remove(statement));

        return Configuration(finding, lambda) is { } call ? Statement(finding, call) : null;
    }

    /// <summary>The statement <c>…ConfigureKestrel(options =&gt; cap)</c>, which does nothing but set the cap.</summary>
    private static ExpressionStatementSyntax? Configuration(Finding finding, LambdaExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call } }
        && Calls.ReceiverOf(call) is not InvocationExpressionSyntax
        && finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol { Name: "ConfigureKestrel" or "Configure" or "ConfigureHttpClientDefaults" or "PostConfigure" }
            ? statement
            : null;

    /// <summary><c>new T { Cap = 2 }</c> becomes <c>new T()</c>, and <c>Limits = { Cap = 2 }</c> goes as a whole.</summary>
    private static void RemoveElement(DocumentEdits edits, ExpressionSyntax element)
    {
        if (element.Parent is not InitializerExpressionSyntax { Expressions.Count: 1, Parent: var parent })
            edits.Replace((InitializerExpressionSyntax)element.Parent!, current => Without(current, element));
        else if (parent is BaseObjectCreationExpressionSyntax creation)
            edits.Replace(creation, current => WithoutInitializer(current).WithTriviaFrom(current));
        else if (parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } outer)
            RemoveElement(edits, outer);
    }

    private static SyntaxNode Without(InitializerExpressionSyntax initializer, ExpressionSyntax element)
    {
        for (var i = 0; i < initializer.Expressions.Count; i++)
        {
            if (!SyntaxFactory.AreEquivalent(initializer.Expressions[i], element))
                continue;

            var left = initializer.Expressions.RemoveAt(i);
            if (i == left.Count && i > 0 && left.SeparatorCount < left.Count)
                left = left.Replace(left[i - 1], left[i - 1].WithTrailingTrivia(initializer.Expressions[i].GetTrailingTrivia()));

            return initializer.WithExpressions(left);
        }

        return initializer;
    }

    private static SyntaxNode WithoutInitializer(BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = (creation.ArgumentList ?? SyntaxFactory.ArgumentList()).WithoutTrailingTrivia();
        return creation switch
        {
            ObjectCreationExpressionSyntax named => named.WithType(named.Type.WithoutTrailingTrivia()).WithArgumentList(arguments).WithInitializer(null),
            ImplicitObjectCreationExpressionSyntax target => target.WithArgumentList(arguments).WithInitializer(null),
            _ => creation,
        };
    }
}
