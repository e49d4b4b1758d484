using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>Loops that try one candidate after another until one is free: they run once per collision, not once per element.</summary>
internal static class ProbingLoops
{
    public static bool IsOne(Loop loop, MembershipTest test, SemanticModel model, CancellationToken cancel)
    {
        var condition = loop.Syntax switch
        {
            WhileStatementSyntax statement => statement.Condition,
            DoStatementSyntax statement => statement.Condition,
            ForStatementSyntax { Condition: null } => null,
            _ => (SyntaxNode)loop.Syntax,
        };
        if (condition == loop.Syntax)
            return false;

        // while (names.Contains(name)) name = …
        if (condition?.Span.Contains(test.Name.Span) == true)
            return true;

        // while (true) { …; if (!names.Contains(name)) return name; … }
        if (condition is null or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }
            && test.Whole.FirstAncestorOrSelf<IfStatementSyntax>() is { } branch && branch.Condition.Span.Contains(test.Name.Span) && LoopExits.Leaves(branch.Statement, loop))
        {
            return true;
        }

        return test.Item is { } item && IsSetInBody(item, loop, model, cancel);
    }

    /// <summary>The candidate lives across iterations, and the body makes the next one of it.</summary>
    private static bool IsSetInBody(ExpressionSyntax item, Loop loop, SemanticModel model, CancellationToken cancel)
    {
        if (item is not IdentifierNameSyntax name || loop.Body is not { } body || model.GetSymbolInfo(name, cancel).Symbol is not { } candidate || candidate is not (ILocalSymbol or IParameterSymbol))
            return false;

        foreach (var reference in candidate.DeclaringSyntaxReferences)
        {
            if (body.Span.Contains(reference.Span))
                return false;
        }

        foreach (var node in body.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } && left.Identifier.ValueText == name.Identifier.ValueText
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(left, cancel).Symbol, candidate))
            {
                return true;
            }
        }

        return false;
    }
}
