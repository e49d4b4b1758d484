using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>
/// Which loop runs a piece of code on every iteration. The collection of a <c>foreach</c> and the initialiser of a
/// <c>for</c> run once, so they are outside; a function declared in a loop runs when it is called, so its body is
/// outside too, unless it is handed to an operator that calls it once per element.
/// </summary>
internal sealed class LoopFinder(SemanticModel model, KnownTypes types, int smallLoop, CancellationToken cancel)
{
    /// <summary>
    /// The innermost real loop around <paramref name="node"/>: not provably small, and not left by the code at
    /// <paramref name="node"/> on every path. Null in a query that a provider translates.
    /// </summary>
    public Loop? Around(SyntaxNode node)
    {
        for (var loop = Enclosing(node); loop is not null; loop = Enclosing(loop.Syntax))
        {
            if (!SmallLoops.Is(loop, smallLoop, model, types, cancel) && !LoopExits.AlwaysLeaves(node, loop))
                return loop;
        }

        return null;
    }

    /// <summary>The next loop outward of any size, or null at the border of the function or of an expression tree.</summary>
    public Loop? Enclosing(SyntaxNode node)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax each when child == each.Statement:
                    return new Loop(each, each.Expression);
                case ForStatementSyntax counted when child == counted.Statement || child == counted.Condition || Increments(counted, child):
                case WhileStatementSyntax or DoStatementSyntax:
                    return new Loop(parent, null);
                case AnonymousFunctionExpressionSyntax lambda:
                    return PerElement(lambda);
                case QueryExpressionSyntax query when child != query.FromClause:
                    if (ExpressionTrees.IsProviderQuery(query, model, types, cancel))
                        return null;

                    if (!RunsOnce(query, node))
                        return new Loop(query, query.FromClause.Expression);

                    break;
                case LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private Loop? PerElement(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } } argument
            || Calls.NameOf(call) is not { } name || !PerElementOperators.Names.Contains(name.Identifier.ValueText)
            || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method
            || !PerElementOperators.Runs(method, argument, call, types))
        {
            return null;
        }

        return new Loop(lambda, PerElementOperators.SourceOf(call, method));
    }

    /// <summary>Whether the node stands in the collection of a later <c>join … in</c>, which is evaluated once.</summary>
    private static bool RunsOnce(QueryExpressionSyntax query, SyntaxNode node)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null && child != query; child = parent, parent = parent.Parent!)
        {
            if (parent is JoinClauseSyntax join && child == join.InExpression)
                return true;
        }

        return false;
    }

    private static bool Increments(ForStatementSyntax loop, SyntaxNode child) =>
        child is ExpressionSyntax expression && loop.Incrementors.Contains(expression);
}
