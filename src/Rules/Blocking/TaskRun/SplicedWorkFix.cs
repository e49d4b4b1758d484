using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The statements of a lambda in the place of the statement that waited for it.</summary>
internal static class SplicedWorkFix
{
    public static InlinedWorkFix? Of(OffloadedWork work, ParenthesizedLambdaExpressionSyntax lambda, BlockSyntax block, ITypeSymbol result, string? token, Finding finding)
    {
        if (!work.IsAwaited || block.Statements.Count == 0 || StatementOf(work.Waited) is not { Parent: BlockSyntax } statement || !AreNamesFree(lambda, work.Function) || HasOwnWork(block)
            || HasRefLocals(block, finding))
        {
            return null;
        }

        var returns = Own(block).OfType<ReturnStatementSyntax>().ToList();
        var moved = block.Statements.ToList();
        switch (statement)
        {
            case ExpressionStatementSyntax when returns.Count == 0:
                break;
            case ReturnStatementSyntax when returns.All(r => r.Expression is not null) && ReturnsSame(work, result, lambda, finding):
                break;
            case LocalDeclarationStatementSyntax declaration when returns.Count == 1 && moved[moved.Count - 1] == returns[0] && returns[0].Expression is { } last && HasType(last, result, lambda, finding):
                var value = declaration.Declaration.Variables[0].Initializer!;
                moved[moved.Count - 1] = declaration.ReplaceNode(value.Value, last.WithTriviaFrom(value.Value)).WithLeadingTrivia(returns[0].GetLeadingTrivia());
                break;
            default:
                return null;
        }

        return new InlinedWorkFix(work, TaskRunFix.WaitsIn(block) - 1, false, (edits, _) =>
        {
            InlinedWorkFix.WriteToken(edits, work, token);
            Write(edits, statement, moved, block, token is null ? statement.GetLeadingTrivia() : InlinedWorkFix.Indent(statement));
        });
    }

    private static void Write(DocumentEdits edits, StatementSyntax statement, List<StatementSyntax> moved, BlockSyntax block, SyntaxTriviaList leading)
    {
        moved = moved.ConvertAll(part => Indentation.Shifted(part, statement));
        moved[0] = moved[0].WithLeadingTrivia(leading.AddRange(Indentation.WithoutFirstBlankLines(moved[0].GetLeadingTrivia()).SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia))));
        var end = block.CloseBraceToken.LeadingTrivia.Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)) ? block.CloseBraceToken.LeadingTrivia : default;
        var last = moved[moved.Count - 1];
        moved[moved.Count - 1] = last.WithTrailingTrivia(end.Count > 0 ? last.GetTrailingTrivia().AddRange(end) : IsOneLine(block) ? statement.GetTrailingTrivia() : last.GetTrailingTrivia());
        for (var i = 0; i < moved.Count - 1; i++)
            edits.InsertBefore(statement, IsOneLine(block) ? moved[i].WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation) : moved[i]);

        edits.Replace(statement, _ => IsOneLine(block) ? moved[moved.Count - 1].WithAdditionalAnnotations(Formatter.Annotation) : moved[moved.Count - 1]);
    }

    private static bool IsOneLine(BlockSyntax block) => !block.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static StatementSyntax? StatementOf(ExpressionSyntax waited) => waited.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        ReturnStatementSyntax statement => statement,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration } } } => declaration,
        _ => null,
    };

    /// <summary>What the block itself runs, without the functions in it.</summary>
    private static IEnumerable<SyntaxNode> Own(SyntaxNode block) => block.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>The names that the work declares must mean nothing in the function around.</summary>
    private static bool AreNamesFree(LambdaExpressionSyntax lambda, SyntaxNode function)
    {
        var names = new HashSet<string>();
        foreach (var node in Own(lambda))
        {
            var name = node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
                ForEachStatementSyntax each => each.Identifier.ValueText,
                CatchDeclarationSyntax caught => caught.Identifier.ValueText,
                LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                LabeledStatementSyntax label => label.Identifier.ValueText,
                _ => null,
            };
            if (name is { Length: > 0 })
                names.Add(name);
        }

        return names.Count == 0 || !function.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText) && !lambda.Span.Contains(token.Span));
    }

    private static bool HasOwnWork(BlockSyntax block) =>
        block.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run" or "StartNew" });

    private static bool HasRefLocals(BlockSyntax block, Finding finding)
    {
        foreach (var node in Own(block))
        {
            if (node is RefTypeSyntax or StackAllocArrayCreationExpressionSyntax or UnsafeStatementSyntax or FixedStatementSyntax
                || (node is VariableDeclaratorSyntax && finding.Model.GetDeclaredSymbol(node, finding.Cancel) is ILocalSymbol { Type.IsRefLikeType: true }))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ReturnsSame(OffloadedWork work, ITypeSymbol result, LambdaExpressionSyntax lambda, Finding finding) =>
        Knowledge.Functions.Symbol(work.Function, finding.Model, finding.Cancel)?.ReturnType is INamedTypeSymbol { Arity: 1 } task
        && SymbolEqualityComparer.Default.Equals(task.TypeArguments[0], ValueOf(result, lambda));

    private static bool HasType(ExpressionSyntax value, ITypeSymbol result, LambdaExpressionSyntax lambda, Finding finding) =>
        SymbolEqualityComparer.Default.Equals(finding.Model.GetTypeInfo(value, finding.Cancel).Type, ValueOf(result, lambda));

    /// <summary>What the statements return: of an async lambda, what its task gives.</summary>
    private static ITypeSymbol? ValueOf(ITypeSymbol result, LambdaExpressionSyntax lambda) =>
        lambda.AsyncKeyword.RawKind == 0 ? result : result is INamedTypeSymbol { Arity: 1 } task ? task.TypeArguments[0] : null;
}
