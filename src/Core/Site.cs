using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Core;

/// <summary>The place that a rule looks at, and what it may ask and say there.</summary>
internal readonly struct Site(RuleContext rule, SyntaxNode node, SemanticModel model, Action<Diagnostic> report, CancellationToken cancel)
{
    public RuleContext Rule { get; } = rule;

    public SyntaxNode Node { get; } = node;

    public SemanticModel Model { get; } = model;

    public CancellationToken Cancel { get; } = cancel;

    public KnownTypes Types => Rule.Types;

    public T Read<T>(Option<T> option) => Rule.Read(option, Node.SyntaxTree);

    /// <summary>Finds async twins here; what the user excluded is not found.</summary>
    public AsyncTwins Twins => new(Model, Types, TwinExclusions.Of(Rule.Options, Read(CommonOptions.ExcludedSymbols), Cancel), Cancel);

    /// <summary>Which request, if any, reaches the function that runs <paramref name="at"/>. Ask last: it is the dearest question.</summary>
    public RequestPath PathTo(SyntaxNode at) => Paths.To(at, Model, Cancel);

    /// <summary>Tells functions that a framework calls for a request from all others.</summary>
    public RequestPaths Paths => RequestPaths.Of(Rule.Compilation, PathSettings());

    /// <summary>Whether a rule about blocking calls looks at <paramref name="at"/> under the user's <c>scope</c>, and by which path.</summary>
    public bool IsInBlockingScope(SyntaxNode at, out RequestPath path)
    {
        path = PathTo(at);
        return path.Reach switch
        {
            Reach.Cold => false,
            Reach.Request => true,
            _ => Functions.IsAsyncContext(at, Model, Types, Cancel) || Read(CommonOptions.Scope) switch
            {
                Scope.Strict => false,
                Scope.All => true,
                _ => ServerFrameworks.AreReferencedBy(Rule.Compilation),
            },
        };
    }

    /// <summary>Whether <paramref name="at"/> is on a request path: proven, or undecided in a server while <c>scope = auto</c>.</summary>
    public bool IsOnRequestPath(SyntaxNode at, out RequestPath path)
    {
        path = PathTo(at);
        return path.Reach == Reach.Request
            || (path.Reach == Reach.Unknown && Read(CommonOptions.Scope) == Scope.Auto && ServerFrameworks.AreReferencedBy(Rule.Compilation));
    }

    public void Report(Location location, params object?[] arguments) => Report(location, RequestPath.Unknown, ImmutableDictionary<string, string?>.Empty, arguments);

    public void Report(Location location, RequestPath path, params object?[] arguments) => Report(location, path, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>Reports the rule; a chain of calls that leads here from an entry is named in the message, with the entry as additional location.</summary>
    public void Report(Location location, RequestPath path, ImmutableDictionary<string, string?> facts, params object?[] arguments)
    {
        if (arguments.Length != Rule.Rule.ChainPlaceholder)
            throw new ArgumentException($"{Rule.Rule.Id}: its message takes {Rule.Rule.ChainPlaceholder} arguments, not {arguments.Length}", nameof(arguments));

        // A lambda has no name; the request that runs it has.
        for (var i = 0; i < arguments.Length && path.Chain.Length == 1; i++)
        {
            if (arguments[i] is Functions.Lambda)
                arguments[i] = path.Chain[0];
        }

        report(Diagnostic.Create(Rule.Rule.Descriptor, location, path.Entry is { } entry ? [entry] : null, facts, [.. arguments, path.Suffix]));
    }

    private PathSettings PathSettings() => new(Read(CommonOptions.ReachDepth), Read(CommonOptions.EntryTypes));
}
