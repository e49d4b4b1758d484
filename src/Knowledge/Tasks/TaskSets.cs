using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>Which arrays, lists and queries hold one task, or all tasks of one collection.</summary>
internal sealed class TaskSets(TaskPath target, SemanticModel model, CancellationToken cancel)
{
    private const int Depth = 4;

    private readonly LocalValues _locals = new(model, cancel);

    /// <summary>Whether the operation's tasks include the target: it is written there, was added, or the value is made of a collection that holds it.</summary>
    public bool Include(IOperation? tasks) => Include(tasks, 0);

    /// <summary>The tasks that are given to a call one by one; empty where they come as a collection.</summary>
    public IReadOnlyList<IOperation> ElementsOf(IInvocationOperation call) => model.GetOperation(call.Syntax, cancel) is not IInvocationOperation { Arguments: var arguments } ? []
        : arguments.Length == 1 ? ElementsOf(arguments[0].Value)
        : arguments.Select(argument => argument.Value).ToList();

    private IReadOnlyList<IOperation> ElementsOf(IOperation argument)
    {
        while (argument is IConversionOperation conversion)
            argument = conversion.Operand;

        return TaskElements.WrittenIn(argument is ILocalReferenceOperation local && _locals.Of(local.Local) is { } value ? value : argument);
    }

    private bool Include(IOperation? tasks, int depth)
    {
        if (tasks is null || depth > Depth)
            return false;

        // A control flow graph takes initialisers apart; the expression as it is written has them whole.
        foreach (var part in PartsOf(model.GetOperation(tasks.Syntax, cancel) ?? tasks))
        {
            if (part is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation) || TaskPath.Of(part) is not { } path)
                continue;

            if (target.Element is null || path.Element is not null ? target.IsSame(path) : target.HasSameSymbols(path))
                return true;

            if (path.Element is null && depth < Depth && (Include(_locals.Of(path.Root), depth + 1) || IsAdded(path)))
                return true;
        }

        return false;
    }

    private static IEnumerable<IOperation> PartsOf(IOperation operation)
    {
        yield return operation;
        if (operation is IAnonymousFunctionOperation)
            yield break;

        foreach (var child in operation.ChildOperations)
        {
            foreach (var part in PartsOf(child))
                yield return part;
        }
    }

    /// <summary>Whether the member adds the target to the collection: <c>tasks.Add(load)</c>, <c>tasks[0] = load</c>.</summary>
    private bool IsAdded(TaskPath collection)
    {
        if (collection.Root.DeclaringSyntaxReferences.Length == 0 || target.Root.DeclaringSyntaxReferences is not { Length: > 0 } references
            || references[0].GetSyntax(cancel) is not { } declaration || declaration.SyntaxTree != model.SyntaxTree)
        {
            return false;
        }

        foreach (var node in LocalValues.ScopeOf(declaration).DescendantNodes())
        {
            var isAdded = node switch
            {
                InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "AddRange" or "Enqueue" or "Push" or "TryAdd" } member } =>
                    Names(member.Expression, collection) && arguments.Any(argument => Includes(argument.Expression)),
                AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax element } assignment => Names(element.Expression, collection) && Includes(assignment.Right),
                _ => false,
            };

            if (isAdded)
                return true;
        }

        return false;
    }

    private bool Names(ExpressionSyntax expression, TaskPath collection) =>
        expression.GetLastToken().ValueText == collection.Symbols[collection.Symbols.Length - 1].Name
        && TaskPath.Of(model.GetOperation(expression, cancel)) is { } path && path.HasSameSymbols(collection);

    private bool Includes(ExpressionSyntax added) => model.GetOperation(added, cancel) is { } operation && Include(operation, Depth);
}
