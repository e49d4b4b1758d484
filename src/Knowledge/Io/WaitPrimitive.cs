using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What a blocking wait waits for.</summary>
/// <param name="Type">The type's name, for the message.</param>
/// <param name="Twin">The async method of the same type; null where there is none.</param>
/// <param name="Instead">What to await, as the message names it.</param>
internal sealed record WaitPrimitive(string Type, string? Twin, string Instead)
{
    private const string Event = "the task of a TaskCompletionSource";
    private const string Queue = "the reader of a Channel";

    /// <summary>Types whose waits have an async twin, by the names of the methods; one whose twin is not called like it has it after a colon.</summary>
    private static readonly ImmutableArray<(string Type, ImmutableDictionary<string, string> Twins)> s_awaitable = ImmutableArray.Create(
        Awaitable("System.Threading.SemaphoreSlim", "Wait"),
        Awaitable("System.Diagnostics.Process", "WaitForExit"),
        Awaitable("System.Net.Dns", "GetHostEntry", "GetHostAddresses", "GetHostByName:GetHostEntryAsync", "GetHostByAddress:GetHostEntryAsync", "Resolve:GetHostEntryAsync"),
        Awaitable("System.Net.Mail.SmtpClient", "Send:SendMailAsync"),
        Awaitable("MailKit.IMailService", "Send", "Connect", "Authenticate", "Disconnect"),
        Awaitable("System.Net.NetworkInformation.Ping", "Send:SendPingAsync"),
        // What only hands a datagram to the system does not wait.
        Awaitable("System.Net.Sockets.Socket", "Connect", "Accept", "Receive", "ReceiveFrom", "ReceiveMessageFrom", "Send", "SendFile", "Disconnect"),
        Awaitable("System.Net.Sockets.TcpClient", "Connect"),
        Awaitable("System.Net.Sockets.TcpListener", "AcceptTcpClient", "AcceptSocket"),
        Awaitable("System.Net.Sockets.UdpClient", "Receive"),
        Awaitable("System.Net.Sockets.NetworkStream", "Read", "Write"));

    /// <summary>Types whose waits cannot be awaited, the names of the methods, and what can be.</summary>
    private static readonly ImmutableArray<(string Type, ImmutableHashSet<string> Methods, string Instead)> s_threadOnly = ImmutableArray.Create(
        ("System.Threading.ManualResetEventSlim", ImmutableHashSet.Create("Wait"), Event),
        ("System.Threading.WaitHandle", ImmutableHashSet.Create("WaitOne", "WaitAll", "WaitAny", "SignalAndWait"), Event),
        ("System.Threading.Thread", ImmutableHashSet.Create("Join"), "a task in place of the thread"),
        ("System.Threading.CountdownEvent", ImmutableHashSet.Create("Wait"), "Task.WhenAll"),
        ("System.Threading.Barrier", ImmutableHashSet.Create("SignalAndWait"), "Task.WhenAll"),
        ("System.Collections.Concurrent.BlockingCollection`1", ImmutableHashSet.Create("Take", "TryTake", "GetConsumingEnumerable"), Queue));

    private static readonly ImmutableHashSet<string> s_names = Names();

    /// <summary>Whether a call of this name can be one; asked of every call, before anything is bound.</summary>
    public static bool MayWait(InvocationExpressionSyntax call, string name) => s_names.Contains(name) && name switch
    {
        // string.Join takes more.
        "Join" => call.ArgumentList.Arguments.Count < 2,
        "TryTake" => call.ArgumentList.Arguments.Count > 1,
        "GetConsumingEnumerable" => call.Parent is CommonForEachStatementSyntax,
        _ => true,
    };

    public static WaitPrimitive? Of(IMethodSymbol method, InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (method.IsExtensionMethod)
            return null;

        foreach (var (type, twins) in s_awaitable)
        {
            if (twins.TryGetValue(method.Name, out var twin) && types.IsOrInherits(method.ContainingType, type))
                return new WaitPrimitive(method.ContainingType.Name, twin, twin);
        }

        foreach (var (type, methods, instead) in s_threadOnly)
        {
            if (methods.Contains(method.Name) && types.Is(method.ContainingType, type))
                return new WaitPrimitive(method.ContainingType.Name, null, Better(method, call, instead, model, types, cancel));
        }

        return null;
    }

    private static string Better(IMethodSymbol method, InvocationExpressionSyntax call, string usual, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (method.Name != "WaitOne" || Calls.ReceiverOf(call) is not { } receiver)
            return usual;

        if (types.IsOrInherits(model.GetTypeInfo(receiver, cancel).Type, "System.Threading.Mutex"))
            return "SemaphoreSlim.WaitAsync";

        return receiver is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitHandle" } && types.Is(model.GetSymbolInfo(receiver, cancel).Symbol?.ContainingType, "System.Threading.CancellationToken")
            ? "Task.Delay with the token"
            : usual;
    }

    private static (string, ImmutableDictionary<string, string>) Awaitable(string type, params string[] methods)
    {
        var twins = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var method in methods)
        {
            var parts = method.Split(':');
            twins[parts[0]] = parts.Length > 1 ? parts[1] : method + AsyncTwins.Suffix;
        }

        return (type, twins.ToImmutable());
    }

    private static ImmutableHashSet<string> Names()
    {
        var names = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (_, twins) in s_awaitable)
            names.UnionWith(twins.Keys);

        foreach (var (_, methods, _) in s_threadOnly)
            names.UnionWith(methods);

        return names.ToImmutable();
    }
}
