using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Entities;
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

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        // What a member's loops load, found once for its lazy loads and its explicit ones.
        var members = new ConditionalWeakTable<SyntaxNode, object>();

        rule.On<SyntaxNode>((site, member) =>
        {
            // The types of a file come one by one.
            if ((member is not CompilationUnitSyntax unit || unit.Members.Any(SyntaxKind.GlobalStatement)) && LoadingLoops.MayBeIn(member) && !LazyNames.Of(site.Rule.Compilation, site.Cancel).IsEmpty)
                Report(site, member, null, members);
        }, SyntaxKind.MethodDeclaration, SyntaxKind.ConstructorDeclaration, SyntaxKind.DestructorDeclaration, SyntaxKind.OperatorDeclaration, SyntaxKind.ConversionOperatorDeclaration,
            SyntaxKind.PropertyDeclaration, SyntaxKind.IndexerDeclaration, SyntaxKind.EventDeclaration, SyntaxKind.FieldDeclaration, SyntaxKind.CompilationUnit);

        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (Calls.NameOf(call) is { } name && ExplicitLoads.MayBe(call, name))
                Report(site, LoadingLoops.MemberAround(call), call, members);
        }, SyntaxKind.InvocationExpression);
    }

    /// <summary>Reports what <paramref name="load"/> loads; without one, what the member loads lazily.</summary>
    private static void Report(Site site, SyntaxNode member, InvocationExpressionSyntax? load, ConditionalWeakTable<SyntaxNode, object> members)
    {
        var smallLoop = site.Read(CommonOptions.SmallLoop);
        var (model, cancel) = (site.Model, site.Cancel);
        var found = (ImmutableArray<LoadingLoop>)members.GetValue(member, m => LoadingLoops.In(m, model, smallLoop, cancel));
        foreach (var loading in found)
        {
            if (loading.Read.Load != load)
                continue;

            var path = site.PathTo(loading.Read.Node);
            if (path.Reach != Reach.Cold)
                site.Report(loading.Read.Node.GetLocation(), path, loading.Facts, loading.Read.PathText, RootText(loading), How(loading));
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
