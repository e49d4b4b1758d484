using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>How code holds its thread until a task is complete.</summary>
internal enum WaitKind
{
    /// <summary><c>task.Result</c></summary>
    Result,

    /// <summary><c>task.Wait(…)</c></summary>
    Wait,

    /// <summary><c>task.GetAwaiter().GetResult()</c></summary>
    GetResult,

    /// <summary><c>task.Await()</c>, <c>task.RunSync()</c>, …: an extension method that hands out the result of its task, and so has to wait for it</summary>
    Extension,

    /// <summary><c>Task.WaitAll(…)</c></summary>
    WaitAll,

    /// <summary><c>Task.WaitAny(…)</c></summary>
    WaitAny,
}

/// <summary>A place that holds its thread until a task is complete, unless the task is complete already.</summary>
/// <param name="Kind">The form.</param>
/// <param name="Name">The name that waits: <c>Result</c>, <c>Wait</c>, <c>GetResult</c>, …</param>
/// <param name="Whole">The expression whose value is the task's.</param>
/// <param name="Task">What is waited for, <c>ConfigureAwait(…)</c> included; null for several tasks.</param>
/// <param name="Method">The method that waits; null for <c>Result</c>.</param>
internal sealed record TaskWait(WaitKind Kind, SimpleNameSyntax Name, ExpressionSyntax Whole, ExpressionSyntax? Task, IMethodSymbol? Method)
{
    /// <summary>The arguments of the wait; empty for <c>Result</c>.</summary>
    public SeparatedSyntaxList<ArgumentSyntax> Arguments => Whole is InvocationExpressionSyntax call ? call.ArgumentList.Arguments : default;

    /// <summary>Whether a method of this name can be one; asked before anything is bound.</summary>
    public static bool MayBe(string name) => name is "Wait" or "WaitAll" or "WaitAny" or "GetResult" || IsExtension(name);

    /// <summary>What a message calls the wait.</summary>
    public static string Text(TaskWait wait) => wait.Kind switch
    {
        WaitKind.GetResult => "GetAwaiter().GetResult()",
        WaitKind.WaitAll or WaitKind.WaitAny => $"Task.{wait.Name.Identifier.ValueText}",
        _ => wait.Name.Identifier.ValueText,
    };

    /// <summary>The wait that <paramref name="name"/> is the name of; null where it is something else, or does not wait: <c>Wait(0)</c> only looks.</summary>
    public static TaskWait? Of(SimpleNameSyntax name, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        ExpressionSyntax member = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        if (name.Identifier.ValueText == "Result")
        {
            return model.GetSymbolInfo(name, cancel).Symbol is IPropertySymbol property && IsResultOf(property.ContainingType, types) && ReceiverOf(member) is { } task
                ? new TaskWait(WaitKind.Result, name, member, task, null)
                : null;
        }

        if (member.Parent is not InvocationExpressionSyntax call || call.Expression != member || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
            return null;

        switch (method.Name)
        {
            case "Wait" when IsTask(method, types) && !OnlyLooks(call, method, model, cancel) && ReceiverOf(member) is { } task:
                return new TaskWait(WaitKind.Wait, name, call, task, method);
            case "WaitAll" when IsTask(method, types) && !OnlyLooks(call, method, model, cancel):
                return new TaskWait(WaitKind.WaitAll, name, call, null, method);
            case "WaitAny" when IsTask(method, types) && !OnlyLooks(call, method, model, cancel):
                return new TaskWait(WaitKind.WaitAny, name, call, null, method);
            case "GetResult" when IsAwaiter(method.ContainingType) && ReceiverOf(member) is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } awaiter
                    && Calls.NameOf(awaiter)?.Identifier.ValueText == "GetAwaiter" && ReceiverOf(awaiter.Expression) is { } task:
                return new TaskWait(WaitKind.GetResult, name, call, task, method);
            case { } other when IsExtension(other) && IsWaitingExtension(method, types) && ReceiverOf(member) is { } task:
                return new TaskWait(WaitKind.Extension, name, call, task, method);
            default:
                return null;
        }
    }

    /// <summary>Whether libraries and programs give this name to their method that waits for a task.</summary>
    public static bool IsExtension(string name) => name is "Await" or "RunSync" or "WaitAndUnwrapException";

    /// <summary>Whether the method is declared to wait for the task that it is called on, without a limit.</summary>
    public static bool IsWaitingExtension(IMethodSymbol method, KnownTypes types) => method is { IsExtensionMethod: true, IsAsync: false } && IsExtension(method.Name)
        && (method.ReducedFrom ?? method).Parameters is { Length: 1 } parameters && parameters[0].Type is INamedTypeSymbol task && Functions.IsTask(task, types)
        && ((method.ReducedFrom ?? method) is var definition && (task.Arity == 0 ? definition.ReturnsVoid : SymbolEqualityComparer.Default.Equals(definition.ReturnType, task.TypeArguments[0])));

    /// <summary>The task itself, without <c>ConfigureAwait(…)</c> and parentheses.</summary>
    public static ExpressionSyntax WithoutConfigure(ExpressionSyntax task)
    {
        while (true)
        {
            switch (task)
            {
                case ParenthesizedExpressionSyntax inner:
                    task = inner.Expression;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } member }:
                    task = member.Expression;
                    break;
                default:
                    return task;
            }
        }
    }

    /// <summary>Whether the parameter is the limit of a wait: milliseconds or a time span.</summary>
    public static bool IsTimeout(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_Int32 || parameter.Type is { Name: "TimeSpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether the type is one that the compiler gets from <c>GetAwaiter</c> of a task.</summary>
    public static bool IsAwaiter(INamedTypeSymbol type) =>
        type is { Name: "TaskAwaiter" or "ConfiguredTaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredValueTaskAwaiter", ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "Runtime" } };

    private static bool IsResultOf(INamedTypeSymbol type, KnownTypes types) => type.Arity == 1
        && (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.TaskOfT) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.ValueTaskOfT));

    private static bool IsTask(IMethodSymbol method, KnownTypes types) => SymbolEqualityComparer.Default.Equals(method.ContainingType, types.Task);

    private static bool OnlyLooks(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, CancellationToken cancel)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (TwinCalls.ParameterOf(arguments[i], i, method) is { } parameter && IsTimeout(parameter)
                && (model.GetConstantValue(arguments[i].Expression, cancel).Value is 0 || arguments[i].Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" }))
            {
                return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax? ReceiverOf(ExpressionSyntax member)
    {
        if (member is MemberAccessExpressionSyntax access)
            return access.Expression;

        for (var parent = member.Parent; member is MemberBindingExpressionSyntax && parent is not null; parent = parent.Parent)
        {
            if (parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull.Span.Contains(member.Span))
                return conditional.Expression;
        }

        return null;
    }
}
