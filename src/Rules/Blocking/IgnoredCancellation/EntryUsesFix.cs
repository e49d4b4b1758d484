using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;
using CallSites = PerfAnalyzers.Fixing.CallSites;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What code of the solution does with an entry.</summary>
/// <param name="AreFixed">Whether something says which parameters it has: an expression tree, a delegate of another type.</param>
/// <param name="AreCalls">Whether code calls it, so that one more parameter must be optional.</param>
/// <param name="Calls">The calls.</param>
internal sealed record EntryUsesFix(bool AreFixed, bool AreCalls, IReadOnlyList<(Source Source, InvocationExpressionSyntax Call)> Calls)
{
    public static async Task<EntryUsesFix> OfAsync(RequestEntry entry, Source source, Sources sources)
    {
        var calls = new List<(Source, InvocationExpressionSyntax)>();
        if (entry.Symbol.MethodKind == MethodKind.AnonymousFunction)
            return new EntryUsesFix(false, false, calls);

        var group = new FunctionGroup();
        var function = new AsyncFunction(source, entry.Function, entry.Symbol);
        group.Members.Add(function);
        var keys = new HashSet<FunctionKey> { function.Key };
        var isCalled = false;
        foreach (var document in Documents(entry, source, sources))
        {
            var positions = await Words.PositionsAsync(document, entry.Symbol.Name, sources.Cancel).ConfigureAwait(false);
            if (positions.Count == 0)
                continue;

            foreach (var reference in References.In(await sources.OfAsync(document).ConfigureAwait(false), positions, entry.Symbol.Name, keys, group, sources.Cancel))
            {
                // Late bound, or code that does not compile: an optional parameter does it no harm.
                if (reference.Name is not { } name || reference.Source is not { } place)
                {
                    isCalled = true;
                }
                else if (CallSites.CallOf(name) is { } call && !CallSites.IsOnlyName(name))
                {
                    if (ExpressionTrees.Contain(name, place.Model, place.Types, sources.Cancel))
                        return new EntryUsesFix(true, true, calls);

                    isCalled = true;
                    calls.Add((place, call));
                }
                else if (!CallSites.IsOnlyName(name) && !IsMapped(name, place, sources.Cancel))
                {
                    return new EntryUsesFix(true, true, calls);
                }
            }
        }

        return new EntryUsesFix(false, isCalled, calls);
    }

    /// <summary>A handler that is mapped may take any parameters; another delegate says which.</summary>
    private static bool IsMapped(SimpleNameSyntax name, Source source, CancellationToken cancel) =>
        CallSites.WholeName(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && source.Model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol mapping && MappedHandlers.TakesAny(mapping);

    private static IEnumerable<Document> Documents(RequestEntry entry, Source source, Sources sources) => entry.Symbol.MethodKind == MethodKind.LocalFunction
        ? [source.Document]
        : sources.Seeing(source.Document.Project).SelectMany(project => project.Documents);
}
