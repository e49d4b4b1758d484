using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF102: a pool thread waits for a task that another pool thread has to complete.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncWaitAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF102",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Waiting synchronously for a task",
        Message = "'{0}' holds the thread of '{1}' until the task is complete, so no other request can use it; {2}",
        Why = """
            The thread does nothing until the task is complete, and the rest of the task needs another pool thread to
            run on. Under load all threads wait for work that finds no thread: the pool adds one or two a second, every
            queued request waits, and the server stands still with an idle processor. `await` gives the thread back.
            """,
        SeenIn = "Thread-pool queue length and p99 climb while the processor is idle; in the extreme nothing answers until the pool has grown.",
        Unless = "The code runs once at start-up, on a thread of its own, or where no request can wait for it.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope),
        Bad = """
            using System.Net.Http;
            using System.Threading.Tasks;

            class RateService
            {
                private readonly HttpClient _http;
                private string _rates = "";

                public RateService(HttpClient http) => _http = http;

                public async Task RefreshAsync()
                {
                    var response = await _http.GetAsync("https://rates.example/today");
                    _rates = response.Content.ReadAsStringAsync().[|Result|];
                }
            }
            """,
        Good = """
            using System.Net.Http;
            using System.Threading.Tasks;

            class RateService
            {
                private readonly HttpClient _http;
                private string _rates = "";

                public RateService(HttpClient http) => _http = http;

                public async Task RefreshAsync()
                {
                    var response = await _http.GetAsync("https://rates.example/today");
                    _rates = await response.Content.ReadAsStringAsync();
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null || rule.Types.TaskOfT is null)
            return;

        var flows = new RecentFlow();
        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (Calls.NameOf(call) is { } name && TaskWait.MayBe(name.Identifier.ValueText))
                Check(site, name, flows);
        }, SyntaxKind.InvocationExpression);
        rule.On<MemberAccessExpressionSyntax>((site, member) =>
        {
            if (member.Name.Identifier.ValueText == "Result")
                Check(site, member.Name, flows);
        }, SyntaxKind.SimpleMemberAccessExpression);
        rule.On<MemberBindingExpressionSyntax>((site, member) =>
        {
            if (member.Name.Identifier.ValueText == "Result")
                Check(site, member.Name, flows);
        }, SyntaxKind.MemberBindingExpression);
    }

    private static void Check(Site site, SimpleNameSyntax name, RecentFlow flows)
    {
        if (TaskWait.Of(name, site.Model, site.Types, site.Cancel) is not { } wait || ExpressionTrees.IsOnlyNamed(name))
            return;

        // Sleeping is another rule's.
        if (wait is { Kind: WaitKind.Wait, Task: { } slept } && Delays.IsDelay(slept, site.Model, site.Types, site.Cancel))
            return;

        if (Functions.IsMain(name, site.Model, site.Cancel) || ThreadBodies.Contain(name) || IsSyncArm(site, wait) || ExpressionTrees.Contain(name, site.Model, site.Types, site.Cancel)
            || new CompletedTasks(flows, site.Model, site.Types, site.Cancel).IsRead(wait))
        {
            return;
        }

        if (site.IsInBlockingScope(name, out var path) || TimerCallbacks.Contain(name, site.Model, site.Cancel))
            site.Report(name.Identifier.GetLocation(), path, TaskWait.Text(wait), Functions.Name(Functions.SymbolAround(name, site.Model, site.Cancel)), Instead(wait));
    }

    /// <summary>Whether the wait is the synchronous half of something that has an asynchronous half beside it, which callers choose between.</summary>
    private static bool IsSyncArm(Site site, TaskWait wait)
    {
        if (wait.Task is { } task && TaskWait.WithoutConfigure(task) is InvocationExpressionSyntax call && Calls.NameOf(call) is { } started && SyncArms.HasAsyncArm(wait.Whole, started.Identifier.ValueText))
            return true;

        // Whoever calls an extension method that waits is told so there.
        if (Functions.SymbolAround(wait.Whole, site.Model, site.Cancel) is { } function && TaskWait.IsWaitingExtension(function, site.Types))
            return true;

        return SyncArms.IsInForeignContract(wait.Whole, site.Model, site.Cancel) || IsDisposeBesideAsync(site, wait.Whole);
    }

    /// <summary><c>Dispose</c> of a type that also has <c>DisposeAsync</c>: who can wait asynchronously uses that one.</summary>
    private static bool IsDisposeBesideAsync(Site site, SyntaxNode place) =>
        place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: "Dispose" } method
        && site.Model.GetDeclaredSymbol(method, site.Cancel) is { ContainingType: { } type }
        && type.AllInterfaces.Any(contract => contract is { Name: "IAsyncDisposable", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } });

    private static string Instead(TaskWait wait) => wait.Kind switch
    {
        WaitKind.WaitAll => "await Task.WhenAll",
        WaitKind.WaitAny => "await Task.WhenAny",
        _ => "await it",
    };
}
