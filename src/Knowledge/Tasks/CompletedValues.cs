using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>Expressions whose task is complete when they have it: <c>Task.FromResult(…)</c>, <c>await Task.WhenAny(…)</c> and what is made of them.</summary>
internal sealed class CompletedValues(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private const int Depth = 4;

    private readonly LocalValues _locals = new(model, cancel);

    public bool Contain(IOperation? value, FlowCaptures? captures = null) => IsCompleted(value, captures, 0);

    /// <summary>Whether the operation has the task that <c>Task.WhenAny(…)</c> found to be complete; <paramref name="any"/> is that call.</summary>
    public bool IsFromWhenAny(IOperation? value, FlowCaptures? captures, out IInvocationOperation? any)
    {
        any = null;
        switch (value)
        {
            case IConversionOperation conversion:
                return IsFromWhenAny(conversion.Operand, captures, out any);
            case IParenthesizedOperation parenthesized:
                return IsFromWhenAny(parenthesized.Operand, captures, out any);
            case IFlowCaptureReferenceOperation captured:
                return IsFromWhenAny(captures?.ValueOf(captured), captures, out any);
            case ILocalReferenceOperation local:
                return IsFromWhenAny(_locals.Of(local.Local), null, out any);
            case IAwaitOperation wait:
                return IsWhenAny(wait.Operation, captures, out any);
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task }:
                return IsWhenAny(task, captures, out any);
            case IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } }:
                return IsWhenAny(awaited, captures, out any);
            default:
                return false;
        }
    }

    private bool IsWhenAny(IOperation task, FlowCaptures? captures, out IInvocationOperation? any)
    {
        any = null;
        while (task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync", Instance: { } inner })
            task = inner;

        if (task is IFlowCaptureReferenceOperation captured)
            task = captures?.ValueOf(captured) ?? task;

        if (task is ILocalReferenceOperation local && _locals.Of(local.Local) is { } made)
            task = made;

        any = task as IInvocationOperation;
        return any is { TargetMethod.Name: "WhenAny" } && IsTask(any.TargetMethod.ContainingType);
    }

    private bool IsCompleted(IOperation? value, FlowCaptures? captures, int depth)
    {
        if (value is null || depth > Depth)
            return false;

        switch (value)
        {
            case IConversionOperation conversion:
                return IsCompleted(conversion.Operand, captures, depth);
            case IParenthesizedOperation parenthesized:
                return IsCompleted(parenthesized.Operand, captures, depth);
            case IFlowCaptureReferenceOperation captured:
                return captures?.ValuesOf(captured) is { Count: > 0 } values && values.All(kept => IsCompleted(kept, captures, depth + 1));
            case IConditionalOperation { WhenFalse: { } other } choice:
                return IsCompleted(choice.WhenTrue, captures, depth + 1) && IsCompleted(other, captures, depth + 1);
            case IDefaultValueOperation:
                return IsValueTask(value.Type);
            case IObjectCreationOperation creation:
                return IsValueTask(creation.Type) && (creation.Arguments.IsEmpty || creation.Constructor!.OriginalDefinition.Parameters[0].Type is ITypeParameterSymbol
                    || IsCompleted(creation.Arguments[0].Value, captures, depth + 1));
            case IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } property } when IsTask(property.ContainingType) || IsValueTask(property.ContainingType):
                return true;
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                return field.DeclaringSyntaxReferences is { Length: 1 } && field.DeclaringSyntaxReferences[0].GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: { } initial }
                    && IsCompletedIn(initial, depth);
            case ILocalReferenceOperation local:
                return IsCompleted(_locals.Of(local.Local), null, depth + 1);
            case IArrayElementReferenceOperation { Indices: { Length: 1 } indices }:
                return IsWaitAny(indices[0]);
            case IPropertyReferenceOperation { Arguments: { Length: 1 } arguments }:
                return IsWaitAny(arguments[0].Value);
            case IInvocationOperation call when IsCompletedCall(call, captures, depth):
                return true;
            default:
                return IsFromWhenAny(value, captures, out _);
        }
    }

    private bool IsCompletedCall(IInvocationOperation call, FlowCaptures? captures, int depth)
    {
        var method = call.TargetMethod;
        if (IsTask(method.ContainingType) || IsValueTask(method.ContainingType))
        {
            return method.Name is "FromResult" or "FromException" or "FromCanceled"
                || (method.Name is "AsTask" or "ConfigureAwait" or "Preserve" && IsCompleted(call.Instance, captures, depth + 1));
        }

        // `LoadCore(id, async: false)`: one method does the work of two, and this half has done it when it returns.
        if (call.Arguments.Any(argument => argument is { Parameter: { Type.SpecialType: SpecialType.System_Boolean, Name: "async" or "isAsync" or "useAsync" or "runAsync" }, Value.ConstantValue: { HasValue: true, Value: false } }))
            return true;

        // A method of the program that never waits, whatever its signature says.
        return method is { IsAsync: false, IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences: { Length: 1 } references }
            && Functions.IsTask(method.ReturnType, types)
            && references[0].GetSyntax(cancel) is var declaration && ResultsOf(declaration) is { Length: > 0 } results
            && results.All(result => IsCompletedIn(result, depth + 1));
    }

    private static ExpressionSyntax[] ResultsOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax { ExpressionBody.Expression: { } value } => [value],
        LocalFunctionStatementSyntax { ExpressionBody.Expression: { } value } => [value],
        MethodDeclarationSyntax { Body: { } body } => ResultsIn(body),
        LocalFunctionStatementSyntax { Body: { } body } => ResultsIn(body),
        _ => [],
    };

    private static ExpressionSyntax[] ResultsIn(BlockSyntax body) => body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<ReturnStatementSyntax>().Where(result => result.Expression is not null).Select(result => result.Expression!).ToArray();

    private bool IsCompletedIn(ExpressionSyntax value, int depth)
    {
        var home = SemanticModels.Of(value.SyntaxTree, model);
        return (home == model ? this : new CompletedValues(home, types, cancel)).IsCompleted(home.GetOperation(value, cancel), null, depth + 1);
    }

    /// <summary>Whether the index is that of the task which <c>Task.WaitAny(…)</c> found to be complete.</summary>
    private bool IsWaitAny(IOperation index) => index switch
    {
        IConversionOperation conversion => IsWaitAny(conversion.Operand),
        ILocalReferenceOperation local => _locals.Of(local.Local) is { } value && IsWaitAny(value),
        IInvocationOperation call => call.TargetMethod.Name == "WaitAny" && IsTask(call.TargetMethod.ContainingType),
        _ => false,
    };

    private bool IsTask(INamedTypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, types.Task) || SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, types.TaskOfT);

    private bool IsValueTask(ITypeSymbol? type) => type is not null
        && (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.ValueTask) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.ValueTaskOfT));
}
