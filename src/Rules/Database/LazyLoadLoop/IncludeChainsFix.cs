using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Entities;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>One <c>Include</c> with what is included behind it.</summary>
/// <param name="Anchor">The last call of it that the code has; null for a new one.</param>
/// <param name="Path">The navigations by name.</param>
/// <param name="Added">What is to be added, in order; for a new one all of it.</param>
/// <param name="CanGoOn">Whether a <c>ThenInclude</c> can follow: not after a string.</param>
internal sealed record IncludeChain(ExpressionSyntax? Anchor, string Path, ImmutableArray<Navigation> Added, bool CanGoOn);

/// <summary>The includes of one fluent expression, and where further ones belong.</summary>
internal sealed class IncludeChains
{
    private readonly List<IncludeChain> _chains = [];

    /// <summary>Existing and new chains in order; new ones stand among the first run of includes, or right after the root.</summary>
    public IReadOnlyList<IncludeChain> Chains => _chains;

    public int RunLength { get; private set; }

    public static IncludeChains Of(ExpressionSyntax root, Query query)
    {
        var result = new IncludeChains();

        // Behind OfType an include is about another type.
        if (query.Sometimes(step => step.Kind == OperatorKind.TypeFilter || step.Name == "Cast"))
            return result;

        var isRunOver = false;
        for (ExpressionSyntax current = root; current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == current; current = call)
        {
            var include = query.Operators.FirstOrDefault(step => step.Node.Span == call.Span && step.Kind == OperatorKind.Include && step.Node.SyntaxTree == query.RootNode!.SyntaxTree);
            if (include is null)
            {
                isRunOver = result._chains.Count > 0;
                continue;
            }

            var path = IncludePaths.PathOf(include)!;
            var isLambda = include.Arguments[0].Expression is LambdaExpressionSyntax;
            if (include.Name == "ThenInclude" && result._chains.Count > 0)
            {
                var last = result._chains[result._chains.Count - 1];
                result._chains[result._chains.Count - 1] = last with { Anchor = call, Path = last.Path + "." + path, CanGoOn = isLambda };
                continue;
            }

            result._chains.Add(new IncludeChain(call, path, ImmutableArray<Navigation>.Empty, isLambda));
            if (!isRunOver)
                result.RunLength = result._chains.Count;
        }

        return result;
    }

    /// <summary>Adds a path: behind the longest include that leads to it, else as a new include; <paramref name="order"/> tells the order of new ones.</summary>
    public void Add(ImmutableArray<Navigation> path, ImmutableArray<string> order)
    {
        var text = EntityRead.TextOf(path, path.Length);
        if (_chains.Any(chain => chain.Path == text || chain.Path.StartsWith(text + ".", StringComparison.Ordinal)))
            return;

        var best = -1;
        for (var i = 0; i < _chains.Count; i++)
        {
            if (_chains[i].CanGoOn && text.StartsWith(_chains[i].Path + ".", StringComparison.Ordinal) && (best < 0 || _chains[i].Path.Length > _chains[best].Path.Length))
                best = i;
        }

        if (best >= 0)
        {
            var length = _chains[best].Path.Count(c => c == '.') + 1;
            _chains[best] = _chains[best] with { Path = text, Added = _chains[best].Added.AddRange(path.Skip(length)) };
            return;
        }

        var place = RunLength;
        while (place > 0 && order.Contains(text) && order.IndexOf(_chains[place - 1].Path) > order.IndexOf(text))
            place--;

        _chains.Insert(place, new IncludeChain(null, text, path, true));
        RunLength++;
    }
}
