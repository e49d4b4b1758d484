using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>PERF303: a query reads as many rows as the table has, or as a request asks for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedQueryAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly ChoiceOption<UnboundedKind> Kind = new("unbounded_query", UnboundedKind.OnlyWholeTable,
        "`only_whole_table` = queries without a filter, or that filter only on booleans; `any_without_take` = also queries that filter but have no row limit, unless they ask for a key or a foreign key.");

    internal static readonly NumberOption MaxRows = new("max_rows", 100, "The row limit that the fix writes.", least: 1);

    internal static readonly Rule Rule = new()
    {
        Id = "PERF303",
        Family = Family.Database,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Review,
        Title = "Unbounded query",
        Message = "'{0}' reads {1} '{2}' at once, so its time and memory have no upper bound; {3}",
        Why = """
            A query without a row limit is fast on the developer's ten rows. In production the table grows, and every call
            reads, tracks and serialises all of it: the database sends megabytes, the server keeps them in memory, and the
            requests beside it wait for both. A limit keeps the cost of a call constant while the data grows; a page at a
            time is what a reader wants anyway.
            """,
        SeenIn = "Response time and allocation grow week by week with the table, garbage collections of generation 2, timeouts on the largest customers first.",
        Unless = """
            The table is small by nature: name its entity in `perf_analyzers.bounded_entities`. Or the caller needs all
            rows, as an export does: stream them with `await foreach` over `AsAsyncEnumerable()`. A fix is offered only
            where the rows go straight into the response of an endpoint: callers of a repository may need all of them,
            and a limit there would silently give them less. In a program, code that no request reaches is not reported.
            """,
        Options = ImmutableArray.Create<Option>(Kind, MaxRows, CommonOptions.BoundedEntities),
        Bad = """
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;

            public class Product
            {
                public int Id { get; set; }
                public bool IsActive { get; set; }
            }

            public class Shop : DbContext
            {
                public DbSet<Product> Products => Set<Product>();
            }

            [ApiController]
            public class CatalogueController : ControllerBase
            {
                [HttpGet("products")]
                public Task<List<Product>> ActiveAsync([FromServices] Shop shop) => shop.Products
                    .Where(p => p.IsActive)
                    .[|ToListAsync|]();
            }
            """,
        Good = """
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.EntityFrameworkCore;

            public class Product
            {
                public int Id { get; set; }
                public bool IsActive { get; set; }
            }

            public class Shop : DbContext
            {
                public DbSet<Product> Products => Set<Product>();
            }

            [ApiController]
            public class CatalogueController : ControllerBase
            {
                [HttpGet("products")]
                public Task<List<Product>> ActiveAsync([FromServices] Shop shop) => shop.Products
                    .Where(p => p.IsActive)
                    .OrderBy(p => p.Id)
                    .Take(100)
                    .ToListAsync();
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create(
        "ToList", "ToArray", "ToDictionary", "ToHashSet", "ToLookup", "Load", "AsEnumerable", "AsAsyncEnumerable", "ToListAsync", "ToArrayAsync",
        "ToDictionaryAsync", "ToHashSetAsync", "ToLookupAsync", "LoadAsync", "ForEachAsync");

    private static readonly ImmutableHashSet<string> s_take = ImmutableHashSet.Create("Take");

    private protected override void Watch(RuleContext rule)
    {
        if (!QueryOperators.AreAvailable(rule.Types))
            return;

        rule.OnCall(s_names, CheckCall);
        rule.OnCall(s_take, CheckTake);
        rule.OnCall(Endpoints.MapNames, CheckHandler);
        rule.On<CommonForEachStatementSyntax>(CheckForEach, SyntaxKind.ForEachStatement, SyntaxKind.ForEachVariableStatement);
        rule.On<MethodDeclarationSyntax>(CheckAction, SyntaxKind.MethodDeclaration);
    }

    private static void CheckCall(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (QueryOperators.KindOf(method, site.Types) != OperatorKind.Sequence || RowBounds.HoldInChain(call, site.Read(Kind), site.Model, site.Cancel) || !Enumeration.MayRunQuery(call, site.Model, site.Types, site.Cancel) || !Enumeration.IsWhole(call, site.Model, site.Types, site.Cancel)
            || ExpressionTrees.Contain(call, site.Model, site.Types, site.Cancel))
        {
            return;
        }

        var budget = new QueryBudget();
        var query = Query.From(call, site.Model, site.Types, budget, site.Cancel);
        if (query.Terminal?.Node == call)
            WholeTableReads.Report(site, query, call, call, budget, name.GetLocation(), name.Identifier.ValueText);
    }

    private static void CheckForEach(Site site, CommonForEachStatementSyntax loop)
    {
        // A stream that hands on row by row, as `await foreach` and an iterator do, holds one row at a time.
        if (loop.AwaitKeyword.IsKind(SyntaxKind.None) && Enumeration.MayBeQuery(loop.Expression) && IsQuery(site, loop.Expression)
            && !loop.Statement.DescendantNodesAndSelf().Any(static node => node is YieldStatementSyntax))
        {
            CheckQuery(site, loop.Expression);
        }
    }

    private static void CheckAction(Site site, MethodDeclarationSyntax method)
    {
        if (!Endpoints.MayBeAction(method) || !Enumeration.MayBeQuery(method.ReturnType) || !MayReturnQuery(method) || site.Model.GetDeclaredSymbol(method, site.Cancel) is not { } symbol
            || !Endpoints.IsAction(symbol, site.Types) || Endpoints.ComposesQueries(symbol, site.Types))
        {
            return;
        }

        CheckReturned(site, method);
    }

    /// <summary>Whether the syntax leaves open that the method gives a query to the framework, in one of the ways that <see cref="CheckReturned"/> looks at.</summary>
    private static bool MayReturnQuery(MethodDeclarationSyntax method)
    {
        var isResult = Enumeration.IsResult(method.ReturnType);
        foreach (var returned in Endpoints.Returned(method))
        {
            if (Endpoints.MayWrap(returned) || (!isResult && Enumeration.MayBeQuery(returned)))
                return true;
        }

        return false;
    }

    private static void CheckHandler(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (Endpoints.HandlerOf(call, method, site.Model, site.Cancel) is { } handler)
            CheckReturned(site, handler, call);
    }

    private static void CheckReturned(Site site, SyntaxNode function, InvocationExpressionSyntax? mapping = null)
    {
        var isWrapped = function is MethodDeclarationSyntax method && Enumeration.IsResult(method.ReturnType);
        foreach (var returned in Endpoints.Returned(function))
        {
            var value = Endpoints.Unwrap(returned, site.Model, site.Cancel);
            if ((isWrapped && value == returned) || !Enumeration.MayBeQuery(value))
                continue;

            // A method that is mapped twice is reported once.
            if (IsQuery(site, value) && (mapping is null || function is AnonymousFunctionExpressionSyntax
                || Endpoints.MappingOf(mapping.ArgumentList.Arguments.Last().GetLastToken().ValueText, site.Model, site.Cancel) == mapping))
            {
                CheckQuery(site, value);
            }
        }
    }

    private static bool IsQuery(Site site, ExpressionSyntax value) => site.Types.IsOrInherits(site.Model.GetTypeInfo(value, site.Cancel).Type, "System.Linq.IQueryable");

    /// <summary>A query that is enumerated by what receives it.</summary>
    private static void CheckQuery(Site site, ExpressionSyntax value)
    {
        var budget = new QueryBudget();
        var query = Query.From(value, site.Model, site.Types, budget, site.Cancel);
        if (query.Terminal is null)
            WholeTableReads.Report(site, query, value, null, budget, value.GetLocation(), Shorten(value));
    }

    private static void CheckTake(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (QueryOperators.KindOf(method, site.Types) != OperatorKind.Limit || call.ArgumentList.Arguments.Count == 0
            || ExpressionTrees.Contain(call, site.Model, site.Types, site.Cancel))
        {
            return;
        }

        var count = call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression;
        if (RequestedSizes.Of(count, site.Model, site.Types, site.Cancel) is not { } asked || Batches.AreReadBy(call))
            return;

        var query = Query.From(call, site.Model, site.Types, site.Cancel);
        if (query.Root != QueryRoot.Set || query.Operators[query.Operators.Length - 1] is not { IsInMemory: false }
            || query.Always(step => step.Node != call && (step.Kind is OperatorKind.Limit or OperatorKind.Scalar || RowBounds.IsKeyFilter(step, query, site.Cancel)))
            || SmallTables.Contain(query.EntityType, site.Read(CommonOptions.BoundedEntities), site.Rule.Compilation, site.Cancel))
        {
            return;
        }

        var path = site.PathTo(call);
        if (path.Reach != Reach.Cold && (Endpoints.Is(asked.ContainingSymbol, site.Model, site.Types, site.Cancel) || path is { Reach: Reach.Request, Entry: null }))
            site.Report(name.GetLocation(), path, name.Identifier.ValueText, "as many rows as the request asks for of", NameOf(query.EntityType), "give the number an upper bound");
    }

    internal static string NameOf(ITypeSymbol? entity) => entity?.Name ?? "?";

    private static string Shorten(ExpressionSyntax value)
    {
        var text = value.ToString();
        return text.Length <= 40 && text.IndexOf('\n') < 0 ? text : text.Substring(0, System.Math.Min(text.IndexOf('\n') is var line and > 0 ? line : 39, 39)).TrimEnd() + "…";
    }
}

/// <summary>Which queries without a row limit are reported.</summary>
internal enum UnboundedKind
{
    /// <summary>Those that nothing but booleans filters.</summary>
    OnlyWholeTable,

    /// <summary>Also those with a filter, unless it asks for a key.</summary>
    AnyWithoutTake,
}
