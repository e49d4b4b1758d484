using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Code that runs once per iteration: a loop statement's body, or a lambda, method group or query clause run once per element.</summary>
/// <param name="Syntax">The loop statement, the lambda or method group that an operator calls, or the query expression.</param>
/// <param name="Source">What is iterated over, where the loop has one: a <c>foreach</c>'s collection or an operator's receiver.</param>
internal sealed record Loop(SyntaxNode Syntax, ExpressionSyntax? Source)
{
    /// <summary>Whether it is a statement; else it is the function given to an operator, or a query.</summary>
    public bool IsStatement => Syntax is StatementSyntax;

    /// <summary>What runs once per iteration and can leave it: the statement of a loop statement; null for functions and clauses.</summary>
    public StatementSyntax? Body => Syntax switch
    {
        CommonForEachStatementSyntax each => each.Statement,
        ForStatementSyntax counted => counted.Statement,
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        _ => null,
    };

    /// <summary>Whether the syntax is one of the four loop statements.</summary>
    public static bool IsLoop(SyntaxNode syntax) => syntax is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
