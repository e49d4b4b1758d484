using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF104: a pool thread waits for the database.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncDatabaseAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF104",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Synchronous database call",
        Message = "'{0}' holds the thread of '{1}' until the database answers; await {2}",
        Why = """
            The thread does nothing while the query travels, waits for locks and runs. With more requests in flight than
            pool threads every further request queues, although processor and database have room; the pool adds one or
            two threads a second. The async twin gives the thread back for the whole wait.
            """,
        SeenIn = "Thread-pool queue length and p99 climb while processor and database are idle.",
        Unless = "The code runs once at start-up, or in a command-line tool where nothing else needs the thread.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.ExcludedSymbols, CommonOptions.MustFinish),
        Bad = """
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.EntityFrameworkCore;

            class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
            class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

            class OrderService
            {
                private readonly Shop shop;

                public OrderService(Shop shop) => this.shop = shop;

                public async Task<int> CloseAllAsync(CancellationToken stop)
                {
                    foreach (var order in shop.Orders.Where(o => o.IsOpen).[|ToList|]())
                        order.IsOpen = false;

                    return await shop.SaveChangesAsync(stop);
                }
            }
            """,
        Good = """
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.EntityFrameworkCore;

            class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
            class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

            class OrderService
            {
                private readonly Shop shop;

                public OrderService(Shop shop) => this.shop = shop;

                public async Task<int> CloseAllAsync(CancellationToken stop)
                {
                    foreach (var order in await shop.Orders.Where(o => o.IsOpen).ToListAsync(stop))
                        order.IsOpen = false;

                    return await shop.SaveChangesAsync(stop);
                }
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null)
            return;

        var clients = DatabaseClients.Of(rule.Types).Names;
        var operators = QueryProviders.TerminalNames(rule.Types);
        var names = clients.Union(operators);
        if (rule.Types["System.Data.IDbCommand"] is not null)
            names = names.Union(AdoInterfaces.Names);

        if (names.IsEmpty)
            return;

        rule.OnCall(names, CheckCall);
        if (rule.Types["System.Linq.IQueryable"] is not null && !operators.IsEmpty)
            rule.On<CommonForEachStatementSyntax>(CheckForEach, SyntaxKind.ForEachStatement, SyntaxKind.ForEachVariableStatement);
    }

    private static void CheckCall(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (SyncDatabaseCall.Of(call, method, site.Model, site.Types, site.Twins, proves: false, site.Cancel) is not { } found
            || SyncArms.HandsOn(call, site.Model, site.Cancel) || SyncArms.HasAsyncArm(call, method.Name + AsyncTwins.Suffix) || SyncArms.IsInSyncContract(call, site.Model, site.Cancel)
            || ExpressionTrees.IsOnlyNamed(call) || ExpressionTrees.Contain(call, site.Model, site.Types, site.Cancel))
        {
            return;
        }

        if (site.IsInBlockingScope(call, out var path))
            site.Report(name.Identifier.GetLocation(), path, name.Identifier.ValueText, FunctionAround(site, call), found.Instead);
    }

    /// <summary><c>foreach</c> over a query waits for the database at every batch of rows.</summary>
    private static void CheckForEach(Site site, CommonForEachStatementSyntax loop)
    {
        if (loop.AwaitKeyword.RawKind != 0 || !site.Types.IsOrInherits(site.Model.GetTypeInfo(loop.Expression, site.Cancel).Type, "System.Linq.IQueryable`1")
            || !QuerySources.Binds(loop.Expression, site.Model, site.Cancel))
        {
            return;
        }

        var provider = new QuerySources(site.Model, site.Types, proves: false, site.Cancel).Of(loop.Expression);
        if (provider == QueryProvider.Unknown)
            provider = QueryProviders.Usual(site.Types);

        var instead = provider switch
        {
            QueryProvider.EfCore => "foreach over AsAsyncEnumerable()",
            QueryProvider.Memory or QueryProvider.Unknown => null,
            _ => "ToListAsync() before the loop",
        };
        if (instead is not null && !SyncArms.IsInSyncContract(loop, site.Model, site.Cancel) && site.IsInBlockingScope(loop, out var path))
            site.Report(loop.Expression.GetLocation(), path, "foreach", FunctionAround(site, loop), instead);
    }

    private static string FunctionAround(Site site, SyntaxNode node) => Functions.Name(Functions.SymbolAround(node, site.Model, site.Cancel));
}
