using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>The value of one variable before and after the statements of its function.</summary>
internal sealed class QueryFlow(QueryReader reader, QueryVariables.Variable variable)
{
    private readonly Dictionary<SyntaxNode, Query?> _before = new();
    private readonly Dictionary<SyntaxNode, Query?> _after = new();
    private readonly HashSet<SyntaxNode> _loops = new();

    /// <summary>The value when <paramref name="node"/> begins, for a loop around it in its first iteration; null where there is none yet.</summary>
    public Query? Before(SyntaxNode node)
    {
        if (_before.TryGetValue(node, out var value))
            return value;

        if (!reader.Budget.TryEnter())
            return Query.Unknown;

        value = FindBefore(node);
        reader.Budget.Leave();
        return _before[node] = value;
    }

    /// <summary>Whether a loop that runs <paramref name="use"/> repeatedly writes the variable, unless the value after that very loop is asked for.</summary>
    public bool IsChangedByLoopAround(SyntaxNode use)
    {
        for (SyntaxNode child = use, parent = use.Parent!; parent is not null && child != variable.Function; child = parent, parent = parent.Parent!)
        {
            var runsOnce = parent switch
            {
                CommonForEachStatementSyntax each => child == each.Expression,
                ForStatementSyntax counted => child == counted.Declaration,
                WhileStatementSyntax or DoStatementSyntax => false,
                _ => true,
            };

            if (!runsOnce && !_loops.Contains(parent) && variable.IsWrittenIn(parent))
                return true;
        }

        return false;
    }

    private Query? FindBefore(SyntaxNode node)
    {
        // A global statement is only a wrapper.
        if (node.Parent is GlobalStatementSyntax global)
            node = global;

        switch (node.Parent)
        {
            case BlockSyntax block:
                return BeforeSibling(block.Statements, node) ?? (IsBodyOfFunction(block) ? Start() : Before(block));
            case SwitchSectionSyntax section:
                return BeforeSibling(section.Statements, node) ?? Before(section.Parent!);
            case CompilationUnitSyntax unit:
                return BeforeSibling(unit.Members, node) ?? Start();
            case CatchClauseSyntax or FinallyClauseSyntax:
                var attempt = (TryStatementSyntax)node.Parent.Parent!;
                return variable.IsWrittenIn(attempt.Block) ? Obscure(Before(attempt), node) : Before(attempt);
            case ElseClauseSyntax otherwise:
                return Before(otherwise.Parent!);
            case StatementSyntax statement:
                return Before(statement);
            default:
                return Start();
        }
    }

    private Query? Start() => variable.Declaration is ParameterSyntax ? variable.Initial() : null;

    private bool IsBodyOfFunction(BlockSyntax block) => block.Parent == variable.Function;

    private Query? BeforeSibling<TNode>(SyntaxList<TNode> siblings, SyntaxNode node) where TNode : SyntaxNode
    {
        // From the first to the last, so that each finds the value before it: the other way a long composition is a deep recursion.
        Query? value = null;
        foreach (var sibling in siblings)
        {
            if (sibling == node)
                break;

            var statement = sibling is GlobalStatementSyntax global ? global.Statement : (SyntaxNode)sibling;
            if (!Touches(statement))
                continue;

            if (value is not null)
                _before[statement] = value;

            if (!_after.TryGetValue(statement, out value))
                _after[statement] = value = After(statement);

            value ??= Query.Unknown;
        }

        return value;
    }

    private bool Touches(SyntaxNode statement) => variable.IsWrittenIn(statement) || statement.Span.Contains(variable.Declaration.Span);

    /// <summary>The value when a statement that writes the variable has ended.</summary>
    private Query? After(SyntaxNode statement)
    {
        if (!reader.Budget.TryEnter())
            return Query.Unknown;

        var value = FindAfter(statement);
        reader.Budget.Leave();
        return value;
    }

    private Query? FindAfter(SyntaxNode statement)
    {
        switch (statement)
        {
            case LocalDeclarationStatementSyntax when statement.Span.Contains(variable.Declaration.Span):
                return variable.Initial();
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment } when variable.Writes.Contains(left):
                return assignment.Kind() switch
                {
                    SyntaxKind.SimpleAssignmentExpression => reader.Read(assignment.Right),
                    SyntaxKind.CoalesceAssignmentExpression => QueryMerge.Of(Before(statement), reader.Read(assignment.Right)),
                    _ => Obscure(Before(statement), statement),
                };
            case BlockSyntax block:
                return AfterLast(block.Statements, block);
            case IfStatementSyntax branch when !variable.IsWrittenIn(branch.Condition):
                return QueryMerge.Of(AfterBranch(branch.Statement, branch), AfterBranch(branch.Else?.Statement, branch)) ?? Before(branch);
            case SwitchStatementSyntax choice when !variable.IsWrittenIn(choice.Expression):
                return AfterSwitch(choice);
            case UsingStatementSyntax { Statement: { } body } owner when variable.IsWrittenIn(body) && !IsWrittenInHead(owner, body):
                return After(body);
            case LockStatementSyntax { Statement: { } body } when variable.IsWrittenIn(body):
                return After(body);
            case CommonForEachStatementSyntax each when !variable.IsWrittenIn(each.Expression):
                return AfterLoop(each, each.Statement);
            case ForStatementSyntax counted when !IsWrittenInHead(counted, counted.Statement):
                return AfterLoop(counted, counted.Statement);
            case WhileStatementSyntax loop when !variable.IsWrittenIn(loop.Condition):
                return AfterLoop(loop, loop.Statement);
            case TryStatementSyntax attempt when !IsWrittenInHandlers(attempt):
                var after = After(attempt.Block);
                return AllLeave(attempt.Catches) ? after : QueryMerge.Of(Before(attempt), after);
            default:
                return Obscure(Before(statement), statement);
        }
    }

    private Query? AfterBranch(StatementSyntax? branch, IfStatementSyntax whole)
    {
        if (branch is null)
            return Before(whole);

        if (Leaves(branch, inSwitch: false))
            return null;

        return Touches(branch) ? After(branch) : Before(whole);
    }

    private Query? AfterSwitch(SwitchStatementSyntax choice)
    {
        Query? merged = null;
        var hasDefault = false;
        foreach (var section in choice.Sections)
        {
            foreach (var label in section.Labels)
                hasDefault |= label is DefaultSwitchLabelSyntax;

            if (section.Statements.Count > 0 && !Leaves(section.Statements[section.Statements.Count - 1], inSwitch: true))
                merged = QueryMerge.Of(merged, AfterLast(section.Statements, choice));
        }

        return hasDefault && merged is not null ? merged : QueryMerge.Of(merged, Before(choice));
    }

    private Query? AfterLoop(StatementSyntax loop, StatementSyntax body)
    {
        var before = Before(loop);
        var isOutermost = _loops.Add(loop);
        var after = QueryMerge.Of(before, After(body));
        if (isOutermost)
            _loops.Remove(loop);

        return after;
    }

    private Query? AfterLast(SyntaxList<StatementSyntax> statements, SyntaxNode whole)
    {
        for (var i = statements.Count - 1; i >= 0; i--)
        {
            if (Touches(statements[i]))
                return After(statements[i]);
        }

        return Before(whole);
    }

    private bool IsWrittenInHead(SyntaxNode statement, SyntaxNode body)
    {
        foreach (var write in variable.Writes)
        {
            if (statement.Span.Contains(write.Span) && !body.Span.Contains(write.Span))
                return true;
        }

        return false;
    }

    private bool IsWrittenInHandlers(TryStatementSyntax attempt) => !variable.IsWrittenIn(attempt.Block) || IsWrittenInHead(attempt, attempt.Block);

    private static bool AllLeave(SyntaxList<CatchClauseSyntax> catches)
    {
        foreach (var handler in catches)
        {
            if (!Leaves(handler.Block, inSwitch: false))
                return false;
        }

        return true;
    }

    /// <summary>Whether what follows the statement does not run after it.</summary>
    private static bool Leaves(StatementSyntax statement, bool inSwitch) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax => true,
        BreakStatementSyntax => !inSwitch,
        YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1], inSwitch),
        IfStatementSyntax { Else: { } other } branch => Leaves(branch.Statement, inSwitch) && Leaves(other.Statement, inSwitch),
        _ => false,
    };

    private Query Obscure(Query? value, SyntaxNode by) => reader.Obscure(value ?? Query.Unknown, by);
}
