using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The properties that cap how many connections there are, and from which number on that is enough for a server.</summary>
internal static class CapProperties
{
    // Browsers alone open six to a host; a server that talks to one with fewer than ten queues its own requests.
    private const int EnoughToOneHost = 10;

    // A browser keeps several connections open; fewer than a hundred are a handful of users.
    private const int EnoughClients = 100;

    /// <summary>The allowance that an assignment makes, in words; null where it caps nothing, or by a number from elsewhere.</summary>
    public static string? Of(AssignmentExpressionSyntax assignment, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (NameOf(assignment.Left)?.Identifier.ValueText is not { } name || !IsNamed(name) || ValueOf(assignment.Right, model, cancel) is not { } value
            || model.GetSymbolInfo(assignment.Left, cancel).Symbol is not IPropertySymbol { ContainingType: { } type })
        {
            return null;
        }

        return name switch
        {
            "DefaultConnectionLimit" when types.Is(type, "System.Net.ServicePointManager") => ToHost(value),
            "ConnectionLimit" when types.Is(type, "System.Net.ServicePoint") => ToHost(value),
            "MaxConnectionsPerServer" when type.ContainingNamespace is { Name: "Http", ContainingNamespace: { Name: "Net", ContainingNamespace.Name: "System" } } => ToHost(value),
            "MaxConcurrentConnections" or "MaxConcurrentUpgradedConnections" when types.Is(type, "Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerLimits") =>
                value is > 0 and < EnoughClients ? value == 1 ? "1 client connect" : $"{value} clients connect" : null,
            _ => null,
        };
    }

    /// <summary>The name of the property that is set; null for what is no member.</summary>
    public static SimpleNameSyntax? NameOf(ExpressionSyntax left) => left switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        SimpleNameSyntax name => name, // in an object initializer, or by `using static`
        _ => null,
    };

    private static bool IsNamed(string name) =>
        name is "DefaultConnectionLimit" or "ConnectionLimit" or "MaxConnectionsPerServer" or "MaxConcurrentConnections" or "MaxConcurrentUpgradedConnections";

    private static long? ValueOf(ExpressionSyntax value, SemanticModel model, CancellationToken cancel) => model.GetConstantValue(value, cancel).Value switch
    {
        int number => number,
        long number => number,
        short number => number,
        byte number => number,
        uint number => number,
        _ => null,
    };

    private static string? ToHost(long value) => value is > 0 and < EnoughToOneHost ? value == 1 ? "1 connection to a host be open" : $"{value} connections to a host be open" : null;
}
