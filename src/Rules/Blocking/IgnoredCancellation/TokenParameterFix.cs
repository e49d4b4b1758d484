using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Entries that take a token as one more parameter, for all their calls together. Entries that call them pass theirs on.</summary>
internal sealed class TokenParameterFix : EditStage
{
    private readonly Dictionary<FunctionKey, Work> _works = [];
    private readonly Queue<Work> _open = new();

    public void Add(Document document, CancellableCall call, PathSettings settings)
    {
        var key = FunctionKey.Of(call.Entry.Function);
        if (!_works.TryGetValue(key, out var work))
        {
            _works.Add(key, work = new Work(document, call.Entry, settings));
            _open.Enqueue(work);
        }

        work.Calls.Add(call);
    }

    public override async Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        var sources = new Sources(edits.Solution, cancel);
        while (_open.Count > 0)
        {
            var work = _open.Dequeue();
            var source = await sources.OfAsync(edits.Solution.GetDocument(work.Document.Id)!).ConfigureAwait(false);
            var here = await edits.OfAsync(source.Document, cancel).ConfigureAwait(false);
            var uses = await EntryUsesFix.OfAsync(work.Entry, source, sources).ConfigureAwait(false);
            if (uses.AreFixed)
                continue;

            work.Name = TokenNamesFix.For(work.Entry.Function, source);
            ParameterListFix.Add(here, work.Entry.Function, here.NameOf(source.Types.CancellationToken!, work.Entry.Function.SpanStart), work.Name, uses.AreCalls);
            foreach (var (caller, call) in uses.Calls)
                await PassAsync(edits, caller, call, work).ConfigureAwait(false);
        }

        // Only now is known for whom there is a parameter.
        foreach (var work in _works.Values)
        {
            var here = await edits.OfAsync(work.Document, cancel).ConfigureAwait(false);
            foreach (var call in work.Calls)
            {
                if ((work.Name ?? call.Fallback) is { } token)
                    IgnoredCancellationFix.Write(here, call, token);
            }
        }
    }

    /// <summary>A call of an entry that takes a token from now on: another entry hands over its own.</summary>
    private async Task PassAsync(EditModel edits, Source source, InvocationExpressionSyntax call, Work called)
    {
        var (model, types) = (source.Model, source.Types);
        if (!Sources.CanEdit(source.Document) || !WaitedCalls.Contain(call) || RequestEntry.Around(call, RequestPaths.Of(model.Compilation, called.Settings), CancellationToken.None) is not { } function
            || RequestEntry.Of(function, call, model, types, CancellationToken.None) is not { } entry
            || !CancellableCall.IsHarmless(call, called.Entry.Symbol, entry, model, types, CancellationToken.None))
        {
            return;
        }

        var (token, fallback, isHad) = CancellableCall.TokenFor(call, entry, model, types, CancellationToken.None);
        var isLast = call.ArgumentList.Arguments.Count == called.Entry.Symbol.Parameters.Length && call.ArgumentList.Arguments.All(argument => argument.NameColon is null);
        var passed = new CancellableCall(call, called.Entry.Symbol, entry, token, fallback, new TokenPlace(isLast ? TokenForm.Last : TokenForm.Named, null)) { ParameterName = called.Name };
        if (token is not null)
            IgnoredCancellationFix.Write(await edits.OfAsync(source.Document, CancellationToken.None).ConfigureAwait(false), passed, token);
        else if (isHad)
            Add(source.Document, passed, called.Settings);
    }

    private sealed record Work(Document Document, RequestEntry Entry, PathSettings Settings)
    {
        public List<CancellableCall> Calls { get; } = [];

        /// <summary>What its new parameter is called; null while it has none.</summary>
        public string? Name { get; set; }
    }
}
