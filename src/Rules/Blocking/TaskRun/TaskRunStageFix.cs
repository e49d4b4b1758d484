using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>All works that one function takes back, together: only then is it known whether it still waits for anything.</summary>
internal sealed class TaskRunStageFix : EditStage
{
    private readonly List<(Document Document, InlinedWorkFix Inlined)> _works = [];

    public void Add(Document document, InlinedWorkFix inlined) => _works.Add((document, inlined));

    public override async Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        foreach (var group in _works.GroupBy(work => (work.Document.Id, work.Inlined.Work.Function)).ToList())
        {
            var works = group.Select(work => work.Inlined).ToList();
            var document = await edits.OfAsync(group.First().Document, cancel).ConfigureAwait(false);
            var function = group.Key.Function;
            if (Functions.Symbol(function, document.Model, cancel) is not { } symbol
                || await WaitingCallersFix.OfAsync(symbol, edits.Solution, cancel).ConfigureAwait(false) is not { } callers)
            {
                continue; // somebody starts it beside other work
            }

            var types = KnownTypes.Of(document.Model.Compilation);
            var isSync = TaskRunFix.WaitsIn(function) + works.Sum(work => work.Waits) == 0;
            var returnsValue = SyncHeadFix.MayReturnValue(function, symbol, types, callers > 0);
            if (!OffloadedWork.IsAsync(function))
                Return(document, works, function, returnsValue, types);
            else
                Await(document, works, function, isSync, returnsValue, types, cancel);
        }
    }

    /// <summary>A function that returned the tasks as they were.</summary>
    private static void Return(DocumentEdits edits, List<InlinedWorkFix> works, SyntaxNode function, bool returnsValue, KnownTypes types)
    {
        var values = works.Count(work => work.IsValue);
        var isAll = values > 0 && values == TaskReturns.ResultsOf(function).Count;
        var task = returnsValue && isAll ? null : edits.NameOf(types.Task!, function.SpanStart);
        foreach (var work in works)
            work.Write(edits, task);

        if (returnsValue && isAll)
            edits.Replace(function, SyncHeadFix.ReturningValue);
    }

    private static void Await(DocumentEdits edits, List<InlinedWorkFix> works, SyntaxNode function, bool isSync, bool returnsValue, KnownTypes types, CancellationToken cancel)
    {
        if (isSync && !returnsValue && Functions.BodyOf(function) is null)
            return;

        foreach (var work in works)
            work.Write(edits, null);

        if (!isSync)
            return;

        if (returnsValue)
        {
            edits.Replace(function, SyncHeadFix.ReturningValue);
            return;
        }

        var task = edits.NameOf(types.Task!, function.SpanStart);
        var endsHere = Functions.BodyOf(function) is BlockSyntax block && edits.Model.AnalyzeControlFlow(block) is { Succeeded: true, EndPointIsReachable: true };
        var finished = $"{task}.FromResult{(AreExact(function, works, edits.Model, cancel) ? "" : TypeArgument(function))}";
        edits.Replace(function, current => SyncHeadFix.ReturningTasks(current, task, finished, endsHere));
    }

    /// <summary>Whether all results are of the very type that the task has: tasks do not convert with their results.</summary>
    private static bool AreExact(SyntaxNode function, List<InlinedWorkFix> works, SemanticModel model, CancellationToken cancel)
    {
        if (Functions.Symbol(function, model, cancel)?.ReturnType is not INamedTypeSymbol { Arity: 1 } task)
            return true;

        var results = TaskReturns.ResultsOf(function).Concat(works.SelectMany(work => work.Work.Call.DescendantNodes().OfType<ReturnStatementSyntax>()).Select(result => result.Expression).OfType<ExpressionSyntax>());
        return results.All(value => SymbolEqualityComparer.IncludeNullability.Equals(model.GetTypeInfo(value, cancel).Type, task.TypeArguments[0]));
    }

    private static string TypeArgument(SyntaxNode function) =>
        (function is MethodDeclarationSyntax method ? method.ReturnType : ((LocalFunctionStatementSyntax)function).ReturnType)
            .DescendantNodesAndSelf().OfType<GenericNameSyntax>().First().TypeArgumentList.WithoutTrivia().ToString();
}
