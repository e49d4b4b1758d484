using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>
/// A builder beside the variable for the time of the loop: it takes over where the text starts, and gives the text
/// back behind the loop. All of it happens in one list of statements.
/// </summary>
internal sealed class BuilderBeside
{
    private readonly GrowingText _text;
    private readonly AppendRegion _region;

    private BuilderBeside(GrowingText text, AppendRegion region)
    {
        _text = text;
        _region = region;
    }

    /// <summary>Where the text gets its first value: the local's declaration or an assignment right before the appends; null where it has one already.</summary>
    private StatementSyntax? Start { get; set; }

    /// <summary>The next statement that uses the text behind the appends, where it takes the text over by itself.</summary>
    private StatementSyntax? Taker { get; set; }

    /// <summary>Whether the variable must have the text again behind the appends.</summary>
    private bool GivesBack { get; set; }

    /// <summary>Whether the next builder goes on from the text of this one.</summary>
    private bool ComesBack => Start is null && _region.OuterLoop is not null;

    /// <summary>Where the builder's time begins.</summary>
    public StatementSyntax FirstStatement => _region.First;

    public static BuilderBeside? Of(GrowingText text, SyntaxNode append, SemanticModel model, CancellationToken cancel)
    {
        if (AppendRegion.Of(text, append) is not { } region)
            return null;

        var plan = new BuilderBeside(text, region);
        return plan.Complete(model, cancel) ? plan : null;
    }

    public void Edit(DocumentEdits edits, KnownTypes types)
    {
        var name = edits.UniqueName($"{_text.Symbol.Name.TrimStart('_')}Builder", FirstStatement);
        var type = edits.NameOf(types["System.Text.StringBuilder"]!, FirstStatement.SpanStart);
        foreach (var use in _text.Uses)
        {
            if (_region.Contains(use.Reference))
                BuilderReads.Rewrite(edits, use, name);
        }

        var typeOfText = EditStart(edits, name, type);
        if (Taker is not null)
            EditTaker(edits, name, typeOfText);
        else if (GivesBack)
            edits.InsertAfter(_region.Last, GiveBack(name, typeOfText));
    }

    private bool Complete(SemanticModel model, CancellationToken cancel)
    {
        // A lambda that is made behind the loop finds the finished text.
        if (_text.Uses.Any(use => use.IsCaptured && (_region.OuterLoop is not null || use.Reference.SpanStart < _region.Last.Span.End)))
            return false;

        Start = FindStart();
        if (Start is null ? !NonNullText.Is(_text, model, cancel) : !NonNullText.Is(ValueOf(Start), model, cancel))
            return false;

        // After an exception the variable would lack what was appended.
        if (Start is not LocalDeclarationStatementSyntax && GrowingText.IsInTry(FirstStatement, _text.Scope))
            return false;

        var later = Later();
        Taker = FindTaker(later);
        GivesBack = later.Count > 0 || ComesBack;
        return true;
    }

    private StatementSyntax? FindStart()
    {
        for (var index = _region.FirstIndex - 1; index >= 0; index--)
        {
            var statement = _region.List[index];
            if (_text.OwnStatement == statement)
                return statement;

            if (statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left } assignment }
                && _text.Uses.Any(use => use.Reference == left && use.Use == TextUse.Write) && !_text.Uses.Any(use => assignment.Right.Span.Contains(use.Reference.Span)))
            {
                return statement;
            }

            if (AppendRegion.JumpsAway(statement) || _text.Uses.Any(use => statement.Span.Contains(use.Reference.Span)))
                return null;
        }

        return null;
    }

    /// <summary>The uses that come after the appends: behind them, or anywhere in a loop around them.</summary>
    private List<UseSite> Later()
    {
        var outer = _region.OuterLoop;
        return _text.Uses.Where(use => !_region.Contains(use.Reference) && Start?.Span.Contains(use.Reference.Span) != true
            && (use.Reference.SpanStart > _region.Last.Span.End || outer?.Span.Contains(use.Reference.Span) == true)).ToList();
    }

    private StatementSyntax? FindTaker(List<UseSite> later)
    {
        if (_region.List.Skip(_region.LastIndex + 1).FirstOrDefault(statement => later.Any(use => statement.Span.Contains(use.Reference.Span))) is not { } next)
            return null;

        // A jump on the way would leave the variable without its text.
        if (_region.List.Skip(_region.LastIndex + 1).TakeWhile(statement => statement != next).Any(AppendRegion.JumpsAway))
            return null;

        var here = later.Where(use => next.Span.Contains(use.Reference.Span)).ToList();
        var reads = here.Count(use => use.Use == TextUse.Read);
        var target = (next as ExpressionStatementSyntax)?.Expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment ? assignment.Left : null;
        var assignsItself = here.Any(use => use.Reference == target && use.Use == TextUse.Write);
        if (reads != 1 || here.Any(use => use.Use is not (TextUse.Read or TextUse.Length) && !(assignsItself && use.Reference == target))
            || next is not (ReturnStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ThrowStatementSyntax)
            || next.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax))
        {
            return null;
        }

        return assignsItself || (here.Count == later.Count && !ComesBack && Start is not LocalDeclarationStatementSyntax) ? next : null;
    }

    /// <summary>The start becomes the builder's declaration; gives what a declaration of the text begins with, or null where it stays declared.</summary>
    private TypeSyntax? EditStart(DocumentEdits edits, string name, string type)
    {
        switch (Start)
        {
            case LocalDeclarationStatementSyntax statement:
                var declarator = statement.Declaration.Variables[0];
                edits.Replace(statement.Declaration, current =>
                {
                    var value = current.Variables[0].Initializer!.Value;
                    return NewBuilder.Declaration(edits, name, type, NewBuilder.Of(type, value, TextUses.IsEmpty(declarator.Initializer!.Value, edits.Model, default))).WithTriviaFrom(current);
                });
                return statement.Declaration.Type.WithoutTrivia();
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } statement:
                edits.Replace(statement, current =>
                {
                    var value = ((AssignmentExpressionSyntax)current.Expression).Right;
                    return SyntaxFactory.LocalDeclarationStatement(NewBuilder.Declaration(edits, name, type, NewBuilder.Of(type, value, TextUses.IsEmpty(assignment.Right, edits.Model, default)))).WithTriviaFrom(current);
                });
                return null;
            default:
                InsertDeclaration(edits, NewBuilder.Declaration(edits, name, type, NewBuilder.Of(type, SyntaxFactory.IdentifierName(_text.Symbol.Name), false)));
                return null;
        }
    }

    /// <summary>Puts the builder's declaration right before the appends. Blank lines stay above it, a comment stays with what it is about.</summary>
    private void InsertDeclaration(DocumentEdits edits, VariableDeclarationSyntax declaration)
    {
        var mark = new SyntaxAnnotation();
        edits.Replace(FirstStatement, current => current.WithAdditionalAnnotations(mark));
        edits.Replace((BlockSyntax)FirstStatement.Parent!, block =>
        {
            var first = block.Statements.First(statement => statement.HasAnnotation(mark));
            var trivia = first.GetLeadingTrivia();
            var blank = trivia.TakeWhile(item => item.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
            var indentation = trivia.LastOrDefault(item => item.IsKind(SyntaxKind.WhitespaceTrivia));
            var statement = SyntaxFactory.LocalDeclarationStatement(declaration)
                .WithLeadingTrivia(indentation.RawKind == 0 ? blank : blank.Append(indentation)).WithTrailingTrivia(SyntaxFactory.LineFeed);
            var index = block.Statements.IndexOf(first);
            return block.WithStatements(block.Statements.Replace(first, first.WithLeadingTrivia(trivia.Skip(blank.Count))).Insert(index, statement));
        });
    }

    private void EditTaker(DocumentEdits edits, string name, TypeSyntax? typeOfText)
    {
        foreach (var use in _text.Uses)
        {
            if (Taker!.Span.Contains(use.Reference.Span) && use.Use is TextUse.Read or TextUse.Length)
                BuilderReads.Rewrite(edits, use.Reference, use.Use, name);
        }

        if (typeOfText is null)
            return;

        edits.Replace(Taker!, current =>
        {
            var assignment = (AssignmentExpressionSyntax)((ExpressionStatementSyntax)current).Expression;
            return SyntaxFactory.LocalDeclarationStatement(NewBuilder.Declaration(typeOfText, _text.Symbol.Name, assignment.Right.WithoutTrivia())).WithTriviaFrom(current);
        });
    }

    private StatementSyntax GiveBack(string name, TypeSyntax? typeOfText)
    {
        var last = _region.Last;
        var indentation = last.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var read = SyntaxFactory.ParseExpression($"{name}.ToString()");
        StatementSyntax statement = typeOfText is not null
            ? SyntaxFactory.LocalDeclarationStatement(NewBuilder.Declaration(typeOfText, _text.Symbol.Name, read))
            : SyntaxFactory.ParseStatement($"{_text.Symbol.Name} = {read};");
        var leading = new List<SyntaxTrivia>();

        // It belongs neither to the block before nor, where a blank line sets them apart, to what follows.
        if (last.GetLastToken().IsKind(SyntaxKind.CloseBraceToken)
            || (_region.LastIndex + 1 < _region.List.Count && _region.List[_region.LastIndex + 1].GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            leading.Add(SyntaxFactory.LineFeed);
        }

        if (indentation.RawKind != 0)
            leading.Add(indentation);

        return statement.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.LineFeed);
    }

    private static ExpressionSyntax ValueOf(StatementSyntax start) => start is LocalDeclarationStatementSyntax local
        ? local.Declaration.Variables[0].Initializer!.Value
        : ((AssignmentExpressionSyntax)((ExpressionStatementSyntax)start).Expression).Right;
}
