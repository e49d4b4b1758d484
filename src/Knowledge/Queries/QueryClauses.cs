using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>Reads <c>from … where … select …</c> as the operators that it stands for.</summary>
internal sealed class QueryClauses(QueryReader reader, CancellationToken cancel)
{
    public Query Read(QueryExpressionSyntax expression)
    {
        var query = reader.Read(expression.FromClause.Expression);
        var isInMemory = !reader.IsQueryable(reader.Model.GetTypeInfo(expression.FromClause.Expression, cancel).Type);
        return Read(query, expression.Body, expression.FromClause.Identifier.ValueText, isInMemory);
    }

    private Query Read(Query query, QueryBodySyntax body, string variable, bool isInMemory)
    {
        foreach (var clause in body.Clauses)
        {
            query = clause switch
            {
                WhereClauseSyntax where => Add(query, "Where", OperatorKind.Filter, where, where.WhereKeyword, where.Condition, isInMemory),
                OrderByClauseSyntax order => Ordered(query, order, isInMemory),
                JoinClauseSyntax { Into: null } join => Add(query, "Join", OperatorKind.Join, join, join.JoinKeyword, null, isInMemory),
                JoinClauseSyntax join => Add(query, "GroupJoin", OperatorKind.Join, join, join.JoinKeyword, null, isInMemory),
                FromClauseSyntax from => Add(query, "SelectMany", OperatorKind.Flattening, from, from.FromKeyword, from.Expression, isInMemory),
                LetClauseSyntax let => Add(query, "Select", OperatorKind.Projection, let, let.LetKeyword, let.Expression, isInMemory),
                _ => reader.Obscure(query, clause),
            };
        }

        // `select x` of the only range variable is no operator.
        query = body.SelectOrGroup switch
        {
            SelectClauseSyntax { Expression: IdentifierNameSyntax name } when name.Identifier.ValueText == variable => query,
            SelectClauseSyntax select => Add(query, "Select", OperatorKind.Projection, select, select.SelectKeyword, select.Expression, isInMemory),
            GroupClauseSyntax group => Add(query, "GroupBy", OperatorKind.Grouping, group, group.GroupKeyword, group.ByExpression, isInMemory),
            _ => reader.Obscure(query, body.SelectOrGroup),
        };

        return body.Continuation is { } continuation ? Read(query, continuation.Body, continuation.Identifier.ValueText, isInMemory) : query;
    }

    private Query Ordered(Query query, OrderByClauseSyntax clause, bool isInMemory)
    {
        var isFirst = true;
        foreach (var ordering in clause.Orderings)
        {
            var name = (isFirst ? "OrderBy" : "ThenBy") + (ordering.IsKind(SyntaxKind.DescendingOrdering) ? "Descending" : "");
            query = Add(query, name, OperatorKind.Order, ordering, isFirst ? clause.OrderByKeyword : ordering.GetFirstToken(), ordering.Expression, isInMemory);
            isFirst = false;
        }

        return query;
    }

    private Query Add(Query query, string name, OperatorKind kind, SyntaxNode node, SyntaxToken keyword, ExpressionSyntax? body, bool isInMemory) => query with
    {
        Steps = query.Steps.Add(new QueryOperator(name, kind, node, keyword, null, reader.Model) { Body = body, IsInMemory = isInMemory || query.Terminal is not null }),
    };
}
