using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Database;

/// <summary><c>Take(pageSize)</c> becomes <c>Take(Math.Min(pageSize, 100))</c>; a size that is used more than once is capped before.</summary>
internal static class SizeCapFix
{
    public static Plan? Plan(Finding finding, InvocationExpressionSyntax take)
    {
        var count = take.ArgumentList.Arguments[take.ArgumentList.Arguments.Count - 1].Expression;
        if (finding.Types["System.Math"] is not { } math || finding.Model.GetTypeInfo(count, finding.Cancel).Type?.SpecialType != SpecialType.System_Int32
            || RequestedSizes.Of(count, finding.Model, finding.Types, finding.Cancel) is not { } parameter
            || RequestedSizes.SourceOf(count, finding.Model, finding.Cancel, 0) is not { } source
            || RequestedSizes.DeclaringFunction(parameter, finding.Cancel) is not { } function)
        {
            return null;
        }

        var most = finding.Read(UnboundedQueryAnalyzer.MaxRows);
        var plan = LocalOf(count, finding) is { } initializer
            ? finding.Model.GetTypeInfo(initializer, finding.Cancel).Type?.SpecialType == SpecialType.System_Int32 ? Cap(initializer) : null
            : UsesOf(source, function, finding) is var uses && uses.Count == 1 ? Cap(count) : CapBefore();
        return plan is null ? null : plan with { Title = $"Take at most {most} rows" };

        Plan Cap(ExpressionSyntax value) => Fixing.Plan.Edit(finding, edits => edits.Replace(value, current =>
            SyntaxFactory.ParseExpression($"{edits.NameOf(math, value.SpanStart)}.Min({current.WithoutTrivia()}, {most})").WithTriviaFrom(current))) with
        { Key = (finding.Document.Id, value.Span) };

        // Skip and Take must agree on the size of a page, and the response may repeat it.
        Plan? CapBefore()
        {
            if (BlockOf(function) is not { Statements.Count: > 0 } block || finding.Model.GetTypeInfo(source, finding.Cancel).Type?.SpecialType != SpecialType.System_Int32)
                return null;

            if (source is not IdentifierNameSyntax && source is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax })
                return null;

            return Fixing.Plan.Edit(finding, edits =>
            {
                var wanted = source is MemberAccessExpressionSyntax member ? Camel(member.Name.Identifier.ValueText) : null;
                var name = wanted is null ? source.ToString() : edits.UniqueName(wanted, block);
                var cap = $"{(wanted is null ? "" : "var ")}{name} = {edits.NameOf(math, block.SpanStart + 1)}.Min({source}, {most});";
                var first = block.Statements[0];
                edits.InsertBefore(first, SyntaxFactory.ParseStatement(cap).WithLeadingTrivia(Indentation(first)).WithTrailingTrivia(LineEnd(first)));
                if (wanted is null)
                    return;

                foreach (var use in uses)
                    edits.Replace(use, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
            }) with
            { Key = (finding.Document.Id, function.SpanStart, source.ToString()) };
        }
    }

    /// <summary>The initialiser of the local from which the number comes: all uses of the local see the cap there.</summary>
    private static ExpressionSyntax? LocalOf(ExpressionSyntax count, Finding finding)
    {
        foreach (var node in count.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax name && finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local
                && local.DeclaringSyntaxReferences[0].GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer.Value: { } value }
                && RequestedSizes.SourceOf(value, finding.Model, finding.Cancel, 0) is not null)
            {
                return LocalOf(value, finding) ?? value;
            }
        }

        return null;
    }

    private static List<ExpressionSyntax> UsesOf(ExpressionSyntax source, SyntaxNode function, Finding finding)
    {
        var uses = new List<ExpressionSyntax>();
        var symbol = finding.Model.GetSymbolInfo(source, finding.Cancel).Symbol;
        var text = source.ToString();
        foreach (var node in function.DescendantNodes())
        {
            if (node is ExpressionSyntax expression && node.RawKind == source.RawKind && expression.ToString() == text
                && SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(expression, finding.Cancel).Symbol, symbol))
            {
                uses.Add(expression);
            }
        }

        return uses;
    }

    private static BlockSyntax? BlockOf(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        BaseMethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        _ => null,
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static SyntaxTriviaList Indentation(StatementSyntax statement)
    {
        var leading = statement.GetLeadingTrivia();
        return leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(leading[leading.Count - 1]) : default;
    }

    private static SyntaxTriviaList LineEnd(StatementSyntax statement)
    {
        foreach (var trivia in statement.SyntaxTree.GetRoot().DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return SyntaxFactory.TriviaList(trivia);
        }

        return SyntaxFactory.TriviaList(SyntaxFactory.LineFeed);
    }
}
