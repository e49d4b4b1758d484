using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace PerfAnalyzers.Fixing.Hoist;

/// <summary>Puts the new locals of all plans before their loops; several before one loop share its block.</summary>
internal sealed class HoistStage : EditStage
{
    private readonly List<(Document Document, HoistPlace Place, StatementSyntax Local)> _locals = [];

    /// <summary>Declares <paramref name="local"/> at <paramref name="place"/>, a place in <paramref name="document"/> as it was.</summary>
    public void Add(Document document, HoistPlace place, StatementSyntax local) => _locals.Add((document, place, local.WithAdditionalAnnotations(Formatter.Annotation)));

    public override async Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        // Inner places first, so that what an outer one wraps is already complete.
        foreach (var group in _locals.GroupBy(local => (local.Document.Id, local.Place.Anchor)).OrderBy(group => group.Key.Anchor.Span.Length).ToList())
        {
            var document = await edits.OfAsync(group.First().Document, cancel).ConfigureAwait(false);
            Insert(document, group.Key.Anchor, group.Select(local => local.Local).ToList(), cancel);
        }
    }

    private static void Insert(DocumentEdits edits, SyntaxNode anchor, List<StatementSyntax> locals, CancellationToken cancel)
    {
        switch (anchor)
        {
            case ArrowExpressionClauseSyntax arrow:
                var needsReturn = BlockBodies.ReturnsValue(arrow.Parent!, edits.Model, cancel);
                edits.Replace(arrow.Parent!, current => BlockBodies.OfMember(current, locals, needsReturn));
                break;
            case LambdaExpressionSyntax lambda:
                var line = lambda.SyntaxTree.GetText(cancel).Lines.GetLineFromPosition(lambda.SpanStart).ToString();
                var indentation = line.Substring(0, line.Length - line.TrimStart().Length);
                var returns = BlockBodies.ReturnsValue(lambda, edits.Model, cancel);
                edits.Replace(lambda, current => BlockBodies.OfLambda(current, locals, returns, indentation));
                break;
            case StatementSyntax { Parent: GlobalStatementSyntax global }:
                InsertBefore(edits, global, locals.ConvertAll<SyntaxNode>(SyntaxFactory.GlobalStatement));
                break;
            case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax }:
                InsertBefore(edits, anchor, locals.ConvertAll<SyntaxNode>(local => local));
                break;
            case StatementSyntax statement:
                edits.Replace(statement, current => BlockBodies.Embedded(locals, (StatementSyntax)current, current, statement));
                break;
        }
    }

    /// <summary>The blank lines above the loop come above the first local; the loop's own comments stay with it.</summary>
    private static void InsertBefore(DocumentEdits edits, SyntaxNode anchor, List<SyntaxNode> added)
    {
        var leading = anchor.GetLeadingTrivia();
        var blank = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        var indentation = leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } last ? last : SyntaxFactory.ElasticMarker;
        for (var i = 0; i < added.Count; i++)
        {
            edits.InsertBefore(anchor, added[i].WithLeadingTrivia(SyntaxFactory.TriviaList(i == 0 ? blank.Append(indentation) : [indentation]))
                .WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation));
        }

        if (blank.Count > 0)
            edits.Replace(anchor, current => current.WithLeadingTrivia(current.GetLeadingTrivia().Skip(blank.Count)));
    }
}
