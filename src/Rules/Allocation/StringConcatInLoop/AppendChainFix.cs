using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>The calls of a builder that add what an append adds: <c>.Append(a).Append(b)</c>, <c>.Insert(0, a)</c>.</summary>
internal sealed class AppendChain
{
    private readonly SyntaxNode _origin;
    private readonly ImmutableArray<AppendStep> _steps;

    private AppendChain(SyntaxNode origin, ImmutableArray<AppendStep> steps)
    {
        _origin = origin;
        _steps = steps;
    }

    /// <param name="append">The append.</param>
    /// <param name="keepsHalf">Whether the code goes on with the text after an exception: then no part may be added before all are evaluated.</param>
    /// <param name="model">The model of its document.</param>
    /// <param name="cancel">Cancels.</param>
    public static AppendChain? Of(Append append, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        var steps = append.Self is null
            ? StepsOf(append.Assignment.Right, append.Parts, keepsHalf, model, cancel)
            : StepsOf(Append.Unwrap(append.Assignment.Right), append.Parts, append.Self, keepsHalf, model, cancel);
        return steps is { } found ? new AppendChain(append.Assignment, found) : null;
    }

    /// <summary>The chain for the body of a lambda that joins a text and an item.</summary>
    public static AppendChain? Of(ExpressionSyntax sum, ExpressionSyntax self, SemanticModel model, CancellationToken cancel)
    {
        var parts = sum is BinaryExpressionSyntax ? Append.PartsOf(sum, model, cancel) : ImmutableArray<ExpressionSyntax>.Empty;
        return StepsOf(sum, parts, self, false, model, cancel) is { } steps ? new AppendChain(sum, steps) : null;
    }

    /// <summary>What is added, where it is one thing added at the end as it is.</summary>
    public ExpressionSyntax? OnlyPart => _steps.Length == 1 && _steps[0] is { IsInsert: false, Operand: { } part, Hole: null, Cast: null } ? part : null;

    /// <summary>Writes the calls. <paramref name="current"/> is the append as other edits have left it.</summary>
    public ExpressionSyntax Write(SyntaxNode current, string builder)
    {
        ExpressionSyntax chain = SyntaxFactory.IdentifierName(builder);
        SyntaxNode? previous = null;
        foreach (var step in _steps)
        {
            var argument = step.Literal ?? (ExpressionSyntax)OriginalPath.Follow(step.Operand!, _origin, current);
            argument = step.More.IsEmpty ? Bare(argument) : argument.WithoutTrivia();
            if (step.Hole is { } hole && argument is InterpolatedStringExpressionSyntax whole)
                argument = whole.WithContents(whole.Contents.RemoveAt(hole));

            if (!step.IsInsert && step.More.IsEmpty)
                argument = BuilderReads.WithoutToString(argument, step.IsBuilder);

            foreach (var more in step.More)
                argument = Join(argument, ((ExpressionSyntax)OriginalPath.Follow(more, _origin, current)).WithoutTrivia());

            if (step.Cast is { } cast)
            {
                ExpressionSyntax operand = argument is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
                    ? argument : SyntaxFactory.ParenthesizedExpression(argument);
                argument = SyntaxFactory.CastExpression(SyntaxFactory.ParseTypeName(cast), operand);
            }

            var arguments = SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(argument));
            if (step.IsInsert)
            {
                arguments = arguments.Insert(0, SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))));
                arguments = SyntaxFactory.SeparatedList(arguments, [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]);
            }

            var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
            if (previous is not null && LinesBetween(previous, step.Operand) is { } indentation)
                dot = dot.WithLeadingTrivia(SyntaxFactory.LineFeed, SyntaxFactory.Whitespace(indentation));

            chain = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, chain, dot, SyntaxFactory.IdentifierName(step.IsInsert ? "Insert" : "Append")),
                SyntaxFactory.ArgumentList(arguments));
            previous = step.Operand;
        }

        return chain.WithTriviaFrom(current);
    }

    private static ImmutableArray<AppendStep>? StepsOf(ExpressionSyntax right, ImmutableArray<ExpressionSyntax> parts, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        if (parts.Length > 1 && (!AppendStep.CanBeAddedOneByOne(parts, keepsHalf, model, cancel) || HasComments(right)))
            parts = ImmutableArray.Create(right);

        return All(parts, keepsHalf, model, cancel);
    }

    private static ImmutableArray<AppendStep>? StepsOf(ExpressionSyntax right, ImmutableArray<ExpressionSyntax> parts, ExpressionSyntax self, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        if (HasComments(right) || Append.Unwrap(self) is BinaryExpressionSyntax)
            return null;

        if (right is InterpolatedStringExpressionSyntax interpolated)
            return Rest(interpolated, self, keepsHalf, model, cancel) is { } step ? ImmutableArray.Create(step) : null;

        var index = parts.IndexOf(self);
        var after = parts.RemoveRange(0, index + 1);
        if (index < 0 || (index > 0 && after.Length > 0 && keepsHalf))
            return null;

        if (!AppendStep.CanBeAddedOneByOne(after, keepsHalf, model, cancel))
            return index == 0 && AppendStep.AreJoinedAsText(after, model, cancel) && right is BinaryExpressionSyntax ? ImmutableArray.Create(new AppendStep(after[0], false) { More = after.RemoveAt(0) }) : null;

        var before = index switch
        {
            0 => null,
            1 => parts[0],
            _ when right is BinaryExpressionSyntax sum && sum.Right == self => sum.Left,
            _ => (ExpressionSyntax?)self,
        };
        if (before == self || (after.Length == 0 && before is null) || All(after, keepsHalf, model, cancel) is not { } steps)
            return null;

        if (before is null)
            return steps;

        return AppendStep.Of(before, keepsHalf, model, cancel) is { } first ? steps.Insert(0, first with { IsInsert = true }) : null;
    }

    private static ImmutableArray<AppendStep>? All(ImmutableArray<ExpressionSyntax> parts, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        var steps = ImmutableArray.CreateBuilder<AppendStep>();
        foreach (var part in parts)
        {
            if (AppendStep.Of(part, keepsHalf, model, cancel) is not { } step)
                return null;

            steps.Add(step);
        }

        return steps.ToImmutable();
    }

    /// <summary>The interpolated string without the old text at its start or end.</summary>
    private static AppendStep? Rest(InterpolatedStringExpressionSyntax interpolated, ExpressionSyntax self, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        var contents = interpolated.Contents;
        var isFirst = contents[0] is InterpolationSyntax first && first.Expression == self;
        var isLast = contents[contents.Count - 1] is InterpolationSyntax last && last.Expression == self;
        if (contents.Count == 1 || (!isFirst && !isLast) || (keepsHalf && AppendStep.CanThrow(interpolated, model, cancel)))
            return null;

        var rest = contents.Count == 2 ? contents[isFirst ? 1 : 0] : null;
        if (rest is InterpolationSyntax { AlignmentClause: null, FormatClause: null } only && AppendStep.FormatsAsItself(model.GetTypeInfo(only.Expression, cancel).Type))
            return AppendStep.Of(only.Expression, keepsHalf, model, cancel) is { } step ? step with { IsInsert = !isFirst } : null;

        if (rest is InterpolatedStringTextSyntax text && interpolated.StringStartToken.Text is "$\"" or "$@\"" or "@$\""
            && !text.TextToken.Text.Contains("{{") && !text.TextToken.Text.Contains("}}"))
        {
            var literal = SyntaxFactory.ParseExpression($"{interpolated.StringStartToken.Text.Replace("$", "")}{text.TextToken.Text}\"");
            return new AppendStep(null, !isFirst) { Literal = literal };
        }

        return new AppendStep(interpolated, !isFirst) { Hole = isFirst ? 0 : contents.Count - 1 };
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;

        return expression.WithoutTrivia();
    }

    private static ExpressionSyntax Join(ExpressionSyntax left, ExpressionSyntax right) => SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, left,
        SyntaxFactory.Token(SyntaxKind.PlusToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space), right);

    private static bool HasComments(SyntaxNode node) => node.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)
        && node.Span.Contains(trivia.Span));

    /// <summary>The indentation of a new line, where there is a line break between two parts.</summary>
    private static string? LinesBetween(SyntaxNode left, SyntaxNode? right)
    {
        if (right is null)
            return null;

        var lines = left.SyntaxTree.GetText().Lines;
        if (lines.IndexOf(left.Span.End) == lines.IndexOf(right.SpanStart))
            return null;

        var statement = left.FirstAncestorOrSelf<StatementSyntax>() ?? left;
        var line = lines[lines.IndexOf(statement.SpanStart)].ToString();
        var indentation = line.Substring(0, line.Length - line.TrimStart().Length);
        return indentation + (indentation.StartsWith("\t", System.StringComparison.Ordinal) ? "\t" : "    ");
    }
}
