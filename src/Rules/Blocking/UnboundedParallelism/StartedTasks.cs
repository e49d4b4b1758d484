using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Tasks that are started one for each element of a sequence, and then waited for together.</summary>
/// <param name="Source">The sequence.</param>
/// <param name="Work">The function that starts a task for an element, or the expression that does.</param>
/// <param name="Element">The type of the elements, where it is known.</param>
internal sealed record StartedTasks(ExpressionSyntax Source, ExpressionSyntax Work, ITypeSymbol? Element)
{
    private const int Depth = 4;

    /// <summary>The sequence as a message names it.</summary>
    public string SourceText
    {
        get
        {
            var source = Source;
            while (source is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } member } call
                && (OutsideSizes.KeepsSize(member.Name.Identifier.ValueText) || call.ToString().Length > 40))
            {
                source = member.Expression;
            }

            source = Wrappings.Without(source);
            if (source is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax read })
                source = read.Expression;

            var text = source.ToString();
            return text.Length <= 60 && text.IndexOf('\n') < 0 ? text : (source as MemberAccessExpressionSyntax)?.Name.ToString() ?? "the sequence";
        }
    }

    /// <summary>What <c>Task.WhenAll</c> waits for; null where the tasks are written one by one, or are not seen to start here.</summary>
    public static StartedTasks? Of(InvocationExpressionSyntax whenAll, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        whenAll.ArgumentList.Arguments.Count == 1 ? new Finder(model, types, cancel).In(whenAll.ArgumentList.Arguments[0].Expression, 0) : null;

    /// <summary>Whether there may be many elements, each of which does work that nothing holds back.</summary>
    public bool AreUnlimited(Site site) => ElementTypes.AreData(Element, site.Types)
        && !IsPaced()
        && ElementWork.IsUnlimited(Work, site.Model, site.Types, site.Cancel)
        && new OutsideSizes(site.Model, site.Types, site.Cancel).Decide(Source);

    /// <summary>Whether a loop that starts the tasks waits for something in each round.</summary>
    private bool IsPaced()
    {
        if (Source.Parent is not (CommonForEachStatementSyntax or BinaryExpressionSyntax or MemberAccessExpressionSyntax) || Source.FirstAncestorOrSelf<StatementSyntax>() is not { } loop || !Loop.IsLoop(loop))
            return false;

        foreach (var node in loop.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is AwaitExpressionSyntax && !Source.Span.Contains(node.Span))
                return true;
        }

        return false;
    }

    private sealed class Finder(SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        public StartedTasks? In(ExpressionSyntax tasks, int depth)
        {
            if (depth > Depth)
                return null;

            tasks = Wrappings.Without(tasks);
            switch (tasks)
            {
                case InvocationExpressionSyntax call when Calls.NameOf(call) is { } name:
                    return name.Identifier.ValueText switch
                    {
                        "ToList" or "ToArray" or "AsEnumerable" or "ToHashSet" or "ToImmutableArray" or "ToImmutableList" => SequenceOf(call) is { } made ? In(made, depth + 1) : null,
                        "Select" => OfSelect(call, depth),
                        _ => null,
                    };
                case QueryExpressionSyntax { Body: { Continuation: null, SelectOrGroup: SelectClauseSyntax select } } query:
                    return Functions.IsTask(model.GetTypeInfo(select.Expression, cancel).Type, types)
                        ? new StartedTasks(query.FromClause.Expression, select.Expression, ElementTypes.Of(model.GetTypeInfo(query.FromClause.Expression, cancel).Type, types))
                        : null;
                case IdentifierNameSyntax name when model.GetSymbolInfo(name, cancel).Symbol is ILocalSymbol local:
                    return OfLocal(local, name, depth);
                default:
                    return tasks.RawKind == NewSyntax.CollectionExpression ? OfSpread(tasks, depth) : null;
            }
        }

        private StartedTasks? OfSelect(InvocationExpressionSyntax call, int depth)
        {
            if (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol { TypeArguments: { Length: 2 } arguments } method || !types.Is(method.ContainingType, "System.Linq.Enumerable")
                || !Functions.IsTask(arguments[1], types) || SequenceOf(call) is not { } source || call.ArgumentList.Arguments.Count == 0)
            {
                return null;
            }

            // The tasks are started by an earlier Select; this one goes on with them.
            return Functions.IsTask(arguments[0], types)
                ? In(source, depth + 1)
                : new StartedTasks(source, call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression, arguments[0]);
        }

        private StartedTasks? OfSpread(ExpressionSyntax collection, int depth)
        {
            ExpressionSyntax? spread = null;
            foreach (var element in collection.ChildNodes())
            {
                if (spread is not null || element.RawKind == NewSyntax.ExpressionElement)
                    return null;

                foreach (var child in element.ChildNodes())
                    spread = child as ExpressionSyntax;
            }

            return spread is null ? null : In(spread, depth + 1);
        }

        /// <summary>A local that holds such tasks, or a list or an array that a loop fills with them.</summary>
        private StartedTasks? OfLocal(ILocalSymbol local, IdentifierNameSyntax use, int depth)
        {
            if (local.DeclaringSyntaxReferences is not { Length: 1 } references || references[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Initializer.Value: { } value })
                return null;

            if (In(value, depth + 1) is { } started)
                return started;

            StartedTasks? found = null;
            foreach (var node in TaskCalls.MemberAround(use).DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != local.Name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, local))
                    continue;

                switch (name.Parent)
                {
                    // Waits in between, or for a number of them: batches.
                    case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" or "Remove" or "RemoveAt" or "RemoveAll" or "Count" or "Dequeue" }:
                        return null;
                    case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax other } when Calls.NameOf(other)?.Identifier.ValueText == "WhenAny":
                        return null;
                    case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } added } }:
                        found ??= InLoop(name, added[0].Expression);
                        break;
                    case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddRange", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } many } }:
                        found ??= In(many[0].Expression, depth + 1);
                        break;
                    case ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } element when assignment.Left == element:
                        found ??= InLoop(name, assignment.Right);
                        break;
                }
            }

            return found;
        }

        private StartedTasks? InLoop(SyntaxNode place, ExpressionSyntax work)
        {
            if (!Functions.IsTask(model.GetTypeInfo(work, cancel).Type, types))
                return null;

            foreach (var ancestor in place.Ancestors())
            {
                switch (ancestor)
                {
                    case CommonForEachStatementSyntax each:
                        return new StartedTasks(each.Expression, work, ElementTypes.Of(model.GetTypeInfo(each.Expression, cancel).Type, types));
                    case ForStatementSyntax { Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression } condition }:
                        return condition.Right is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" } size
                            ? new StartedTasks(size.Expression, work, ElementTypes.Of(model.GetTypeInfo(size.Expression, cancel).Type, types))
                            : new StartedTasks(condition.Right, work, null);
                    case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                        return null;
                }
            }

            return null;
        }

        private ExpressionSyntax? SequenceOf(InvocationExpressionSyntax call) => model.GetSymbolInfo(call, cancel).Symbol switch
        {
            IMethodSymbol { ReducedFrom: null, IsStatic: true } => call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null,
            _ => Calls.ReceiverOf(call),
        };
    }
}
