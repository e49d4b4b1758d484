using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>
/// Whether a piece of code keeps its thread while it waits: it sleeps, waits for a task or a primitive, or does I/O
/// synchronously.
/// </summary>
internal sealed class BlockingCalls(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private static readonly ConditionalWeakTable<KnownTypes, ImmutableHashSet<string>> s_databaseNames = new();

    private readonly ImmutableHashSet<string> _databaseNames = s_databaseNames.GetValue(types, static t => DatabaseNames(t));
    private readonly FileCalls _files = FileCalls.Of(model.Compilation);
    private readonly HttpCalls _http = HttpCalls.Of(model.Compilation);
    private readonly RecentFlow _flows = new();

    /// <summary>The blocking call that <paramref name="node"/> is; null where it is none, or certainly finds done what it waits for.</summary>
    public BlockingCall? Of(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call when Calls.NameOf(call) is { } name => OfCall(call, name),
        MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "Result" } name } => OfTask(name),
        MemberBindingExpressionSyntax { Name: { Identifier.ValueText: "Result" } name } => OfTask(name),
        CommonForEachStatementSyntax loop => OfLoop(loop),
        _ => null,
    };

    private BlockingCall? OfCall(InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        var mayWaitForTask = TaskWait.MayBe(text);
        var mayBe = mayWaitForTask || Sleeps.MayBe(text) || WaitPrimitive.MayWait(call, text) || _files.Names.Contains(text) || text is "Copy" or "Replace" || _http.Names.Contains(text) || _databaseNames.Contains(text);
        if (!mayBe || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || ExpressionTrees.IsOnlyNamed(call))
            return null;

        if (Sleeps.Is(call, method, model, types, cancel))
        {
            // A few spins are over before another thread could have been woken.
            return text == "SpinWait" || ExpressionTrees.Contain(call, model, types, cancel) ? null : new BlockingCall(BlockingKind.Sleep, Sleeps.Text(call), call, name);
        }

        if (mayWaitForTask && OfTask(name) is { } wait)
            return wait;

        return OfMethod(call, name, method) is { } found && !ExpressionTrees.Contain(call, model, types, cancel) ? found : null;
    }

    private BlockingCall? OfMethod(InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (WaitPrimitive.Of(method, call, model, types, cancel) is { } primitive)
        {
            return WaitTimes.AreZero(call, method, model, types, cancel) || WaitGuards.Spare(call, primitive, model, cancel)
                ? null
                : new BlockingCall(BlockingKind.Wait, $"{primitive.Type}.{method.Name}", call, name);
        }

        if (_files.Find(call, method, model, cancel) is not null || CopiesFile(method))
            return new BlockingCall(BlockingKind.File, $"{method.ContainingType.Name}.{method.Name}", call, name);

        if (_http.KindOf(method) != HttpClientKind.None)
            return new BlockingCall(BlockingKind.Http, name.Identifier.ValueText, call, name);

        return _databaseNames.Contains(method.Name)
            && SyncDatabaseCall.Of(call, method, model, types, new AsyncTwins(model, types, ExcludedSymbols.None, cancel), proves: false, cancel) is not null
                ? new BlockingCall(BlockingKind.Database, name.Identifier.ValueText, call, name)
                : null;
    }

    /// <summary>These move the content of a file, and have no async twin.</summary>
    private bool CopiesFile(IMethodSymbol method) => method.Name is "Copy" or "CopyTo" or "Replace" && (types.Is(method.ContainingType, "System.IO.File") || types.Is(method.ContainingType, "System.IO.FileInfo"));

    private BlockingCall? OfTask(SimpleNameSyntax name)
    {
        if (TaskWait.Of(name, model, types, cancel) is not { } wait || ExpressionTrees.IsOnlyNamed(name) || ExpressionTrees.Contain(name, model, types, cancel)
            || new CompletedTasks(_flows, model, types, cancel).IsRead(wait))
        {
            return null;
        }

        return new BlockingCall(BlockingKind.Task, TaskWait.Text(wait), wait.Whole, name);
    }

    /// <summary>A <c>foreach</c> over a query waits for the database at every batch of rows.</summary>
    private BlockingCall? OfLoop(CommonForEachStatementSyntax loop)
    {
        if (loop.AwaitKeyword.RawKind != 0 || !types.IsOrInherits(model.GetTypeInfo(loop.Expression, cancel).Type, "System.Linq.IQueryable`1")
            || !QuerySources.Binds(loop.Expression, model, cancel))
        {
            return null;
        }

        var provider = new QuerySources(model, types, proves: false, cancel).Of(loop.Expression);
        if (provider == QueryProvider.Unknown)
            provider = QueryProviders.Usual(types);

        return provider is QueryProvider.Memory or QueryProvider.Unknown ? null : new BlockingCall(BlockingKind.Query, "foreach", loop, loop.Expression);
    }

    private static ImmutableHashSet<string> DatabaseNames(KnownTypes types)
    {
        var names = DatabaseClients.Of(types).Names.Union(QueryProviders.TerminalNames(types));
        return types["System.Data.IDbCommand"] is null ? names : names.Union(AdoInterfaces.Names);
    }
}
