using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A call in an entry that could be told when its caller has gone, and is not.</summary>
/// <param name="Call">The call.</param>
/// <param name="Method">What it calls.</param>
/// <param name="Entry">The function around it.</param>
/// <param name="Token">How code there names the token; null where the entry must take one first.</param>
/// <param name="Fallback">Where the entry shall take one: what else names it, should the entry be unable to; null for nothing.</param>
/// <param name="Place">Where the token goes.</param>
internal sealed record CancellableCall(InvocationExpressionSyntax Call, IMethodSymbol Method, RequestEntry Entry, string? Token, string? Fallback, TokenPlace Place)
{
    /// <summary>What the parameter that takes the token is called.</summary>
    public string? ParameterName { get; init; } = Place.Parameter?.Name;

    private static readonly ImmutableArray<string> s_piecewise = ImmutableArray.Create(
        "Write", "Copy", "Append", "Serialize", "Flush", "Extract", "Move", "DownloadFile", "DownloadTo");

    /// <summary>What a user starts to have it done, and would not have undone by closing the page; and money on its way.</summary>
    private static readonly ImmutableArray<string> s_outliving = ImmutableArray.Create(
        "Install", "Uninstall", "Backup", "Restore", "Import", "Migrate", "Rebuild", "Reindex", "Optimize", "Trigger", "Start", "Stop", "Restart", "Enqueue", "Schedule",
        "Charge", "Pay", "Refund", "Capture", "Transfer", "Withdraw", "Deposit");

    private const string None = "global::System.Threading.CancellationToken.None";

    /// <summary>The call as one that could be told; <paramref name="paths"/> says who is an entry.</summary>
    public static CancellableCall? Of(
        InvocationExpressionSyntax call, ImmutableArray<string> mustFinish, RequestPaths paths, SemanticModel model, AsyncTwins twins, KnownTypes types, CancellationToken cancel)
    {
        if (Calls.NameOf(call) is not { } name || MustFinish.Names(name.Identifier.ValueText, mustFinish) || RequestEntry.Around(call, paths, cancel) is not { } function
            || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || !IsWorthCancelling(call, method, model, types, cancel)
            || !TokenOverloads.MayTake(call, method, model, types, cancel)
            || RequestEntry.Of(function, call, model, types, cancel) is not { } entry)
        {
            return null;
        }

        var (token, fallback, isHad) = TokenFor(call, entry, model, types, cancel);

        // A pause keeps nothing busy: it alone is no reason for another parameter.
        if (!isHad || (method is { Name: "Delay", ContainingType.Name: "Task" } && GivenFor(call, entry, model, types, cancel) is null))
            return null;

        var place = TokenOverloads.PlaceOf(token ?? None, call, method, twins);
        if (place.Form == TokenForm.None || !IsHarmless(call, method, entry, model, types, cancel))
            return null;

        return new CancellableCall(call, method, entry, token, fallback, place);
    }

    /// <summary>How code at the call names the entry's token: null where the entry must take one first, and what else names it then; and whether there is any.</summary>
    public static (string? Token, string? Fallback, bool IsHad) TokenFor(InvocationExpressionSyntax call, RequestEntry entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (GivenFor(call, entry, model, types, cancel) is { } given)
            return (given, null, true);

        var fallback = entry.CanReach ? CancellationTokens.InScope(call, model, types, cancel) : null;
        return entry.BindsToken(model, types, cancel) && !(fallback is not null && IsHabit(fallback, call)) ? (null, fallback, true) : (fallback, null, fallback is not null);
    }

    /// <summary>Whether nothing is left half done, and no handler misled, where the call is cancelled.</summary>
    public static bool IsHarmless(InvocationExpressionSyntax call, IMethodSymbol method, RequestEntry entry, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        !CancelledTries.AreHarmed(call, method, entry.Function, model, types, cancel) && !ExpressionTrees.Contain(call, model, types, cancel)
        && !WriteOrder.Of(entry.Function, model, types, cancel).IsBetweenWrites(call);

    /// <summary>A token that a parameter or a local has.</summary>
    private static string? GivenFor(InvocationExpressionSyntax call, RequestEntry entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var local = LocalTokens.Before(call, entry.Function, model, types, cancel);
        return CancellationTokens.FromParameters(call, model, types, cancel) is { } given && (local is null || given.IndexOf('.') < 0) ? given : local;
    }

    /// <summary>Whether the call waits for something that goes on without anybody who wants it.</summary>
    private static bool IsWorthCancelling(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
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

    /// <summary>Whether the code of the type passes the request's own token elsewhere, and takes none as parameter.</summary>
    private static bool IsHabit(string token, SyntaxNode call)
    {
        var type = call.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        var text = type?.ToString() ?? "";
        return text.Contains(token) && !text.Contains("CancellationToken ");
    }
}
