using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.EfModel;
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

            class Report(ShopContext db)
            {
                public List<string> Names()
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

            class Report(ShopContext db)
            {
                public List<string> Names()
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
        rule.On<CommonForEachStatementSyntax>((site, each) =>
        {
            if (MayHoldNavigations(site.Model.GetForEachStatementInfo(each).ElementType, site))
                Report(site, each, members);
        }, SyntaxKind.ForEachStatement, SyntaxKind.ForEachVariableStatement);
        rule.On<ForStatementSyntax>((site, loop) =>
        {
            if (IndexesNavigations(site, loop))
                Report(site, loop, members);
        }, SyntaxKind.ForStatement);
        rule.On<QueryExpressionSyntax>((site, query) =>
        {
            if (MayHoldNavigations(ElementOf(query.FromClause.Expression, site), site))
                Report(site, query, members);
        }, SyntaxKind.QueryExpression);
        rule.On<InvocationExpressionSyntax>((site, call) => AtCall(site, call, members), SyntaxKind.InvocationExpression);
    }

    private static void AtCall(Site site, InvocationExpressionSyntax call, ConditionalWeakTable<SyntaxNode, object> members)
    {
        if (Calls.NameOf(call)?.Identifier.ValueText is not { } name)
            return;

        var mayFetch = s_terminals.Contains(name);
        var mayWalk = PerElementOperators.MayBe(name) && call.ArgumentList.Arguments.Count > 0;
        if ((!mayFetch && !mayWalk) || site.Model.GetSymbolInfo(call, site.Cancel).Symbol is not IMethodSymbol method
            || PerElementOperators.SourceOf(call, method, site.Types) is not { } source || !MayHoldNavigations(ElementOf(source, site), site))
        {
            return;
        }

        if (mayFetch)
            Report(site, call, members);

        if (!mayWalk)
            return;

        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax)
                Report(site, argument.Expression, members);
        }
    }

    private static bool IndexesNavigations(Site site, ForStatementSyntax loop)
    {
        foreach (var node in loop.Statement.DescendantNodes())
        {
            if (node is ElementAccessExpressionSyntax element && MayHoldNavigations(site.Model.GetTypeInfo(element, site.Cancel).Type, site))
                return true;
        }

        return false;
    }

    private static ITypeSymbol? ElementOf(ExpressionSyntax sequence, Site site)
    {
        var type = site.Model.GetTypeInfo(sequence, site.Cancel).Type;
        if (type is IArrayTypeSymbol array)
            return array.ElementType;

        if (type is INamedTypeSymbol { TypeArguments.Length: 1 } named)
            return named.TypeArguments[0];

        foreach (var implemented in type?.AllInterfaces ?? ImmutableArray<INamedTypeSymbol>.Empty)
        {
            if (site.Types.Is(implemented, "System.Collections.Generic.IEnumerable`1"))
                return implemented.TypeArguments[0];
        }

        return null;
    }

    /// <summary>Whether the type is one with navigations, or a group or chunk that may hold such.</summary>
    private static bool MayHoldNavigations(ITypeSymbol? element, Site site)
    {
        if (element is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } type)
            return element is { TypeKind: TypeKind.Interface or TypeKind.Array };

        foreach (var property in EntityFacts.PropertiesOf(type))
        {
            if (property.Type.SpecialType == SpecialType.None && EntityModel.Of(site.Rule.Compilation).NavigationOf(property, type) is not null)
                return true;
        }

        return false;
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
