using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>What operations say about one variable that holds a task, or one that holds several: that it is complete afterwards, or another task from then on.</summary>
internal sealed class TaskProofs(TaskPath target, FlowCaptures? captures, SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private const int Depth = 6;

    private readonly CompletedValues _values = new(model, types, cancel);
    private readonly LocalValues _locals = new(model, cancel);
    private readonly TaskSets _sets = new(target, model, cancel);

    public TaskPath Target => target;

    /// <summary>True where the task is complete after the operation, false where the variable holds another task, null where nothing changes. Looks at the operation alone, not at its parts.</summary>
    public bool? After(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation wait:
                return Completes(wait.Operation) ? true : null;
            case IPropertyReferenceOperation { Property: { Name: "Result", IsIndexer: false }, Instance: { } task } when Functions.IsTask(task.Type, types):
                return Completes(task) ? true : null;
            case ISimpleAssignmentOperation assignment when TaskPath.Of(assignment.Target, captures) is { } assigned:
                // Sorted or filtered, a collection holds the same tasks.
                if (!Changes(assigned) || (target.Element is not null && _sets.Include(assignment.Value)))
                    return null;

                return target.IsSame(assigned) && _values.Contain(assignment.Value, captures);
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when TaskPath.Of(argument.Value, captures) is { } given:
                return Changes(given) ? false : null;
            case IInvocationOperation call:
                return IsProof(call) ? true : null;
            default:
                return null;
        }
    }

    /// <summary>Whether the task is complete where <paramref name="condition"/> is <paramref name="value"/>.</summary>
    public bool Follows(IOperation? condition, bool value) => Follows(condition, value, 0);

    /// <summary>Whether the target is complete once <paramref name="task"/> is.</summary>
    public bool Completes(IOperation? task) => Completes(task, 0);

    private bool Changes(TaskPath assigned) => assigned.Element is null ? target.StartsWith(assigned) : target.IsSame(assigned);

    private bool Completes(IOperation? task, int depth)
    {
        if (task is null || depth > Depth)
            return false;

        if (TaskPath.Of(task, captures) is { } path && target.IsSame(path))
            return true;

        switch (task)
        {
            case IConversionOperation conversion:
                return Completes(conversion.Operand, depth);
            case IParenthesizedOperation parenthesized:
                return Completes(parenthesized.Operand, depth);
            case IFlowCaptureReferenceOperation captured:
                return captures?.ValuesOf(captured) is { Count: > 0 } values && values.All(value => Completes(value, depth + 1));
            case ILocalReferenceOperation local:
                return Completes(_locals.Of(local.Local), depth + 1);
            case IInvocationOperation call:
                if (call.TargetMethod.Name.StartsWith("WhenAll", StringComparison.Ordinal))
                    return call.Arguments.Any(argument => _sets.Include(argument.Value)) || (call.Instance is { } several && _sets.Include(several));

                return call.TargetMethod.Name is "ConfigureAwait" or "AsTask" or "WaitAsync" or "Preserve" or "ContinueWith" or "Unwrap" && Completes(TaskPath.SourceOf(call), depth + 1);
            default:
                return false;
        }
    }

    private bool IsProof(IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "Wait" or "RunSynchronously":
                return !HasTimeout(call) && call.Instance is { } task && Functions.IsTask(task.Type, types) && Completes(task);
            case "WaitAll":
                return !HasTimeout(call) && IsTask(call) && call.Arguments.Any(argument => _sets.Include(argument.Value));
            case { } name when TaskWait.IsExtension(name):
                return TaskWait.IsWaitingExtension(call.TargetMethod, types) && Completes(TaskPath.SourceOf(call));
            case "GetResult":
                return TaskWait.IsAwaiter(call.TargetMethod.ContainingType) && TaskOf(call.Instance) is { } awaited && Completes(awaited);
            case "SetResult" or "TrySetResult" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled" or "SetFromTask":
                return target is { Element: null, Symbols: { Length: > 1 } symbols } && symbols[symbols.Length - 1].Name == "Task"
                    && TaskPath.Of(call.Instance, captures) is { } source && source.Symbols.Length == symbols.Length - 1 && target.StartsWith(source);
            case "SpinUntil":
                return call.Arguments.Length == 1 && LambdaOf(Written(call)) is { } condition && Follows(condition, true);
            case "Assert":
                return call.Arguments.Length > 0 && Follows(call.Arguments[0].Value, true);
            case "GetEnumerator":
                return target.Element is not null && IsAwaitedOneByOne(call);
            default:
                return false;
        }
    }

    /// <summary><c>foreach (var task in tasks) await task;</c>, asked at its head, whose body no other wait for them can be in.</summary>
    private bool IsAwaitedOneByOne(IInvocationOperation call) => call.Syntax.Parent is ForEachStatementSyntax loop && loop.Expression == call.Syntax && _sets.Include(call.Instance)
        && (loop.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements[0] : loop.Statement) is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax wait }
        && TaskWait.WithoutConfigure(wait.Expression) is IdentifierNameSyntax name && name.Identifier.ValueText == loop.Identifier.ValueText;

    private bool Follows(IOperation? condition, bool value, int depth)
    {
        if (depth > Depth)
            return false;

        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return Follows(parenthesized.Operand, value, depth);
            case IConversionOperation conversion:
                return Follows(conversion.Operand, value, depth);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Follows(not.Operand, !value, depth);
            case IFlowCaptureReferenceOperation captured:
                return captures?.ValueOf(captured) is { } kept && Follows(kept, value, depth + 1);
            case ILocalReferenceOperation local:
                return Follows(_locals.Of(local.Local), value, depth + 1);
            case IPropertyReferenceOperation { Instance: { } task } property:
                return value && IsEndProperty(property.Property) && Completes(TaskOf(task) ?? task);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd } both:
                return value ? Follows(both.LeftOperand, true, depth + 1) || Follows(both.RightOperand, true, depth + 1)
                    : Follows(both.LeftOperand, false, depth + 1) && Follows(both.RightOperand, false, depth + 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr } either:
                return value ? Follows(either.LeftOperand, true, depth + 1) && Follows(either.RightOperand, true, depth + 1)
                    : Follows(either.LeftOperand, false, depth + 1) || Follows(either.RightOperand, false, depth + 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal:
                return IsEqual(equal.LeftOperand, equal.RightOperand, value, depth) || IsEqual(equal.RightOperand, equal.LeftOperand, value, depth);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different:
                return IsEqual(different.LeftOperand, different.RightOperand, !value, depth) || IsEqual(different.RightOperand, different.LeftOperand, !value, depth);
            case IIsPatternOperation test:
                return IsMatch(test.Value, test.Pattern, value);
            case IInvocationOperation call:
                return FollowsCall(call, value);
            default:
                return false;
        }
    }

    private bool FollowsCall(IInvocationOperation call, bool value)
    {
        switch (call.TargetMethod.Name)
        {
            case "Wait":
                return value && call.Instance is { } task && Functions.IsTask(task.Type, types) && Completes(task);
            case "WaitAll":
                return value && IsTask(call) && call.Arguments.Any(argument => _sets.Include(argument.Value));
            case "ReferenceEquals" when call.Arguments.Length == 2:
                return IsEqual(call.Arguments[0].Value, call.Arguments[1].Value, value, 0) || IsEqual(call.Arguments[1].Value, call.Arguments[0].Value, value, 0);
            case "Equals" when call is { Instance: { } left, Arguments.Length: 1 }:
                return IsEqual(left, call.Arguments[0].Value, value, 0) || IsEqual(call.Arguments[0].Value, left, value, 0);
            case "All" or "Any" when target.Element is not null && call.Arguments.Length > 0 && TaskPath.SourceOf(call) is { } source && _sets.Include(source):
                return value == (call.TargetMethod.Name == "All") && Written(call) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
                    && OfParameter(lambda) is { } element && element.Follows(LambdaOf(lambda), value);
            case { } name when name.StartsWith("IsCompleted", StringComparison.Ordinal):
                return value && Completes(TaskPath.SourceOf(call));
            default:
                return false;
        }
    }

    /// <summary>What is known of the parameter of a lambda that gets one element after the other.</summary>
    public TaskProofs? OfParameter(IAnonymousFunctionOperation lambda) => lambda.Symbol.Parameters is { Length: 1 } parameters
        ? new TaskProofs(new TaskPath(System.Collections.Immutable.ImmutableArray.Create<ISymbol>(parameters[0]), null), null, model, types, cancel)
        : null;

    /// <summary>The value of a lambda that is one expression.</summary>
    public static IOperation? LambdaOf(IOperation? operation) => operation switch
    {
        IArgumentOperation argument => LambdaOf(argument.Value),
        IDelegateCreationOperation creation => LambdaOf(creation.Target),
        IAnonymousFunctionOperation { Body.Operations: { Length: > 0 } operations } => operations[0] is IReturnOperation result ? result.ReturnedValue : null,
        _ => null,
    };

    private bool IsEqual(IOperation left, IOperation right, bool value, int depth)
    {
        // await Task.WhenAny(task, limit) == task, or != limit where there are only these two.
        if (_values.IsFromWhenAny(left, captures, out var any))
        {
            if (Completes(right))
                return value;

            return !value && _sets.ElementsOf(any!) is { Count: 2 } pair && TaskPath.Of(right, captures) is { } other
                && pair.Any(element => TaskPath.Of(element) is { } one && one.IsSame(other)) && pair.Any(element => TaskPath.Of(element) is { } one && !one.IsSame(other) && Completes(element));
        }

        if (right.ConstantValue is { HasValue: true, Value: bool constant })
            return Follows(left, value == constant, depth + 1);

        if (Unwrapped(left) is IPropertyReferenceOperation { Property.Name: "Status", Instance: { } task } && right.ConstantValue is { HasValue: true, Value: int status })
            return value && IsEnd(status) && Completes(task);

        return Unwrapped(left) is IPropertyReferenceOperation { Property.Name: "Exception", Instance: { } faulted } && right.ConstantValue is { HasValue: true, Value: null } && !value && Completes(faulted);
    }

    private bool IsMatch(IOperation tested, IPatternOperation pattern, bool value)
    {
        switch (pattern)
        {
            case INegatedPatternOperation not:
                return IsMatch(tested, not.Pattern, !value);
            case IBinaryPatternOperation both:
                return value == (both.OperatorKind == BinaryOperatorKind.And)
                    ? IsMatch(tested, both.LeftPattern, value) || IsMatch(tested, both.RightPattern, value)
                    : IsMatch(tested, both.LeftPattern, value) && IsMatch(tested, both.RightPattern, value);
            case IConstantPatternOperation constant:
                return IsEqual(tested, constant.Value, value, 0);
            case IRecursivePatternOperation recursive:
                return value && recursive.PropertySubpatterns.Any(part => part.Member is IPropertyReferenceOperation { Property: { } property } && Completes(tested) && part.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: { } wanted } }
                    && (IsEndProperty(property) ? wanted is true : property.Name == "Status" && wanted is int status && IsEnd(status)));
            default:
                return false;
        }
    }

    /// <summary>The last argument as it is written: a control flow graph has another form of lambdas.</summary>
    private IOperation? Written(IInvocationOperation call) => model.GetOperation(call.Syntax, cancel) is IInvocationOperation { Arguments: { Length: > 0 } arguments } ? arguments[arguments.Length - 1].Value : null;

    private static bool IsEndProperty(IPropertySymbol property) => property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled";

    /// <summary>RanToCompletion, Canceled or Faulted.</summary>
    private static bool IsEnd(int status) => status is >= 5 and <= 7;

    private IOperation? Unwrapped(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Unwrapped(conversion.Operand),
        IParenthesizedOperation parenthesized => Unwrapped(parenthesized.Operand),
        IFlowCaptureReferenceOperation captured => captures?.ValueOf(captured) is { } kept ? Unwrapped(kept) : null,
        ILocalReferenceOperation local => _locals.Of(local.Local) is { } value ? Unwrapped(value) : null,
        _ => operation,
    };

    /// <summary>The task that an awaiter is of.</summary>
    private IOperation? TaskOf(IOperation? awaiter) => awaiter is null ? null : Unwrapped(awaiter) is IInvocationOperation { TargetMethod.Name: "GetAwaiter" } call ? TaskPath.SourceOf(call) : null;

    private bool IsTask(IInvocationOperation call) => SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, types.Task);

    private static bool HasTimeout(IInvocationOperation call) => call.Arguments.Any(argument => argument.Parameter is { } parameter && TaskWait.IsTimeout(parameter));
}
