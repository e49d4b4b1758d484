using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>
/// Proves that a task is complete where its result is read, so that nothing waits: it was awaited on every path, alone or
/// with others, asked whether it is, or is made complete.
/// </summary>
internal sealed class CompletedTasks(RecentFlow flows, SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private const int Depth = 4;

    private readonly LocalValues _locals = new(model, cancel);
    private readonly CompletedValues _values = new(model, types, cancel);
    private readonly TaskElements _elements = new(model, types, cancel);

    /// <summary>Whether <paramref name="wait"/> finds its task complete.</summary>
    public bool IsRead(TaskWait wait) => wait.Task is not null && model.GetOperation(Bare(wait.Task), cancel) is { } task && IsRead(task, wait.Whole, 0);

    private bool IsRead(IOperation task, SyntaxNode place, int depth)
    {
        task = WithoutConfigure(task);
        if (task is IConditionalOperation { WhenFalse: { } other } choice)
            return IsRead(choice.WhenTrue, place, depth) && IsRead(other, place, depth);

        return _values.Contain(task) || _elements.IsChosenCompleted(task) || (PathOf(task) is { } path && IsCompleted(path, place, depth));
    }

    private TaskPath? PathOf(IOperation task) => model.GetSymbolInfo(task.Syntax, cancel).Symbol is IRangeVariableSymbol variable
        ? new TaskPath(ImmutableArray.Create<ISymbol>(variable), null)
        : TaskPath.Of(task);

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;

        return expression;
    }

    private bool IsCompleted(TaskPath path, SyntaxNode place, int depth)
    {
        if (depth > Depth)
            return false;

        if (path.Element is not null && _elements.AreMadeAnew(path))
            return false;

        if (IsCompletedAt(path, place, depth))
            return true;

        // A variable that stands for an element of a collection, or a copy of another one.
        if (path.Element is null && (_elements.IsAntecedent(path.Root) || _elements.AreChosenCompleted(path.Root)))
            return true;

        if (path.Element is not null && _elements.IsAntecedent(path.Root))
            return true;

        if (path.Symbols.Length == 1 && path.Element is null && _elements.CollectionOf(path.Root) is { } written && TaskElements.WrittenIn(written) is { Count: > 0 } elements)
            return elements.All(element => IsRead(element, place, depth + 1));

        foreach (var origin in OriginsOf(path))
        {
            if (IsCompleted(origin, place, depth + 1))
                return true;
        }

        return false;
    }

    /// <summary>The variables that the path's value comes from.</summary>
    private IEnumerable<TaskPath> OriginsOf(TaskPath path)
    {
        if (_elements.CollectionOf(path.Root) is { } collection)
        {
            foreach (var part in TaskElements.SourcesOf(collection))
                yield return part with { Element = part.Element ?? path.Root.DeclaringSyntaxReferences[0].GetSyntax(cancel) };
        }

        if (_locals.Of(path.Root) is not { } value)
            yield break;

        if (path.Element is null)
        {
            if (TaskPath.Of(value) is { } copied)
                yield return path.Symbols.Length == 1 ? copied : copied.Element is not null ? copied : copied with { Symbols = copied.Symbols.AddRange(path.Symbols.Skip(1)) };
        }
        else
        {
            foreach (var part in TaskElements.SourcesOf(value))
                yield return part with { Element = path.Element };
        }
    }

    private bool IsCompletedAt(TaskPath path, SyntaxNode place, int depth)
    {
        // The clauses of a query are functions that the text does not show; they run after its source is there.
        while (place.FirstAncestorOrSelf<SyntaxNode>(node => node is QueryExpressionSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax) is QueryExpressionSyntax query
            && !query.FromClause.Expression.Span.Contains(place.Span))
        {
            place = query.FromClause.Expression;
        }

        if (flows.Of(place, model, cancel) is { } graph)
        {
            var captures = new FlowCaptures(graph);
            if (new TaskFlow(graph, new TaskProofs(path, captures, model, types, cancel)).IsCompletedAt(place))
                return true;
        }

        // What a function sees of the code around it was there before it was made, and a task stays complete.
        return Functions.Enclosing(place) switch
        {
            AnonymousFunctionExpressionSyntax lambda when !IsOwn(path.Root, lambda) => IsContinuation(path, lambda) || IsCompletedAt(path, lambda, depth),
            LocalFunctionStatementSyntax local when !IsOwn(path.Root, local) && depth < Depth => UsesOf(local) is { Count: > 0 } uses && uses.All(use => IsCompletedAt(path, use, depth + 1)),
            _ => false,
        };
    }

    /// <summary><c>Task.WhenAll(a, b).ContinueWith(_ =&gt; a.Result)</c>, and callbacks of an awaiter.</summary>
    private bool IsContinuation(TaskPath path, AnonymousFunctionExpressionSyntax lambda) => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && Calls.NameOf(call)?.Identifier.ValueText switch
        {
            "ContinueWith" => model.GetOperation(call, cancel) is IInvocationOperation { Instance: { } antecedent } && new TaskProofs(path, null, model, types, cancel).Completes(antecedent),
            "OnCompleted" or "UnsafeOnCompleted" => true,
            _ => false,
        };

    private static bool IsOwn(ISymbol root, SyntaxNode function)
    {
        foreach (var reference in root.DeclaringSyntaxReferences)
        {
            if (root is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol && reference.SyntaxTree == function.SyntaxTree && function.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }

    /// <summary>The calls of a local function; none where it is also given away.</summary>
    private List<SyntaxNode> UsesOf(LocalFunctionStatementSyntax local)
    {
        var uses = new List<SyntaxNode>();
        foreach (var name in LocalValues.ScopeOf(local).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != local.Identifier.ValueText || local.Span.Contains(name.Span))
                continue;

            if (name.Parent is not InvocationExpressionSyntax call || call.Expression != name)
                return [];

            uses.Add(call);
        }

        return uses;
    }

    private static IOperation WithoutConfigure(IOperation task)
    {
        while (true)
        {
            switch (task)
            {
                case IParenthesizedOperation parenthesized:
                    task = parenthesized.Operand;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve", Instance: { } inner }:
                    task = inner;
                    break;
                default:
                    return task;
            }
        }
    }
}
