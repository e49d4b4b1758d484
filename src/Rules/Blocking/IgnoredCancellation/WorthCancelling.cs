using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Which calls do work that is for nothing once nobody waits for it, and that may stop anywhere.</summary>
internal static class WorthCancelling
{
    /// <summary>What writes piece by piece.</summary>
    private static readonly ImmutableArray<string> s_piecewise = ImmutableArray.Create(
        "Write", "Copy", "Append", "Serialize", "Flush", "Extract", "Move", "DownloadFile", "DownloadTo");

    /// <summary>What a user starts to have it done, and would not have undone by closing the page; and money on its way.</summary>
    private static readonly ImmutableArray<string> s_outliving = ImmutableArray.Create(
        "Install", "Uninstall", "Backup", "Restore", "Import", "Migrate", "Rebuild", "Reindex", "Optimize", "Trigger", "Start", "Stop", "Restart", "Enqueue", "Schedule",
        "Charge", "Pay", "Refund", "Capture", "Transfer", "Withdraw", "Deposit");

    /// <summary>Whether the call waits for something that goes on without anybody who wants it.</summary>
    public static bool Is(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var home = Calls.HomeOf(method);
        if (Begins(method.Name, s_outliving))
            return false;

        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction)
            || !(Awaitables.IsAwaitable(method.ReturnType, types, out _) || types.Is(method.ReturnType, "System.Collections.Generic.IAsyncEnumerable`1")))
        {
            return false;
        }

        // Of these, only the delay starts something; the others wait for what was started elsewhere or hand it to the pool.
        if (home is { Name: "Task" or "TaskFactory" or "Parallel" or "TaskExtensions", ContainingNamespace.Name: "Tasks" } && method.Name != "Delay")
            return false;

        var receiver = TwinCalls.SourceOf(call, method);
        var type = receiver is null ? home : model.GetTypeInfo(receiver, cancel).Type;
        if (TwinTable.RunsSynchronously(type, method, types) || (receiver is IdentifierNameSyntax local && HoldsMemory(local, call)) || LeavesHalfAFile(method, call))
            return false;

        return !IsTiedToRequest(home, method, type, receiver) && !ReadsRequest(call, receiver, model, cancel) && !IsBuffered(type, call, types);
    }

    /// <summary>Calls that end by themselves with the connection, those for other clients, and those of a context that passes its own token.</summary>
    private static bool IsTiedToRequest(INamedTypeSymbol home, IMethodSymbol method, ITypeSymbol? type, ExpressionSyntax? receiver)
    {
        var space = home.ContainingNamespace?.ToDisplayString() ?? "";
        if (space.StartsWith("FastEndpoints", StringComparison.Ordinal) || (space.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) && home.Name != "IFormFile"))
            return true;

        if (space.StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal) && method.Name.StartsWith("Send", StringComparison.Ordinal))
            return true;

        if (type?.Name is "ConsumeContext" or "IServerStreamWriter" or "IAsyncStreamWriter")
            return true;

        return receiver is not null && IsBody(receiver);
    }

    /// <summary>Whether the call is given the request or its body, itself or through a reader made of it: then it ends with the connection, or knows the token.</summary>
    private static bool ReadsRequest(InvocationExpressionSyntax call, ExpressionSyntax? receiver, SemanticModel model, CancellationToken cancel)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (IsBody(argument.Expression)
                || model.GetTypeInfo(argument.Expression, cancel).Type is { Name: "HttpContext" or "HttpRequest" or "HttpResponse", ContainingNamespace: { Name: "Http", ContainingNamespace.Name: "AspNetCore" } })
            {
                return true;
            }
        }

        if (receiver is not IdentifierNameSyntax local || Made(local, call) is not { ArgumentList: { } made })
            return false;

        foreach (var argument in made.Arguments)
        {
            if (IsBody(argument.Expression))
                return true;
        }

        return false;
    }

    private static bool IsBody(ExpressionSyntax expression) =>
        expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Body" or "BodyReader" or "BodyWriter", Expression: var message }
        && message.ToString() is var text && (text.EndsWith("Request", StringComparison.OrdinalIgnoreCase) || text.EndsWith("Response", StringComparison.OrdinalIgnoreCase));

    /// <summary>The content of an HTTP answer is in memory, unless the caller asked for the headers only.</summary>
    private static bool IsBuffered(ITypeSymbol? type, InvocationExpressionSyntax call, KnownTypes types) =>
        types.IsOrInherits(type, "System.Net.Http.HttpContent") && Functions.Enclosing(call)?.ToString().Contains("ResponseHeadersRead") != true;

    /// <summary>Who writes piece by piece leaves half a file when it is stopped, and nobody to remove it.</summary>
    private static bool LeavesHalfAFile(IMethodSymbol method, InvocationExpressionSyntax call)
    {
        var name = method.Name;
        if (name.StartsWith("CopyTo", StringComparison.Ordinal) && call.ArgumentList.Arguments.Count > 0 && call.ArgumentList.Arguments[0].Expression is IdentifierNameSyntax target && HoldsMemory(target, call))
            return false;

        return Begins(name, s_piecewise) || name.StartsWith("Save", StringComparison.Ordinal) && method.Parameters.Length > 0 && method.Parameters[0].Type is { Name: "Stream" or "String" };
    }

    /// <summary>A local of a general type that was made as a stream in memory.</summary>
    private static bool HoldsMemory(IdentifierNameSyntax local, SyntaxNode call) =>
        Made(local, call) is ObjectCreationExpressionSyntax created && created.Type.ToString().EndsWith("MemoryStream", StringComparison.Ordinal);

    /// <summary>What a local of the function was made as.</summary>
    private static BaseObjectCreationExpressionSyntax? Made(IdentifierNameSyntax local, SyntaxNode call)
    {
        foreach (var node in Functions.Enclosing(call)?.DescendantNodes() ?? [])
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax created } variable && variable.Identifier.ValueText == local.Identifier.ValueText)
                return created;
        }

        return null;
    }

    private static bool Begins(string name, ImmutableArray<string> verbs)
    {
        foreach (var verb in verbs)
        {
            if (name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || char.IsUpper(name[verb.Length])))
                return true;
        }

        return false;
    }
}
