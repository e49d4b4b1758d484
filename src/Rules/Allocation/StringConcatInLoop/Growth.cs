using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Whether a string grows from iteration to iteration without anybody needing the strings in between.</summary>
internal sealed class Growth(Accumulator text, LoopFinder loops, Site site, RecentFlow flows)
{
    /// <summary>A text that a loop keeps shorter than this costs no more than a builder.</summary>
    private const int ShortText = 64;

    public bool IsUnbounded(Append append)
    {
        var assignment = append.Assignment;
        return IsOnlyAnEffect(assignment) && !NeedsText(assignment, append.Target) && IsUnbounded(append.Target, assignment);
    }

    /// <param name="marker">The reference to the text, or the lambda around it, that the loop must come back to.</param>
    /// <param name="place">The code that holds it.</param>
    private bool IsUnbounded(ExpressionSyntax marker, SyntaxNode place)
    {
        // Inside the function first; a lambda that an operator runs per element is one more loop around it.
        var around = new List<StatementSyntax>();
        var few = new List<StatementSyntax>();
        var loop = loops.Enclosing(place);
        for (; loop is { IsStatement: true } && FunctionOf(loop.Syntax) == FunctionOf(place); loop = loops.Enclosing(loop.Syntax))
        {
            around.Add((StatementSyntax)loop.Syntax);
            if (!IsReal(loop))
                few.Add((StatementSyntax)loop.Syntax);
        }

        if ((loop is null && few.Count == around.Count) || flows.Of(place, site.Model, site.Cancel) is not { } graph)
            return false;

        var search = new FlowSearch(graph, Stops(FunctionOf(place)), new FewRounds(around, few));
        if (few.Count < around.Count && search.Leads(marker, marker))
            return true;

        // What is left is a loop around the function: the lambda is its body, or is started in it.
        return loop is not null && FunctionOf(place) is AnonymousFunctionExpressionSyntax lambda
            && search.LeadsToExit(marker) && search.LeadsFromEntry(marker)
            && ((loop.Syntax == lambda && IsReal(loop)) || IsUnbounded(lambda, lambda));
    }

    private bool IsReal(Loop loop) => !text.IsFreshIn(loop.Syntax)
        && !SmallLoops.Is(loop, site.Read(CommonOptions.SmallLoop), site.Model, site.Types, site.Cancel)
        && !KeepsTextShort(loop.Syntax) && !ClimbsOut(loop.Syntax);

    /// <summary>The places after which the text starts anew, or is needed as it is: between two of them nothing accumulates.</summary>
    private HashSet<SyntaxNode> Stops(SyntaxNode? function)
    {
        var stops = new HashSet<SyntaxNode>();
        var scope = function ?? site.Node.SyntaxTree.GetRoot(site.Cancel);
        foreach (var declaration in text.Symbol.DeclaringSyntaxReferences)
        {
            if (text.Symbol is ILocalSymbol && declaration.SyntaxTree == scope.SyntaxTree && scope.Span.Contains(declaration.Span))
                stops.Add(declaration.GetSyntax(site.Cancel));
        }

        foreach (var reference in text.ReferencesIn(scope))
        {
            if (TextUses.Of(reference, site.Model, site.Cancel) is not (TextUse.Write or TextUse.Read))
                continue;

            stops.Add(reference);
            for (SyntaxNode? inner = FunctionOf(reference); inner is AnonymousFunctionExpressionSyntax && inner != function; inner = FunctionOf(inner))
                stops.Add(inner);
        }

        return stops;
    }

    /// <summary>Whether the appended text is made from the text itself: then each value is used.</summary>
    private bool NeedsText(AssignmentExpressionSyntax assignment, ExpressionSyntax target)
    {
        foreach (var reference in text.ReferencesIn(assignment))
        {
            if (reference != target && TextUses.Of(reference, site.Model, site.Cancel) is TextUse.Read or TextUse.Write)
                return true;
        }

        return false;
    }

    /// <summary>Whether nothing takes the value of the assignment.</summary>
    private bool IsOnlyAnEffect(AssignmentExpressionSyntax assignment) => assignment.Parent switch
    {
        ExpressionStatementSyntax => true,
        ForStatementSyntax counted => counted.Incrementors.Contains(assignment),
        LambdaExpressionSyntax lambda => site.Model.GetSymbolInfo(lambda, site.Cancel).Symbol is IMethodSymbol { ReturnsVoid: true },
        ParenthesizedExpressionSyntax => false,
        _ => false,
    };

    /// <summary><c>while (s.Length &lt; 10)</c> and <c>while (s.Length % 4 != 0)</c>: padding, that cannot run long.</summary>
    private bool KeepsTextShort(SyntaxNode loop)
    {
        var condition = loop switch
        {
            WhileStatementSyntax { Condition: var test } => test,
            DoStatementSyntax { Condition: var test } => test,
            ForStatementSyntax { Condition: { } test } => test,
            _ => null,
        };
        if (condition is not BinaryExpressionSyntax comparison)
            return false;

        var (left, right) = (Append.Unwrap(comparison.Left), Append.Unwrap(comparison.Right));
        if (left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.ModuloExpression } modulo)
            return IsLength(modulo.Left) && IsShort(modulo.Right);

        return comparison.Kind() switch
        {
            SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.NotEqualsExpression => IsLength(left) && IsShort(right),
            SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression => IsShort(left) && IsLength(right),
            _ => false,
        };
    }

    private bool IsLength(ExpressionSyntax expression)
    {
        if (Append.Unwrap(expression) is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } member)
            return false;

        foreach (var reference in text.ReferencesIn(member))
        {
            if (reference == member.Expression)
                return true;
        }

        return false;
    }

    private bool IsShort(ExpressionSyntax expression) => site.Model.GetConstantValue(expression, site.Cancel).Value is int and <= ShortText;

    /// <summary><c>while (e != null) { s += e.Message; e = e.InnerException; }</c>: exceptions, categories and types nest a few levels deep.</summary>
    private static bool ClimbsOut(SyntaxNode loop)
    {
        if (loop is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax))
            return false;

        foreach (var node in loop.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax } assignment
                && Append.Unwrap(assignment.Right) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "InnerException" or "Parent" or "BaseType" or "DeclaringType" } outer
                && Append.AreAlike(outer.Expression, assignment.Left))
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxNode? FunctionOf(SyntaxNode node) => Functions.Enclosing(node);
}
