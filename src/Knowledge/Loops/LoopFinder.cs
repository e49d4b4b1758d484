using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>
/// Which loop runs a piece of code on every iteration. The collection of a <c>foreach</c> and the initialiser of a
/// <c>for</c> run once, so they are outside; a function declared in a loop runs when it is called, so its body is
/// outside too, unless it is handed to an operator that calls it once per element or to <c>Task.Run</c>.
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
            if (IsReal(loop) && !LoopExits.AlwaysLeaves(node, loop))
                return loop;
        }

        return null;
    }

    /// <summary>
    /// The innermost real loop that calls the method group <paramref name="group"/>: the operator it is given to
    /// (<c>xs.Where(list.Contains)</c>), or else a loop around that.
    /// </summary>
    public Loop? Calling(ExpressionSyntax group) => PerElement(group) is { } loop && IsReal(loop) ? loop : Around(group);

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
                case AnonymousFunctionExpressionSyntax lambda when child == lambda.Body:
                    if (PerElement(lambda) is { } loop)
                        return loop;

                    if (!IsStartedAtOnce(lambda))
                        return null;

                    break;
                case QueryExpressionSyntax query when child != query.FromClause:
                    if (ExpressionTrees.IsProviderQuery(query, model, types, cancel) || ExpressionTrees.Contain(query, model, types, cancel))
                        return null;

                    if (!RunsOnce(query, node) && IsSequence(query.FromClause.Expression))
                        return new Loop(query, query.FromClause.Expression);

                    break;
                case LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private bool IsReal(Loop loop) => !SmallLoops.Is(loop, smallLoop, model, types, cancel);

    /// <summary>The loop that an operator makes of a function given to it; null in an expression tree, where nothing runs.</summary>
    private Loop? PerElement(ExpressionSyntax function)
    {
        if (ArgumentOf(function) is not { Parent.Parent: InvocationExpressionSyntax call } argument
            || Calls.NameOf(call) is not { } name || !PerElementOperators.MayBe(name.Identifier.ValueText)
            || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method
            || !PerElementOperators.Runs(method, argument, call, types)
            || ExpressionTrees.Contain(call, model, types, cancel))
        {
            return null;
        }

        return new Loop(function, PerElementOperators.SourceOf(call, method, types));
    }

    /// <summary>Whether the lambda is given to <c>Task.Run</c> or <c>StartNew</c>: in a loop, it runs on every iteration.</summary>
    private bool IsStartedAtOnce(AnonymousFunctionExpressionSyntax lambda) =>
        ArgumentOf(lambda) is { Parent.Parent: InvocationExpressionSyntax call }
        && Calls.NameOf(call)?.Identifier.ValueText is "Run" or "StartNew"
        && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType: { } type }
        && (types.Is(type, "System.Threading.Tasks.Task") || types.Is(type, "System.Threading.Tasks.TaskFactory") || types.Is(type, "System.Threading.Tasks.TaskFactory`1"));

    private bool IsSequence(ExpressionSyntax source) => model.GetTypeInfo(source, cancel).Type is { } type
        && (types.IsOrInherits(type, "System.Collections.IEnumerable") || types.IsOrInherits(type, "System.Collections.Generic.IAsyncEnumerable`1"));

    private static ArgumentSyntax? ArgumentOf(ExpressionSyntax function) => Wrappings.Converted(function).Parent as ArgumentSyntax;

    /// <summary>Whether the node stands in the collection of a <c>join … in</c>, which is evaluated once.</summary>
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
