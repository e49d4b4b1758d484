using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Entities;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Database;

/// <summary>PERF301: a loop loads a navigation row by row.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LazyLoadLoopAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF301",
        Family = Family.Database,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Navigation loaded inside a loop (N+1)",
        Message = "For every element of the loop {2} for '{0}'; include it in the query of '{1}'",
        Why = """
            The query fetches N rows, and reading the navigation of each sends one more query: N+1 round trips where
            one would do. On a developer's ten rows nobody notices; on a thousand rows with a millisecond to the
            database the request waits a second, and the connection is busy all that time.
            `Include` (and `ThenInclude` for what lies behind it) fetches the related rows with the first query.
            """,
        SeenIn = "The database log shows the same statement again and again with another key; the time of a request grows with the rows of the table.",
        Unless = "The related rows are already tracked by the context, so that no query is sent.",
        Options = ImmutableArray.Create<Option>(CommonOptions.SmallLoop),
        Bad = """
            using System.Collections.Generic;
            using System.Linq;
            using Microsoft.EntityFrameworkCore;

            public class Customer { public int Id { get; set; } public string Name { get; set; } = ""; }
            public class Order { public int Id { get; set; } public virtual Customer? Customer { get; set; } }

            public class ShopContext : DbContext
            {
                public DbSet<Order> Orders => Set<Order>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies().UseSqlite("Data Source=shop.db");
            }

            class Report
            {
                public List<string> Names(ShopContext db)
                {
                    var names = new List<string>();
                    foreach (var order in db.Orders.Where(o => o.Id > 100).ToList())
                        names.Add(order.[|Customer|]!.Name);

                    return names;
                }
            }
            """,
        Good = """
            using System.Collections.Generic;
            using System.Linq;
            using Microsoft.EntityFrameworkCore;

            public class Customer { public int Id { get; set; } public string Name { get; set; } = ""; }
            public class Order { public int Id { get; set; } public virtual Customer? Customer { get; set; } }

            public class ShopContext : DbContext
            {
                public DbSet<Order> Orders => Set<Order>();

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies().UseSqlite("Data Source=shop.db");
            }

            class Report
            {
                public List<string> Names(ShopContext db)
                {
                    var names = new List<string>();
                    foreach (var order in db.Orders.Include(o => o.Customer).Where(o => o.Id > 100).ToList())
                        names.Add(order.Customer!.Name);

                    return names;
                }
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_terminals = ImmutableHashSet.Create(
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "ToHashSet", "ToHashSetAsync", "AsEnumerable", "AsAsyncEnumerable",
        "First", "FirstAsync", "FirstOrDefault", "FirstOrDefaultAsync", "Single", "SingleAsync", "SingleOrDefault", "SingleOrDefaultAsync", "Find", "FindAsync");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        // What a member's loops load, found once for all of them.
        var members = new ConditionalWeakTable<SyntaxNode, object>();
        rule.On<CommonForEachStatementSyntax>((site, each) => AtLoop(site, each, each.Expression, members), SyntaxKind.ForEachStatement, SyntaxKind.ForEachVariableStatement);
        rule.On<QueryExpressionSyntax>((site, query) => AtLoop(site, query, query.FromClause.Expression, members), SyntaxKind.QueryExpression);
        rule.On<ForStatementSyntax>((site, loop) =>
        {
            foreach (var node in loop.Statement.DescendantNodes())
            {
                if (node is ElementAccessExpressionSyntax element && new EntityFlow(site.Model, site.Cancel).OriginOf(element) is not null)
                {
                    Report(site, loop, members);
                    return;
                }
            }
        }, SyntaxKind.ForStatement);
        rule.On<InvocationExpressionSyntax>((site, call) => AtCall(site, call, members), SyntaxKind.InvocationExpression);
    }

    private static void AtCall(Site site, InvocationExpressionSyntax call, ConditionalWeakTable<SyntaxNode, object> members)
    {
        if (Calls.NameOf(call)?.Identifier.ValueText is not { } name)
            return;

        // The rows may be walked by the code that they are handed to.
        if (s_terminals.Contains(name) && new EntityFlow(site.Model, site.Cancel).OriginOf(call) is not null)
            Report(site, call, members);

        if (!PerElementOperators.MayBe(name) || call.ArgumentList.Arguments.Count == 0 || site.Model.GetSymbolInfo(call, site.Cancel).Symbol is not IMethodSymbol method
            || PerElementOperators.SourceOf(call, method, site.Types) is not { } source)
        {
            return;
        }

        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax && argument.Expression != source)
                AtLoop(site, argument.Expression, source, members);
        }
    }

    private static void AtLoop(Site site, SyntaxNode loop, ExpressionSyntax source, ConditionalWeakTable<SyntaxNode, object> members)
    {
        if (new EntityFlow(site.Model, site.Cancel).OriginOf(source) is { Depth: > 0 })
            Report(site, loop, members);
    }

    private static void Report(Site site, SyntaxNode loop, ConditionalWeakTable<SyntaxNode, object> members)
    {
        var smallLoop = site.Read(CommonOptions.SmallLoop);
        var (model, cancel) = (site.Model, site.Cancel);
        var found = (ImmutableArray<LoadingLoop>)members.GetValue(LoadingLoops.MemberAround(loop), member => LoadingLoops.In(member, model, smallLoop, cancel));
        foreach (var loading in found)
        {
            if (loading.Anchor != loop)
                continue;

            var path = site.PathTo(loading.Read.Node);
            if (path.Reach != Reach.Cold)
                site.Report(loading.Read.Node.GetLocation(), path, loading.Read.PathText, RootText(loading), How(loading));
        }
    }

    private static string RootText(LoadingLoop loading) => loading.Query.RootNode?.ToString() ?? loading.Query.EntityType!.Name;

    private static string How(LoadingLoop loading) => loading switch
    {
        { Read.Load: not null } => "the explicit load runs a query",
        { LazyLoading: LazyLoading.Possible } => "lazy loading, unless the set-up elsewhere leaves it off, runs a query",
        _ => "lazy loading runs a query",
    };
}
