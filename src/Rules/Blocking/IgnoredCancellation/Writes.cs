using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Which calls leave something behind that outlives the request. What cannot be told to read counts as a write.</summary>
internal static class Writes
{
    private static readonly ImmutableHashSet<string> s_reading = ImmutableHashSet.Create(
        "Get", "Find", "List", "Load", "Read", "Query", "Search", "Fetch", "Retrieve", "Count", "Any", "All", "Exist", "Exists", "Is", "Has", "Have", "Check", "Can", "Does", "Must", "Should",
        "Validate", "Verify", "First", "Single", "Last", "Element", "To", "As", "Look", "Lookup", "Resolve", "Contains", "Contain", "Sum", "Min", "Max", "Average", "Open", "Parse", "Download", "Receive",
        "Wait", "Delay", "Authorize", "Authenticate", "Build", "Compute", "Calculate", "Render", "Map", "Filter", "Select", "Where", "Peek", "Ping", "Begin", "Deserialize", "Match", "Compare",
        "Convert", "Format", "Describe", "Show", "Display", "Enumerate", "Collect", "Prepare", "Preview", "Page", "Paginate", "Stream", "Connect", "When", "Yield", "From", "Include");

    private static readonly ImmutableHashSet<string> s_changing = ImmutableHashSet.Create(
        "Create", "Add", "Update", "Insert", "Save", "Set", "Store", "Delete", "Remove", "Register", "Mark");

    /// <summary>Synchronous calls that write for sure; most others change objects in memory.</summary>
    private static readonly ImmutableArray<string> s_sync = ImmutableArray.Create("SaveChanges", "Execute", "Publish", "Send", "Enqueue", "Schedule", "Commit", "TryWrite");

    private static readonly ImmutableArray<string> s_ofFiles = ImmutableArray.Create("Write", "Append", "Delete", "Move", "Copy", "Create", "Replace");

    private static readonly ImmutableArray<string> s_ofCache = ImmutableArray.Create("Remove", "Set", "Invalidate", "Evict", "Clear", "Refresh");

    public static bool Is(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (Calls.NameOf(call)?.Identifier.ValueText is not { } name)
            return false;

        var receiver = Calls.ReceiverOf(call);
        var isAsync = name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal);
        if (!isAsync && call.Parent is not AwaitExpressionSyntax && !IsConfigured(call))
            return WritesSynchronously(name, receiver, call, model, types, cancel);

        var verb = isAsync ? name.Substring(0, name.Length - AsyncTwins.Suffix.Length) : name;
        if (verb.Length == 0 || verb is "ConfigureAwait" or "WhenAll" or "WhenAny" || Reads(verb) || verb.StartsWith("ExecuteReader", StringComparison.Ordinal) || verb.StartsWith("ExecuteScalar", StringComparison.Ordinal))
            return false;

        if (verb is "Send" && SendsQuery(call, model, cancel))
            return false;

        // The answer to this request is of no use to anybody else.
        if (receiver is not null && (MentionsResponse(receiver) || (verb is "Execute" or "ExecuteInTransaction" && WaitedForLambda(call))))
            return false;

        return model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method
            || (method.MethodKind != MethodKind.LocalFunction && !TwinTable.IsNever(method) && Awaitables.IsAwaitable(method.ReturnType, types, out _) && !IsResult(method));
    }

    /// <summary>Whether the name begins with a word that reads, and nothing is changed beside: not <c>GetOrCreate</c>.</summary>
    private static bool Reads(string name)
    {
        var start = name.StartsWith("Try", StringComparison.Ordinal) && name.Length > 3 && char.IsUpper(name[3]) ? 3 : 0;
        var first = WordAt(name, start);
        if (name == "MoveNext")
            return true;

        if (!s_reading.Contains(first))
            return false;

        for (var at = start + first.Length; at < name.Length;)
        {
            var word = WordAt(name, at);
            at += word.Length;
            if (word is "Or" or "And" && at < name.Length && s_changing.Contains(WordAt(name, at)))
                return false;
        }

        return true;
    }

    private static string WordAt(string name, int start)
    {
        var end = start + 1;
        while (end < name.Length && !char.IsUpper(name[end]))
            end++;

        return name.Substring(start, end - start);
    }

    private static bool WritesSynchronously(string name, ExpressionSyntax? receiver, InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (receiver is null)
            return false;

        var isOfFiles = receiver is SimpleNameSyntax { Identifier.ValueText: "File" or "Directory" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "File" or "Directory" };
        var isOfCache = receiver.ToString().IndexOf("cache", StringComparison.OrdinalIgnoreCase) >= 0;
        foreach (var verb in isOfFiles ? s_ofFiles : isOfCache ? s_ofCache : s_sync)
        {
            if (name.StartsWith(verb, StringComparison.Ordinal))
                return !MentionsResponse(receiver) && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method && !Awaitables.IsAwaitable(method.ReturnType, types, out _);
        }

        return false;
    }

    /// <summary><c>Send(new OrdersQuery())</c>, <c>SendAsync</c> of a message made with <c>HttpMethod.Get</c>.</summary>
    private static bool SendsQuery(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        if (call.ArgumentList.Arguments.Count == 0)
            return false;

        var message = call.ArgumentList.Arguments[0].Expression;
        if (model.GetTypeInfo(message, cancel).Type is not { } type)
            return false;

        if (type.Name != "HttpRequestMessage")
            return type.Name.EndsWith("Query", StringComparison.Ordinal) || Reads(type.Name);

        if (message is not IdentifierNameSyntax local || Functions.Enclosing(call) is not { } function)
            return message.ToString().Contains("HttpMethod.Get");

        foreach (var node in function.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer: { } value } variable && variable.Identifier.ValueText == local.Identifier.ValueText)
                return value.ToString().Contains("HttpMethod.Get");
        }

        return false;
    }

    private static bool MentionsResponse(ExpressionSyntax receiver) => receiver.ToString().IndexOf("response", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>A retry or a transaction around a lambda does what the lambda does, which is read by itself.</summary>
    private static bool WaitedForLambda(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
                return true;
        }

        return false;
    }

    /// <summary>A task made at once of a value: <c>Task.FromResult</c>, <c>Task.CompletedTask</c>.</summary>
    private static bool IsResult(IMethodSymbol method) => method is { IsStatic: true, ContainingType: { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } };

    private static bool IsConfigured(InvocationExpressionSyntax call) =>
        call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" };
}
