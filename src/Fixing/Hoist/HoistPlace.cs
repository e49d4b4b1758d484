using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Fixing.Hoist;

/// <summary>Where a new local can stand that is computed once, before a loop runs.</summary>
/// <param name="Anchor">The statement before which it goes, or the arrow clause or expression lambda that has to become a block first.</param>
/// <param name="Code">The code that has the loop, right after the new local.</param>
/// <param name="Later">Statements after it in which a query that is kept in a variable may still run.</param>
internal sealed record HoistPlace(SyntaxNode Anchor, SyntaxNode Code, ImmutableArray<StatementSyntax> Later)
{
    /// <summary>All code that runs after the local was computed and before the loop has ended: in it nothing may change what the local depends on.</summary>
    public IEnumerable<SyntaxNode> Region => new[] { Code }.Concat(Later);

    /// <summary>
    /// The place right before <paramref name="loop"/>: before a loop statement, or before the statement that runs a query. Null
    /// in initialisers of members, in <c>else if</c>, behind labels and where a switch or filter decides.
    /// </summary>
    public static HoistPlace? Before(Loop loop, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (loop.Syntax is StatementSyntax statement)
            return IsPlace(statement) ? new HoistPlace(statement, statement, NoStatements) : null;

        var runs = RunningExpression(loop.Syntax);
        for (SyntaxNode child = runs, parent = runs.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case ArrowExpressionClauseSyntax arrow:
                    return CanBecomeBlock(arrow) ? new HoistPlace(arrow, arrow.Expression, NoStatements) : null;
                case LambdaExpressionSyntax lambda when child == lambda.Body:
                    return HasComment(lambda.ArrowToken, child) ? null : new HoistPlace(lambda, child, NoStatements);
                case StatementSyntax holder:
                    return IsPlace(holder) ? Of(holder, child, model, types, cancel) : null;
                case CatchFilterClauseSyntax or ConstructorInitializerSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or ParameterSyntax or EnumMemberDeclarationSyntax } or AttributeSyntax:
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>What a reader sees as running the function: the call it is given to, or the query.</summary>
    private static ExpressionSyntax RunningExpression(SyntaxNode function) =>
        Wrappings.Converted(function).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? call : (ExpressionSyntax)function;

    /// <summary>
    /// A query that the statement's head runs is done before its body starts; one that <c>foreach</c> walks is not, and one that
    /// is kept in a variable runs wherever that is walked.
    /// </summary>
    private static HoistPlace Of(StatementSyntax holder, SyntaxNode head, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        return holder switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is { } kept && IsDeferred(kept.Value) => new HoistPlace(holder, holder, After(holder)),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when IsDeferred(assignment.Right) => new HoistPlace(holder, holder, After(holder)),
            CommonForEachStatementSyntax each when !IsDeferred(each.Expression) => new HoistPlace(holder, head, NoStatements),
            IfStatementSyntax or UsingStatementSyntax or LockStatementSyntax or SwitchStatementSyntax => new HoistPlace(holder, head, NoStatements),
            _ => new HoistPlace(holder, holder, NoStatements),
        };

        bool IsDeferred(ExpressionSyntax value) => DeferredQueries.IsDeferred(model.GetTypeInfo(value, cancel).Type, types);
    }

    private static ImmutableArray<StatementSyntax> NoStatements => ImmutableArray<StatementSyntax>.Empty;

    private static ImmutableArray<StatementSyntax> After(StatementSyntax statement) =>
        statement.Parent is BlockSyntax block ? block.Statements.Skip(block.Statements.IndexOf(statement) + 1).ToImmutableArray() : NoStatements;

    private static bool IsPlace(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax => true,
        ElseClauseSyntax => statement is not IfStatementSyntax,
        IfStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or UsingStatementSyntax or LockStatementSyntax => true,
        _ => false,
    };

    private static bool CanBecomeBlock(ArrowExpressionClauseSyntax arrow) =>
        arrow.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or AccessorDeclarationSyntax
        && !HasComment(arrow.ArrowToken, arrow.Expression);

    /// <summary>A comment between the arrow and the expression would have no place in a block.</summary>
    private static bool HasComment(SyntaxToken arrow, SyntaxNode expression)
    {
        foreach (var trivia in arrow.LeadingTrivia.AddRange(arrow.TrailingTrivia).AddRange(expression.GetLeadingTrivia()).AddRange(expression.GetTrailingTrivia()))
        {
            if (trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia))
                return true;
        }

        return false;
    }
}
