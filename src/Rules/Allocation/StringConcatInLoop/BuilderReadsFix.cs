using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Rewrites what is done with a text into what is done with the builder that now holds it.</summary>
internal static class BuilderReads
{
    private static readonly SyntaxAnnotation s_text = new("PERF501.Text");

    public static void Rewrite(DocumentEdits edits, UseSite use, string builder)
    {
        if (use.Use == TextUse.Append)
            edits.Replace(use.Reference.Parent!, current => use.Chain!.Write(current, builder));
        else
            Rewrite(edits, use.Reference, use.Use, builder);
    }

    public static void Rewrite(DocumentEdits edits, ExpressionSyntax reference, TextUse use, string builder)
    {
        switch (use)
        {
            case TextUse.Length:
                if (reference.ToString() != builder)
                    edits.Replace(reference, SyntaxFactory.IdentifierName(builder).WithTriviaFrom(reference));

                break;
            case TextUse.Emptiness:
                var (test, isEmpty) = TestOf(reference);
                edits.Replace(test, SyntaxFactory.ParseExpression($"{builder}.Length {(isEmpty ? "==" : ">")} 0").WithTriviaFrom(test));
                break;
            case TextUse.Read when IsAppendedToBuilder(reference, edits.Model):
                edits.Replace(reference, SyntaxFactory.IdentifierName(builder).WithTriviaFrom(reference));
                break;
            case TextUse.Read:
                Replace(edits, reference, SyntaxFactory.ParseExpression($"{builder}.ToString()").WithAdditionalAnnotations(s_text));
                break;
            case TextUse.Write:
                edits.Replace(reference.Parent!, SyntaxFactory.ParseExpression($"{builder}.Clear()").WithTriviaFrom(reference.Parent!));
                break;
        }
    }

    /// <summary>Puts a value in the place of a reference. Where the reference also gives a member its name, the name is written out.</summary>
    public static void Replace(DocumentEdits edits, ExpressionSyntax reference, ExpressionSyntax value)
    {
        switch (reference)
        {
            case { Parent: AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } member }:
                var equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space);
                edits.Replace(member, member.WithNameEquals(SyntaxFactory.NameEquals(Named(reference).WithTrailingTrivia(SyntaxFactory.Space), equals).WithLeadingTrivia(member.GetLeadingTrivia()))
                    .WithExpression(value.WithTrailingTrivia(reference.GetTrailingTrivia())));
                break;
            case { Parent: ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax } element }:
                edits.Replace(element, SyntaxFactory.Argument(SyntaxFactory.NameColon(Named(reference)).WithTrailingTrivia(SyntaxFactory.Space), default, value).WithTriviaFrom(element));
                break;
            default:
                edits.Replace(reference, value.WithTriviaFrom(reference));
                break;
        }

        static IdentifierNameSyntax Named(ExpressionSyntax reference) => SyntaxFactory.IdentifierName(Accumulator.NameOf(reference).Identifier.WithoutTrivia());
    }

    /// <summary>Whether the place of an emptiness test can take a comparison as it is.</summary>
    public static bool CanRewrite(ExpressionSyntax reference) => TestOf(reference).Test.Parent is not (ExpressionSyntax and not
        (ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression }));

    /// <summary>A builder takes another builder's text without the string between.</summary>
    public static ExpressionSyntax WithoutToString(ExpressionSyntax argument, bool isBuilderText) =>
        (isBuilderText || argument.HasAnnotation(s_text)) && argument is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString" } member }
            ? member.Expression : argument;

    public static bool IsBuilderText(ExpressionSyntax part, SemanticModel model, CancellationToken cancel) =>
        part is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToString", Expression: IdentifierNameSyntax builder } }
        && IsBuilder(model.GetTypeInfo(builder, cancel).Type);

    private static bool IsAppendedToBuilder(ExpressionSyntax reference, SemanticModel model) =>
        reference.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } call } && Calls.NameOf(call)?.Identifier.ValueText == "Append"
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { } type } && IsBuilder(type);

    private static bool IsBuilder(ITypeSymbol? type) => type is { Name: "StringBuilder", ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } };

    /// <summary>The whole emptiness test, <c>!</c> included, and whether it is true for the empty text.</summary>
    private static (ExpressionSyntax Test, bool IsEmpty) TestOf(ExpressionSyntax reference)
    {
        foreach (var ancestor in reference.Ancestors())
        {
            switch (ancestor)
            {
                case BinaryExpressionSyntax comparison:
                    return (comparison, comparison.IsKind(SyntaxKind.EqualsExpression));
                case InvocationExpressionSyntax { Parent: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negated }:
                    return (negated, false);
                case InvocationExpressionSyntax call:
                    return (call, true);
            }
        }

        return (reference, true);
    }
}

/// <summary>Finds a node again after edits inside or around it.</summary>
internal static class OriginalPath
{
    /// <summary>The node at the place in <paramref name="to"/> that <paramref name="node"/> has in <paramref name="from"/>.</summary>
    public static SyntaxNode Follow(SyntaxNode node, SyntaxNode from, SyntaxNode to)
    {
        if (node == from)
            return to;

        var parent = Follow(node.Parent!, from, to);
        return parent.ChildNodes().ElementAt(IndexOf(node, node.Parent!.ChildNodes()));
    }

    private static int IndexOf(SyntaxNode node, IEnumerable<SyntaxNode> siblings)
    {
        var index = 0;
        foreach (var sibling in siblings)
        {
            if (sibling == node)
                return index;

            index++;
        }

        return -1;
    }
}
