using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

// Statements, and what they declare.
internal sealed partial class TreeWalker
{
    private void Node(SyntaxNode node)
    {
        switch (node)
        {
            case TypeSyntax and not (IdentifierNameSyntax or GenericNameSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax) or AttributeListSyntax:
                break;
            case ExpressionSyntax expression:
                Expression(expression);
                break;
            case BlockSyntax block:
                var outside = _locals.Count;
                Statements(block.Statements);
                Forget(outside);
                break;
            case LocalFunctionStatementSyntax local:
                LocalFunction(local);
                break;
            case LocalDeclarationStatementSyntax declaration:
                Variables(declaration.Declaration, Releases(declaration.UsingKeyword, declaration.AwaitKeyword));
                break;
            case VariableDeclarationSyntax variables:
                Variables(variables, null);
                break;
            case ReturnStatementSyntax { Expression: { } returned }:
                Expression(returned, _frame?.Returns);
                break;
            case UsingStatementSyntax @using:
                Using(@using);
                break;
            case ForEachStatementSyntax each:
                var before = _locals.Count;
                var element = Enumerated(each.Expression, each.AwaitKeyword);
                Declare(each.Identifier.ValueText, each.Type.IsVar ? element : ReceiverOf(each.Type));
                Node(each.Statement);
                Forget(before);
                break;
            case ForEachVariableStatementSyntax each:
                before = _locals.Count;
                element = Enumerated(each.Expression, each.AwaitKeyword);
                if (each.Variable is DeclarationExpressionSyntax { Designation: var parts })
                    Designated(parts, element);
                else
                    Node(each.Variable);

                Node(each.Statement);
                Forget(before);
                break;
            case ForStatementSyntax or SwitchSectionSyntax or CatchClauseSyntax:
                before = _locals.Count;
                Children(node);
                Forget(before);
                break;
            case CatchDeclarationSyntax { Identifier.RawKind: not 0 } caught:
                Declare(caught.Identifier.ValueText, ReceiverOf(caught.Type));
                break;
            case DeclarationPatternSyntax pattern:
                Designated(pattern.Designation, ReceiverOf(pattern.Type));
                break;
            case VarPatternSyntax pattern:
                Designated(pattern.Designation, _matched);
                break;
            case RecursivePatternSyntax pattern:
                Parts(pattern);
                break;
            case SwitchStatementSyntax @switch:
                var matched = _matched;
                _matched = Expression(@switch.Expression);
                foreach (var section in @switch.Sections)
                    Node(section);

                _matched = matched;
                break;
            case VariableDesignationSyntax designation:
                Designated(designation, Unknown);
                break;
            case TypePatternSyntax or NameColonSyntax or NameEqualsSyntax:
                break;
            case FromClauseSyntax from:
                Declare(from.Identifier.ValueText, from.Type is null ? Enumerated(from.Expression, default) : And(Expression(from.Expression), ReceiverOf(from.Type)));
                break;
            case LetClauseSyntax let:
                Declare(let.Identifier.ValueText, Expression(let.Expression));
                break;
            case JoinClauseSyntax join:
                var joined = Enumerated(join.InExpression, default);
                Expression(join.LeftExpression);
                Declare(join.Identifier.ValueText, joined);
                Expression(join.RightExpression);
                break;
            default:
                Children(node);
                break;
        }
    }

    private static int And(int _, int result) => result;

    private void Pattern(PatternSyntax pattern, int against)
    {
        var outer = _matched;
        _matched = against;
        Node(pattern);
        _matched = outer;
    }

    /// <summary><c>{ Name: … }</c> reads a property of what is matched.</summary>
    private void Parts(RecursivePatternSyntax pattern)
    {
        var matched = pattern.Type is null ? _matched : ReceiverOf(pattern.Type);
        foreach (var part in pattern.PositionalPatternClause?.Subpatterns ?? default)
            Pattern(part.Pattern, Unknown);

        foreach (var part in pattern.PropertyPatternClause?.Subpatterns ?? default)
            Pattern(part.Pattern, part.ExpressionColon is { } colon ? Path(colon.Expression, matched) : Unknown);

        if (pattern.Designation is { } named)
            Designated(named, matched);
    }

    private int Path(ExpressionSyntax path, int from)
    {
        var (name, owner) = path switch
        {
            MemberAccessExpressionSyntax member => (member.Name.Identifier.ValueText, Path(member.Expression, from)),
            SimpleNameSyntax simple => (simple.Identifier.ValueText, from),
            _ => ("", Unknown),
        };
        Call(name, -1, CallKind.Read, owner);
        return owner == Unknown ? Unknown : Receiver(ReceiverKind.Member, name, owner);
    }

    /// <summary>A list of statements: its local functions are in sight from its start.</summary>
    private void Statements(IReadOnlyList<StatementSyntax> statements)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i] is not LocalFunctionStatementSyntax local)
                continue;

            var index = Reserve();
            _localFunctions.Add(local, index);
            Declare(local.Identifier.ValueText, ~index);
        }

        for (var i = 0; i < statements.Count; i++)
            Node(statements[i]);
    }

    private void Variables(VariableDeclarationSyntax declaration, string? release)
    {
        foreach (var variable in declaration.Variables)
        {
            var value = variable.Initializer is { } initializer ? Expression(initializer.Value, declaration.Type) : Unknown;
            var meaning = declaration.Type.IsVar ? value : ReceiverOf(declaration.Type);
            Declare(variable.Identifier.ValueText, meaning);
            if (release is not null)
                Call(release, 0, CallKind.Invoke, meaning);
        }
    }

    private void Using(UsingStatementSyntax @using)
    {
        var before = _locals.Count;
        var release = Releases(@using.UsingKeyword, @using.AwaitKeyword)!;
        if (@using.Declaration is { } declaration)
            Variables(declaration, release);
        else if (@using.Expression is { } expression)
            Call(release, 0, CallKind.Invoke, Expression(expression));

        Node(@using.Statement);
        Forget(before);
    }

    private static string? Releases(SyntaxToken @using, SyntaxToken await) => @using.RawKind == 0 ? null : await.RawKind == 0 ? "Dispose" : "DisposeAsync";

    private int Enumerated(ExpressionSyntax sequence, SyntaxToken await)
    {
        var receiver = Expression(sequence);
        Call(await.RawKind == 0 ? "GetEnumerator" : "GetAsyncEnumerator", 0, CallKind.Invoke, receiver);
        return Element(receiver);
    }

    private int Element(int receiver) => receiver == Unknown ? Unknown : Receiver(ReceiverKind.Element, "", receiver);

    private static string ItemName(int index) => index switch { 0 => "Item1", 1 => "Item2", 2 => "Item3", _ => "Item" + (index + 1) };

    private void Designated(VariableDesignationSyntax designation, int meaning)
    {
        switch (designation)
        {
            case SingleVariableDesignationSyntax single:
                Declare(single.Identifier.ValueText, meaning);
                break;
            case ParenthesizedVariableDesignationSyntax several:
                for (var i = 0; i < several.Variables.Count; i++)
                    Designated(several.Variables[i], meaning == Unknown ? Unknown : Receiver(ReceiverKind.Member, ItemName(i), meaning));

                break;
        }
    }
}
