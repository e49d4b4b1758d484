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
    private readonly ImmutableArray<Step> _steps;

    private AppendChain(SyntaxNode origin, ImmutableArray<Step> steps)
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

    private static ImmutableArray<Step>? StepsOf(ExpressionSyntax right, ImmutableArray<ExpressionSyntax> parts, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        if (parts.Length > 1 && (!Parts.CanBeAddedOneByOne(parts, keepsHalf, model, cancel) || HasComments(right)))
            parts = ImmutableArray.Create(right);

        return All(parts, keepsHalf, model, cancel);
    }

    private static ImmutableArray<Step>? StepsOf(ExpressionSyntax right, ImmutableArray<ExpressionSyntax> parts, ExpressionSyntax self, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        if (HasComments(right) || Append.Unwrap(self) is BinaryExpressionSyntax)
            return null;

        if (right is InterpolatedStringExpressionSyntax interpolated)
            return Rest(interpolated, self, keepsHalf, model, cancel) is { } step ? ImmutableArray.Create(step) : null;

        var index = parts.IndexOf(self);
        var after = parts.RemoveRange(0, index + 1);
        if (index < 0 || (index > 0 && after.Length > 0 && keepsHalf))
            return null;

        if (!Parts.CanBeAddedOneByOne(after, keepsHalf, model, cancel))
            return index == 0 && Parts.AreJoinedAsText(after, model, cancel) && right is BinaryExpressionSyntax ? ImmutableArray.Create(new Step(after[0], false) { More = after.RemoveAt(0) }) : null;

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

        return Parts.Of(before, keepsHalf, model, cancel) is { } first ? steps.Insert(0, first with { IsInsert = true }) : null;
    }

    private static ImmutableArray<Step>? All(ImmutableArray<ExpressionSyntax> parts, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (var part in parts)
        {
            if (Parts.Of(part, keepsHalf, model, cancel) is not { } step)
                return null;

            steps.Add(step);
        }

        return steps.ToImmutable();
    }

    /// <summary>The interpolated string without the old text at its start or end.</summary>
    private static Step? Rest(InterpolatedStringExpressionSyntax interpolated, ExpressionSyntax self, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        var contents = interpolated.Contents;
        var isFirst = contents[0] is InterpolationSyntax first && first.Expression == self;
        var isLast = contents[contents.Count - 1] is InterpolationSyntax last && last.Expression == self;
        if (contents.Count == 1 || (!isFirst && !isLast) || (keepsHalf && Parts.CanThrow(interpolated, model, cancel)))
            return null;

        var rest = contents.Count == 2 ? contents[isFirst ? 1 : 0] : null;
        if (rest is InterpolationSyntax { AlignmentClause: null, FormatClause: null } only && Parts.FormatsAsItself(model.GetTypeInfo(only.Expression, cancel).Type))
            return Parts.Of(only.Expression, keepsHalf, model, cancel) is { } step ? step with { IsInsert = !isFirst } : null;

        if (rest is InterpolatedStringTextSyntax text && interpolated.StringStartToken.Text is "$\"" or "$@\"" or "@$\""
            && !text.TextToken.Text.Contains("{{") && !text.TextToken.Text.Contains("}}"))
        {
            var literal = SyntaxFactory.ParseExpression($"{interpolated.StringStartToken.Text.Replace("$", "")}{text.TextToken.Text}\"");
            return new Step(null, !isFirst) { Literal = literal };
        }

        return new Step(interpolated, !isFirst) { Hole = isFirst ? 0 : contents.Count - 1 };
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

    /// <param name="Operand">What is added, a node of the original tree.</param>
    /// <param name="IsInsert">Whether it goes to the front.</param>
    internal sealed record Step(ExpressionSyntax? Operand, bool IsInsert)
    {
        /// <summary>Or the text that is added.</summary>
        public ExpressionSyntax? Literal { get; init; }

        /// <summary>The part of an interpolated string that is the old text and is left out.</summary>
        public int? Hole { get; init; }

        /// <summary>What is joined to the operand before it is added.</summary>
        public ImmutableArray<ExpressionSyntax> More { get; init; } = ImmutableArray<ExpressionSyntax>.Empty;

        /// <summary>The type it must be cast to, so that it is added as the concatenation does.</summary>
        public string? Cast { get; init; }

        /// <summary>Whether it is the text of another builder.</summary>
        public bool IsBuilder { get; init; }
    }

    /// <summary>What may be handed to a builder, and how.</summary>
    internal static class Parts
    {
        public static Step? Of(ExpressionSyntax part, bool keepsHalf, SemanticModel model, CancellationToken cancel)
        {
            var info = model.GetTypeInfo(part, cancel);
            if (keepsHalf && Append.Unwrap(part) is InterpolatedStringExpressionSyntax && CanThrow(part, model, cancel))
                return null;

            switch (info.Type)
            {
                case null or IErrorTypeSymbol or IDynamicTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol:
                    return null;
                case { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String }:
                    return new Step(part, false) { IsBuilder = BuilderReads.IsBuilderText(part, model, cancel) };
                case { IsRefLikeType: true } type:
                    return type is INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments.Length: 1 } span && span.TypeArguments[0].SpecialType == SpecialType.System_Char ? new Step(part, false) : null;
                case IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char }:
                    return new Step(part, false) { Cast = "object" };
                case var _ when info.ConvertedType?.SpecialType == SpecialType.System_String:
                    return new Step(part, false) { Cast = "string" };
                case var type when ConvertsImplicitly(type):
                    return new Step(part, false) { Cast = "object" };
                default:
                    return new Step(part, false);
            }
        }

        /// <summary>Whether adding the parts one after another is the same as joining them first.</summary>
        public static bool CanBeAddedOneByOne(ImmutableArray<ExpressionSyntax> parts, bool keepsHalf, SemanticModel model, CancellationToken cancel)
        {
            for (var index = 1; index < parts.Length; index++)
            {
                if (keepsHalf && CanThrow(parts[index], model, cancel))
                    return false;

                // A later part may change the object before its text is taken.
                if (parts[index].DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax)
                    && parts.Take(index).Any(earlier => model.GetTypeInfo(earlier, cancel).Type is { IsReferenceType: true } type and not { SpecialType: SpecialType.System_String } && type.Name != "StringBuilder"))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether <c>a + b + …</c> without a text in front is still a concatenation.</summary>
        public static bool AreJoinedAsText(ImmutableArray<ExpressionSyntax> parts, SemanticModel model, CancellationToken cancel) =>
            parts.Take(2).Any(part => model.GetTypeInfo(part, cancel).Type?.SpecialType == SpecialType.System_String);

        public static bool CanThrow(ExpressionSyntax part, SemanticModel model, CancellationToken cancel)
        {
            part = Append.Unwrap(part);
            if (part is InterpolatedStringExpressionSyntax interpolated)
                return interpolated.Contents.Any(content => content is InterpolationSyntax hole && CanThrow(hole.Expression, model, cancel));

            return !model.GetConstantValue(part, cancel).HasValue
                && !(FormatsAsItself(model.GetTypeInfo(part, cancel).Type) && model.GetSymbolInfo(part, cancel).Symbol is ILocalSymbol or IParameterSymbol);
        }

        /// <summary>Whether formatting a value of the type gives its <c>ToString()</c>.</summary>
        public static bool FormatsAsItself(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;

        /// <summary>Whether the type has implicit conversions of its own, which could choose another overload.</summary>
        private static bool ConvertsImplicitly(ITypeSymbol type)
        {
            for (var current = type; current is not null; current = current.BaseType)
            {
                foreach (var member in current.GetMembers(WellKnownMemberNames.ImplicitConversionName))
                {
                    if (member is IMethodSymbol { Parameters.Length: 1 } conversion && SymbolEqualityComparer.Default.Equals(conversion.Parameters[0].Type.OriginalDefinition, current.OriginalDefinition))
                        return true;
                }
            }

            return false;
        }
    }
}
