using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Loops that provably have few iterations.</summary>
internal static class SmallLoops
{
    /// <summary>Whether the loop provably runs at most <paramref name="most"/> times.</summary>
    public static bool Is(Loop loop, int most, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        Runs(loop, model, types, cancel) is { } runs && runs <= most;

    private static long? Runs(Loop loop, SemanticModel model, KnownTypes types, CancellationToken cancel) => loop switch
    {
        { Syntax: ForStatementSyntax counted } => Runs(counted, model, types, cancel),
        { Source: { } source } => CollectionSizes.AtMost(source, model, types, cancel),
        { Syntax: ExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } } => RunsOfParallelFor(call, model, types, cancel),
        _ => null,
    };

    private static long? RunsOfParallelFor(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        call.ArgumentList.Arguments is { Count: >= 3 } arguments
        && Number(arguments[0].Expression, model, types, cancel) is { } from && Number(arguments[1].Expression, model, types, cancel) is { } to ? to - from : null;

    private static long? Runs(ForStatementSyntax loop, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (loop is not { Declaration.Variables: { Count: 1 } variables, Condition: BinaryExpressionSyntax condition, Incrementors.Count: 1 }
            || variables[0].Initializer is not { } start || !IsNamed(condition.Left, variables[0]) || Step(loop.Incrementors[0], variables[0], model, types, cancel) is not { } step
            || Number(start.Value, model, types, cancel) is not { } from || Number(condition.Right, model, types, cancel) is not { } to
            || Changes(loop.Statement, variables[0]))
        {
            return null;
        }

        return condition.Kind() switch
        {
            SyntaxKind.LessThanExpression when step > 0 => Divide(to - from, step),
            SyntaxKind.LessThanOrEqualExpression when step > 0 => Divide(to - from + 1, step),
            SyntaxKind.GreaterThanExpression when step < 0 => Divide(from - to, -step),
            SyntaxKind.GreaterThanOrEqualExpression when step < 0 => Divide(from - to + 1, -step),
            SyntaxKind.NotEqualsExpression when step is 1 && to >= from => to - from,
            SyntaxKind.NotEqualsExpression when step is -1 && from >= to => from - to,
            _ => null,
        };
    }

    private static long Divide(long distance, long step) => (distance + step - 1) / step;

    private static long? Step(ExpressionSyntax incrementor, VariableDeclaratorSyntax counter, SemanticModel model, KnownTypes types, CancellationToken cancel) => incrementor switch
    {
        PostfixUnaryExpressionSyntax unary when IsNamed(unary.Operand, counter) => unary.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : -1,
        PrefixUnaryExpressionSyntax unary when IsNamed(unary.Operand, counter) => unary.IsKind(SyntaxKind.PreIncrementExpression) ? 1 : -1,
        AssignmentExpressionSyntax assignment when IsNamed(assignment.Left, counter) && Number(assignment.Right, model, types, cancel) is { } number && number > 0 => assignment.Kind() switch
        {
            SyntaxKind.AddAssignmentExpression => number,
            SyntaxKind.SubtractAssignmentExpression => -number,
            _ => null,
        },
        _ => null,
    };

    /// <summary>A constant, or the length of a collection of known size, possibly less a constant.</summary>
    private static long? Number(ExpressionSyntax expression, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        switch (model.GetConstantValue(expression, cancel).Value)
        {
            case int number:
                return number;
            case long number:
                return number;
            case uint number:
                return number;
            case byte number:
                return number;
            case short number:
                return number;
        }

        return expression switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } size => CollectionSizes.AtMost(size.Expression, model, types, cancel),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } less
                when Number(less.Left, model, types, cancel) is { } left && Number(less.Right, model, types, cancel) is { } right => left - right,
            _ => null,
        };
    }

    /// <summary>Whether the body sets the counter, so that the header says nothing.</summary>
    private static bool Changes(StatementSyntax body, VariableDeclaratorSyntax counter)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || !IsNamed(name, counter))
                continue;

            switch (name.Parent)
            {
                case AssignmentExpressionSyntax assignment when assignment.Left == name:
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }:
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression }:
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } }:
                case RefExpressionSyntax:
                    return true;
            }
        }

        return false;
    }

    private static bool IsNamed(ExpressionSyntax expression, VariableDeclaratorSyntax variable) =>
        expression is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText;
}
