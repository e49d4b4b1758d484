using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>What keeps a query from reading a whole table.</summary>
internal static class RowBounds
{
    /// <summary>
    /// Whether every path of the composition limits the rows. What is not understood may limit them, so it counts; a
    /// limit on some path shows that the caller chooses, and a filter in a helper method depends on its arguments.
    /// </summary>
    /// <param name="query">What was read.</param>
    /// <param name="place">Where the query is run.</param>
    /// <param name="kind">What the user wants to see.</param>
    /// <param name="budget">That of the question for which <paramref name="query"/> was read: what it is joined with is read too.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public static bool Hold(Query query, SyntaxNode place, UnboundedKind kind, QueryBudget budget, CancellationToken cancel) =>
        query.Always(step => IsBound(step, query, kind, budget, cancel))
        || query.Sometimes(step => step is { Kind: OperatorKind.Limit, IsInMemory: false }
            || (step.Kind == OperatorKind.Filter && Functions.Enclosing(step.Node) != Functions.Enclosing(place) && IsBound(step, query, kind, budget, cancel)));

    /// <summary>Whether the chain before the call limits the rows, whatever it starts at: most queries do, and are not read any further.</summary>
    public static bool HoldInChain(InvocationExpressionSyntax call, UnboundedKind kind, SemanticModel model, CancellationToken cancel)
    {
        var current = Calls.ReceiverOf(call);
        while (current is ParenthesizedExpressionSyntax or InvocationExpressionSyntax)
        {
            if (current is not InvocationExpressionSyntax step)
            {
                current = ((ParenthesizedExpressionSyntax)current).Expression;
                continue;
            }

            switch (Calls.NameOf(step)?.Identifier.ValueText)
            {
                case "Take":
                case "Where" when kind == UnboundedKind.OnlyWholeTable && step.ArgumentList.Arguments.Count == 1
                    && step.ArgumentList.Arguments[0].Expression is LambdaExpressionSyntax { ExpressionBody: { } body } && !BooleanFilters.Are(body, model, cancel):
                    if (model.GetSymbolInfo(step, cancel).Symbol is IMethodSymbol { ContainingType.Name: "Queryable" })
                        return true;

                    break;
            }

            current = Calls.ReceiverOf(step);
        }

        return false;
    }

    /// <summary>Whether the operator filters by equality with a key, a unique column or a foreign key.</summary>
    public static bool IsKeyFilter(QueryOperator step, Query query, CancellationToken cancel) =>
        step is { Kind: OperatorKind.Filter, IsInMemory: false, Body: { } body } && KeyFilters.AsksForKey(body, query.EntityType, step.Model, cancel);

    private static bool IsBound(QueryOperator step, Query query, UnboundedKind kind, QueryBudget budget, CancellationToken cancel) => step.Kind switch
    {
        OperatorKind.Unknown or OperatorKind.Limit or OperatorKind.Row or OperatorKind.Scalar or OperatorKind.Write or OperatorKind.Distinct or OperatorKind.TypeFilter => true,
        OperatorKind.Filter when step.IsInMemory => false,
        OperatorKind.Filter => step.Body is not { } body || BooleanFilters.AskForOwnRows(body) || (!BooleanFilters.Are(body, step.Model, cancel)
            && (kind == UnboundedKind.OnlyWholeTable || KeyFilters.AsksForKey(body, query.EntityType, step.Model, cancel))),
        OperatorKind.Join => step.Name == "Join" && JoinFilters(step, kind, budget, cancel),
        OperatorKind.Flattening => step.Body is { } body && Narrows(body),
        OperatorKind.Combination => step.Name is not ("Concat" or "Union" or "UnionBy"),
        OperatorKind.Grouping => LambdasOf(step) > 1,
        OperatorKind.Projection => IsAfterGrouping(step, query) && step.Body is { } body && !Keeps(body),
        _ => false,
    };

    /// <summary>
    /// Whether an inner join leaves out rows: its inner side is less than a table, or its keys hold a value that does
    /// not come from the rows.
    /// </summary>
    private static bool JoinFilters(QueryOperator step, UnboundedKind kind, QueryBudget budget, CancellationToken cancel)
    {
        foreach (var key in step.Node is JoinClauseSyntax { LeftExpression: var left, RightExpression: var right } ? [left, right] : step.Arguments.Skip(1).Take(2).Select(static a => a.Expression))
        {
            if (HoldsValue(key, step, cancel))
                return true;
        }

        var inner = step.Node is JoinClauseSyntax clause ? clause.InExpression : step.Arguments.Length > 0 ? step.Arguments[0].Expression : null;
        if (inner is null || !budget.TryEnter())
            return true;

        var query = Query.From(inner, step.Model, KnownTypes.Of(step.Model.Compilation), budget, cancel);
        var holds = query.Root != QueryRoot.Set || Hold(query, inner, kind, budget, cancel);
        budget.Leave();
        return holds;
    }

    private static bool HoldsValue(ExpressionSyntax key, QueryOperator step, CancellationToken cancel)
    {
        foreach (var node in key.DescendantNodesAndSelf())
        {
            if (node is not IdentifierNameSyntax name || name.Parent is NameEqualsSyntax || (name.Parent is MemberAccessExpressionSyntax member && member.Name == name))
                continue;

            switch (step.Model.GetSymbolInfo(name, cancel).Symbol)
            {
                case IFieldSymbol or ILocalSymbol or IPropertySymbol:
                case IParameterSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations } when !step.Node.Span.Contains(declarations[0].Span):
                    return true;
            }
        }

        return false;
    }

    private static bool Narrows(ExpressionSyntax body)
    {
        foreach (var node in body.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: "Where" or "Take" or "First" or "FirstOrDefault" })
                return true;
        }

        return false;
    }

    private static int LambdasOf(QueryOperator step)
    {
        var lambdas = 0;
        foreach (var argument in step.Arguments)
            lambdas += argument.Expression is LambdaExpressionSyntax ? 1 : 0;

        return lambdas;
    }

    private static bool IsAfterGrouping(QueryOperator step, Query query)
    {
        foreach (var other in query.Operators)
        {
            if (other == step)
                return false;

            if (other.Kind == OperatorKind.Grouping)
                return true;
        }

        return false;
    }

    /// <summary>Whether the projection of a group still holds its rows.</summary>
    private static bool Keeps(ExpressionSyntax body)
    {
        foreach (var node in body.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: "ToList" or "ToArray" or "AsEnumerable" })
                return true;
        }

        return false;
    }
}
