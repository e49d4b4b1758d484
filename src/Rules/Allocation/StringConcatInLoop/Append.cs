using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>
/// An assignment that gives a string its own old value with more text: <c>s += x</c>, <c>s = s + x</c>,
/// <c>s = x + s</c>, <c>s = $"{s}x"</c>, <c>s = string.Concat(s, x)</c>.
/// </summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="Self">Where the right side reads the old value; null for <c>+=</c>.</param>
/// <param name="Parts">What is joined, in order, <paramref name="Self"/> among it; the whole right side of <c>+=</c>. Empty for an interpolated string.</param>
internal sealed record Append(AssignmentExpressionSyntax Assignment, ExpressionSyntax? Self, ImmutableArray<ExpressionSyntax> Parts)
{
    public ExpressionSyntax Target => Assignment.Left;

    /// <summary>Whether the assignment can be one by its shape; asked before anything is bound.</summary>
    public static bool MayBe(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Parent is InitializerExpressionSyntax || assignment.Left is not (IdentifierNameSyntax or MemberAccessExpressionSyntax))
            return false;

        return assignment.IsKind(SyntaxKind.AddAssignmentExpression)
            || Unwrap(assignment.Right) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or InterpolatedStringExpressionSyntax
                or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Concat" } or IdentifierNameSyntax { Identifier.ValueText: "Concat" } };
    }

    /// <summary>The append that an assignment makes to a string, or null.</summary>
    public static Append? Of(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancel)
    {
        if (!MayBe(assignment))
            return null;

        if (assignment.IsKind(SyntaxKind.AddAssignmentExpression))
        {
            return IsString(assignment.Left, model, cancel) && IsConcatenation(assignment, model, cancel)
                ? new Append(assignment, null, PartsOf(assignment.Right, model, cancel)) : null;
        }

        var right = Unwrap(assignment.Right);
        switch (right)
        {
            case BinaryExpressionSyntax sum when SelfIn(Operands(sum), assignment.Left) is not null && IsString(assignment.Left, model, cancel):
                var parts = PartsOf(sum, model, cancel);
                return SelfIn(parts, assignment.Left) is { } self ? new Append(assignment, self, parts) : null;
            case InterpolatedStringExpressionSyntax interpolated when SelfIn(interpolated, assignment.Left) is { } hole && IsString(assignment.Left, model, cancel):
                return new Append(assignment, hole, ImmutableArray<ExpressionSyntax>.Empty);
            case InvocationExpressionSyntax call when SelfIn(Arguments(call), assignment.Left) is { } argument && IsString(assignment.Left, model, cancel)
                && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { Name: "Concat", ContainingType.SpecialType: SpecialType.System_String, IsGenericMethod: false }:
                return new Append(assignment, argument, Arguments(call));
            default:
                return null;
        }
    }

    /// <summary>What a string concatenation joins: nested concatenations are taken apart, an addition of numbers is one part.</summary>
    public static ImmutableArray<ExpressionSyntax> PartsOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel)
    {
        var parts = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        AddParts(expression);
        return parts.ToImmutable();

        void AddParts(ExpressionSyntax part)
        {
            if (Unwrap(part) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && IsConcatenation(sum, model, cancel)
                && (!model.GetConstantValue(sum, cancel).HasValue || (sum != Unwrap(expression) && SpansLines(sum))))
            {
                AddParts(sum.Left);
                AddParts(sum.Right);
            }
            else
            {
                parts.Add(part);
            }
        }
    }

    /// <summary>The expression without parentheses and null-forgiving marks.</summary>
    public static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                default:
                    return expression;
            }
        }
    }

    /// <summary>Whether two expressions are written alike, with or without <c>this.</c></summary>
    public static bool AreAlike(ExpressionSyntax left, ExpressionSyntax right) => SyntaxFactory.AreEquivalent(WithoutThis(left), WithoutThis(right));

    private static ExpressionSyntax WithoutThis(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member ? member.Name : expression;

    private static bool SpansLines(SyntaxNode node)
    {
        var lines = node.SyntaxTree.GetLineSpan(node.Span);
        return lines.StartLinePosition.Line != lines.EndLinePosition.Line;
    }

    private static bool IsString(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) =>
        model.GetTypeInfo(expression, cancel).Type?.SpecialType == SpecialType.System_String;

    private static bool IsConcatenation(ExpressionSyntax sum, SemanticModel model, CancellationToken cancel) =>
        model.GetSymbolInfo(sum, cancel).Symbol is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator, ReturnType.SpecialType: SpecialType.System_String };

    /// <summary>The operands of a chain of <c>+</c> as written, before it is known which of them are additions of numbers.</summary>
    private static ImmutableArray<ExpressionSyntax> Operands(BinaryExpressionSyntax sum)
    {
        var operands = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        Add(sum);
        return operands.ToImmutable();

        void Add(ExpressionSyntax operand)
        {
            if (Unwrap(operand) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } inner)
            {
                Add(inner.Left);
                Add(inner.Right);
            }
            else
            {
                operands.Add(operand);
            }
        }
    }

    private static ImmutableArray<ExpressionSyntax> Arguments(InvocationExpressionSyntax call)
    {
        var arguments = ImmutableArray.CreateBuilder<ExpressionSyntax>(call.ArgumentList.Arguments.Count);
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.NameColon is not null)
                return ImmutableArray<ExpressionSyntax>.Empty;

            arguments.Add(argument.Expression);
        }

        return arguments.ToImmutable();
    }

    /// <summary>The part that is the target itself or <c>(target ?? x)</c>.</summary>
    private static ExpressionSyntax? SelfIn(ImmutableArray<ExpressionSyntax> parts, ExpressionSyntax target)
    {
        foreach (var part in parts)
        {
            var inner = Unwrap(part);
            if (AreAlike(inner, target) || (inner is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && AreAlike(Unwrap(coalesce.Left), target)))
                return part;
        }

        return null;
    }

    private static ExpressionSyntax? SelfIn(InterpolatedStringExpressionSyntax interpolated, ExpressionSyntax target)
    {
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole && AreAlike(Unwrap(hole.Expression), target))
                return hole.Expression;
        }

        return null;
    }
}
