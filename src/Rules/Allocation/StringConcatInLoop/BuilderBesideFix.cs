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
    private readonly SyntaxList<StatementSyntax> _list;
    private readonly int _first;
    private readonly int _last;

    private BuilderBeside(GrowingText text, SyntaxList<StatementSyntax> list, int first, int last)
    {
        _text = text;
        _list = list;
        _first = first;
        _last = last;
    }

    /// <summary>Where the text gets its first value: the local's declaration or an assignment right before the appends; null where it has one already.</summary>
    private StatementSyntax? Start { get; set; }

    /// <summary>The next statement behind the appends, where it takes the text over by itself.</summary>
    private StatementSyntax? Taker { get; set; }

    /// <summary>Whether the variable must have the text again behind the appends.</summary>
    private bool GivesBack { get; set; }

    /// <summary>The outermost loop around all of it.</summary>
    private SyntaxNode? OuterLoop => FirstStatement.Ancestors().TakeWhile(ancestor => ancestor != _text.Scope)
        .LastOrDefault(ancestor => ancestor is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    /// <summary>Whether the next builder goes on from the text of this one.</summary>
    private bool ComesBack => Start is null && OuterLoop is not null;

    /// <summary>Where the builder's time begins.</summary>
    public StatementSyntax FirstStatement => _list[_first];

    public static BuilderBeside? Of(GrowingText text, SyntaxNode append, SemanticModel model, CancellationToken cancel)
    {
        if (LoopFor(text, append) is not { Parent: BlockSyntax { Statements: var list } } loop)
            return null;

        var first = list.IndexOf(loop);
        var last = first;
        first = Extend(text, list, first, -1);
        last = Extend(text, list, last, 1);
        var plan = new BuilderBeside(text, list, first, last);
        return plan.Complete(model, cancel) ? plan : null;
    }

    public void Edit(DocumentEdits edits, KnownTypes types)
    {
        var name = edits.UniqueName($"{_text.Symbol.Name.TrimStart('_')}Builder", FirstStatement);
        var type = edits.NameOf(types["System.Text.StringBuilder"]!, FirstStatement.SpanStart);
        foreach (var use in _text.Uses)
        {
            if (IsInside(use.Reference))
                UseRewriting.Rewrite(edits, use, name);
        }

        var typeOfText = EditStart(edits, name, type);
        if (Taker is not null)
            EditTaker(edits, name, typeOfText);
        else if (GivesBack)
            edits.InsertAfter(_list[_last], GiveBack(name, typeOfText));
    }

    /// <summary>The outermost loop around the append in which everything done with the text can be done with a builder.</summary>
    private static StatementSyntax? LoopFor(GrowingText text, SyntaxNode append)
    {
        StatementSyntax? found = null;
        foreach (var ancestor in append.Ancestors().TakeWhile(ancestor => ancestor != text.Scope))
        {
            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return null;

            if (ancestor is not (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax))
                continue;

            if (!text.Uses.All(use => !ancestor.Span.Contains(use.Reference.Span) || use.IsConvertible) || ancestor.Span.Contains(text.Declaration.Span))
                break;

            found = (StatementSyntax)ancestor;
        }

        return found;
    }

    /// <summary>How far the neighbours of the loop only append too, so that one builder serves them all.</summary>
    private static int Extend(GrowingText text, SyntaxList<StatementSyntax> list, int from, int step)
    {
        var reached = from;
        for (var index = from + step; index >= 0 && index < list.Count; index += step)
        {
            var statement = list[index];
            var uses = text.Uses.Where(use => statement.Span.Contains(use.Reference.Span)).ToList();
            if (JumpsAway(statement) || uses.Any(use => !use.IsConvertible) || statement.Span.Contains(text.Declaration.Span)
                || (uses.Count > 0 && uses.All(use => use.IsReset)))
            {
                break;
            }

            if (uses.Any(use => use.Use == TextUse.Append))
                reached = index;
            else if (uses.Count > 0)
                break;
        }

        return reached;
    }

    private bool Complete(SemanticModel model, CancellationToken cancel)
    {
        // A lambda that is made behind the loop finds the finished text.
        if (JumpsOut() || _text.Uses.Any(use => use.IsCaptured && (OuterLoop is not null || use.Reference.SpanStart < _list[_last].Span.End)))
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
        for (var index = _first - 1; index >= 0; index--)
        {
            var statement = _list[index];
            if (_text.OwnStatement == statement)
                return statement;

            if (statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left } assignment }
                && _text.Uses.Any(use => use.Reference == left && use.Use == TextUse.Write) && !_text.Uses.Any(use => assignment.Right.Span.Contains(use.Reference.Span)))
            {
                return statement;
            }

            if (JumpsAway(statement) || _text.Uses.Any(use => statement.Span.Contains(use.Reference.Span)))
                return null;
        }

        return null;
    }

    /// <summary>The uses that come after the appends: behind them, or anywhere in a loop around them.</summary>
    private List<UseSite> Later()
    {
        var outer = OuterLoop;
        return _text.Uses.Where(use => !IsInside(use.Reference) && Start?.Span.Contains(use.Reference.Span) != true
            && (use.Reference.SpanStart > _list[_last].Span.End || outer?.Span.Contains(use.Reference.Span) == true)).ToList();
    }

    private StatementSyntax? FindTaker(List<UseSite> later)
    {
        if (_last + 1 >= _list.Count)
            return null;

        var next = _list[_last + 1];
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
                    return Declaration(name, NewBuilder.Of(type, value, TextUses.IsEmpty(declarator.Initializer!.Value, edits.Model, default))).WithTriviaFrom(current);
                });
                return statement.Declaration.Type.WithoutTrivia();
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } statement:
                edits.Replace(statement, current =>
                {
                    var value = ((AssignmentExpressionSyntax)current.Expression).Right;
                    return SyntaxFactory.LocalDeclarationStatement(Declaration(name, NewBuilder.Of(type, value, TextUses.IsEmpty(assignment.Right, edits.Model, default)))).WithTriviaFrom(current);
                });
                return null;
            default:
                // Blank lines stay above, a comment stays with what it is about.
                var trivia = FirstStatement.GetLeadingTrivia();
                var blank = trivia.TakeWhile(item => item.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
                var indentation = trivia.LastOrDefault(item => item.IsKind(SyntaxKind.WhitespaceTrivia));
                edits.InsertBefore(FirstStatement, SyntaxFactory.LocalDeclarationStatement(Declaration(name, NewBuilder.Of(type, SyntaxFactory.IdentifierName(_text.Symbol.Name), false)))
                    .WithLeadingTrivia(indentation.RawKind == 0 ? blank : blank.Append(indentation)).WithTrailingTrivia(SyntaxFactory.LineFeed));
                edits.Replace(FirstStatement, current => current.WithLeadingTrivia(trivia.Skip(blank.Count)));
                return null;
        }
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
            return SyntaxFactory.LocalDeclarationStatement(Declaration(typeOfText, _text.Symbol.Name, assignment.Right.WithoutTrivia())).WithTriviaFrom(current);
        });
    }

    private StatementSyntax GiveBack(string name, TypeSyntax? typeOfText)
    {
        var last = _list[_last];
        var indentation = last.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var read = SyntaxFactory.ParseExpression($"{name}.ToString()");
        StatementSyntax statement = typeOfText is not null
            ? SyntaxFactory.LocalDeclarationStatement(Declaration(typeOfText, _text.Symbol.Name, read))
            : SyntaxFactory.ParseStatement($"{_text.Symbol.Name} = {read};");
        var leading = new List<SyntaxTrivia>();

        // Where the code sets blocks apart by a blank line, this statement belongs to neither.
        if (_last + 1 < _list.Count && _list[_last + 1].GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia))
            leading.Add(SyntaxFactory.LineFeed);

        if (indentation.RawKind != 0)
            leading.Add(indentation);

        return statement.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.LineFeed);
    }

    private bool IsInside(SyntaxNode node) => node.SpanStart >= _list[_first].SpanStart && node.Span.End <= _list[_last].Span.End;

    private static ExpressionSyntax ValueOf(StatementSyntax start) => start is LocalDeclarationStatementSyntax local
        ? local.Declaration.Variables[0].Initializer!.Value
        : ((AssignmentExpressionSyntax)((ExpressionStatementSyntax)start).Expression).Right;

    /// <summary>Whether control can leave the statements other than by their end, a <c>return</c> or an exception.</summary>
    private bool JumpsOut()
    {
        for (var index = _first; index <= _last; index++)
        {
            if (JumpsAway(_list[index]))
                return true;
        }

        return false;
    }

    private static bool JumpsAway(StatementSyntax statement) => statement is LabeledStatementSyntax || statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node switch
    {
        GotoStatementSyntax => true,
        BreakStatementSyntax or ContinueStatementSyntax => !node.Ancestors().TakeWhile(ancestor => ancestor != statement.Parent).Any(ancestor =>
            ancestor is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax || (node is BreakStatementSyntax && ancestor is SwitchStatementSyntax)),
        _ => false,
    });

    private static VariableDeclarationSyntax Declaration(string name, ExpressionSyntax value) => Declaration(SyntaxFactory.IdentifierName("var"), name, value.WithoutTrivia());

    private static VariableDeclarationSyntax Declaration(TypeSyntax type, string name, ExpressionSyntax value) => SyntaxFactory.VariableDeclaration(
        type.WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(SyntaxFactory.Identifier(name), null,
            SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space), value))));
}
