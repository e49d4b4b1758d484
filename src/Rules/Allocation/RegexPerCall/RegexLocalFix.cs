using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>A local that is nothing but a name for the new expression: the member is the better name, so it goes.</summary>
/// <param name="Declaration">The statement that goes.</param>
/// <param name="Local">The variable.</param>
/// <param name="Uses">Where the member is named instead: receivers, all of them.</param>
internal sealed record RegexLocalFix(LocalDeclarationStatementSyntax Declaration, ILocalSymbol Local, ImmutableArray<IdentifierNameSyntax> Uses)
{
    /// <summary>The local that <paramref name="creation"/> initialises; null where it is used for more than calls on it.</summary>
    public static RegexLocalFix? Of(ExpressionSyntax creation, Finding finding)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } variable }
            || declaration.UsingKeyword.RawKind != 0 || declaration.Parent is not (BlockSyntax or SwitchSectionSyntax) || declaration.ContainsDirectives || HasCommentsBefore(creation, declaration)
            || finding.Model.GetDeclaredSymbol(variable, finding.Cancel) is not ILocalSymbol { RefKind: RefKind.None } local
            || !finding.Types.Is(local.Type, RegexPerCallAnalyzer.RegexType))
        {
            return null;
        }

        var uses = new List<IdentifierNameSyntax>();
        foreach (var name in declaration.Parent.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != local.Name || !SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol, local))
                continue;

            if (name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name || ExpressionTrees.Contain(name, finding.Model, finding.Types, finding.Cancel))
                return null;

            uses.Add(name);
        }

        return uses.Count == 0 ? null : new RegexLocalFix(declaration, local, uses.ToImmutableArray());
    }

    private static bool HasCommentsBefore(ExpressionSyntax creation, LocalDeclarationStatementSyntax declaration) => declaration.DescendantTrivia().Any(trivia =>
        trivia.SpanStart > declaration.SpanStart && trivia.SpanStart < creation.SpanStart && !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
