using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;
using CallSites = PerfAnalyzers.Fixing.CallSites;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Entries that take a token as one more parameter, for all their calls together.</summary>
internal sealed class TokenParameterFix : EditStage
{
    private readonly List<(Document Document, CancellableCall Call)> _requests = [];

    public void Add(Document document, CancellableCall call) => _requests.Add((document, call));

    public override async Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        var sources = new Sources(edits.Solution, cancel);
        foreach (var entry in _requests.GroupBy(request => FunctionKey.Of(request.Call.Entry.Function)))
        {
            var (document, first) = entry.First();
            var source = await sources.OfAsync(edits.Solution.GetDocument(document.Id)!).ConfigureAwait(false);
            var uses = await UsesAsync(first.Entry, source, sources).ConfigureAwait(false);
            var here = await edits.OfAsync(source.Document, cancel).ConfigureAwait(false);
            if (uses == Uses.Fixed)
            {
                foreach (var (_, call) in entry.Where(request => request.Call.Fallback is not null))
                    IgnoredCancellationFix.Write(here, call, call.Fallback!);

                continue;
            }

            var name = TokenNamesFix.For(first.Entry.Function, source);
            ParameterListFix.Add(here, first.Entry.Function, here.NameOf(source.Types.CancellationToken!, first.Entry.Function.SpanStart), name, uses == Uses.Called);
            foreach (var (_, call) in entry)
                IgnoredCancellationFix.Write(here, call, name);
        }
    }

    /// <summary>What code of the solution does with the entry.</summary>
    private static async Task<Uses> UsesAsync(RequestEntry entry, Source source, Sources sources)
    {
        if (entry.Symbol.MethodKind == MethodKind.AnonymousFunction)
            return Uses.None;

        var group = new FunctionGroup();
        var function = new AsyncFunction(source, entry.Function, entry.Symbol);
        group.Members.Add(function);
        var keys = new HashSet<FunctionKey> { function.Key };
        var result = Uses.None;
        foreach (var document in Documents(entry, source, sources))
        {
            var positions = await Words.PositionsAsync(document, entry.Symbol.Name, sources.Cancel).ConfigureAwait(false);
            if (positions.Count == 0)
                continue;

            foreach (var reference in References.In(await sources.OfAsync(document).ConfigureAwait(false), positions, entry.Symbol.Name, keys, group, sources.Cancel))
            {
                switch (Read(reference, sources.Cancel))
                {
                    case Uses.Fixed:
                        return Uses.Fixed;
                    case Uses.Called:
                        result = Uses.Called;
                        break;
                }
            }
        }

        return result;
    }

    private static Uses Read(Reference reference, CancellationToken cancel)
    {
        if (reference.Name is not { } name || reference.Source is not { } source)
            return Uses.Called; // late bound, or code that does not compile: an optional parameter does it no harm

        if (CallSites.IsOnlyName(name))
            return Uses.None;

        if (CallSites.CallOf(name) is not null)
            return ExpressionTrees.Contain(name, source.Model, source.Types, cancel) ? Uses.Fixed : Uses.Called;

        // A handler that is mapped may take any parameters; another delegate says which.
        return CallSites.WholeName(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && source.Model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol mapping && MappedHandlers.TakesAny(mapping) ? Uses.None : Uses.Fixed;
    }

    private static IEnumerable<Document> Documents(RequestEntry entry, Source source, Sources sources) => entry.Symbol.MethodKind == MethodKind.LocalFunction
        ? [source.Document]
        : sources.Seeing(source.Document.Project).SelectMany(project => project.Documents);

    private enum Uses
    {
        /// <summary>Only the framework calls it.</summary>
        None,

        /// <summary>Code calls it too: the parameter must be optional.</summary>
        Called,

        /// <summary>Something else says which parameters it has.</summary>
        Fixed,
    }
}
