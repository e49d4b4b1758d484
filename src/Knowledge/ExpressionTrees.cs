using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Code that a query provider reads instead of running it, and code that never runs at all.</summary>
internal static class ExpressionTrees
{
    /// <summary>
    /// Whether <paramref name="node"/> stands in a lambda converted to an expression tree or in a clause of a query
    /// over <c>IQueryable</c>, at any depth within its member.
    /// </summary>
    public static bool Contain(SyntaxNode node, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case LambdaExpressionSyntax lambda when IsTree(lambda, model, types, cancel):
                case QueryExpressionSyntax query when child != query.FromClause && IsProviderQuery(query, model, types, cancel):
                    return true;
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the lambda becomes an expression tree.</summary>
    public static bool IsTree(LambdaExpressionSyntax lambda, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        model.GetTypeInfo(lambda, cancel).ConvertedType is INamedTypeSymbol type
        && types.ExpressionOfT is { } tree && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, tree);

    /// <summary>Whether the clauses of the query are translated by a provider rather than run.</summary>
    public static bool IsProviderQuery(QueryExpressionSyntax query, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        types.IsOrInherits(model.GetTypeInfo(query.FromClause.Expression, cancel).Type, "System.Linq.IQueryable");

    /// <summary>Whether the node is only named: in <c>nameof(…)</c>, an attribute or a documentation comment.</summary>
    public static bool IsOnlyNamed(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case AttributeSyntax or DocumentationCommentTriviaSyntax:
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments.Count: 1 }:
                    return true;
                case StatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
