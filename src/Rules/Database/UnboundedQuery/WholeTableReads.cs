using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Decides whether a query that runs to its end is worth a finding, and says what can be done about it.</summary>
internal static class WholeTableReads
{
    /// <summary>Reports <paramref name="query"/> unless something bounds it, nobody waits for it, or the table is small.</summary>
    public static void Report(Site site, Query query, ExpressionSyntax value, InvocationExpressionSyntax? call, QueryBudget budget, Location location, string code)
    {
        if (query.Root != QueryRoot.Set || query.EntityType is null
            || RowBounds.Hold(query, value, site.Read(UnboundedQueryAnalyzer.Kind), budget, site.Cancel)
            || SetupCode.Contains(value) || CachedResults.AreRemoved(value) || CachedResults.Contain(value, site.Model, site.Types, site.Cancel)
            || SmallTables.Contain(query.EntityType, site.Read(CommonOptions.BoundedEntities), site.Rule.Compilation, site.Cancel)
            || EntityHints.HasRestrictingFilter(query, site.Rule.Compilation, site.Cancel))
        {
            return;
        }

        var path = site.PathTo(value);
        var use = RowUses.Of(value, call, site.Model, site.Types, site.Cancel);
        if (!IsWorthIt(site, path, query, value, use) || CachedResults.ComeToCache(value, site.Model, site.Cancel) || CallerFilters.AreGiven(query, value, site))
            return;

        var isFiltered = query.Always(static step => step is { Kind: OperatorKind.Filter, IsInMemory: false });
        site.Report(location, path, code, isFiltered ? "every matching row of" : "every row of", UnboundedQueryAnalyzer.NameOf(query.EntityType), Advice(use, path));
    }

    /// <summary>Whether the rows are read while somebody waits, as far as is known.</summary>
    private static bool IsWorthIt(Site site, RequestPath path, Query query, ExpressionSyntax value, RowUse use)
    {
        if (path.Reach != Reach.Unknown)
            return path.Reach == Reach.Request;

        // Of a generic repository nothing is known but who calls it; an import or a job looks its rows up in what it read once.
        if (query.EntityType is ITypeParameterSymbol || use == RowUse.LookedUp || RowUses.AreKeys(query, site.Cancel))
            return false;

        return !Programs.Are(site.Rule.Compilation)
            || (Functions.SymbolAround(value, site.Model, site.Cancel) is { MethodKind: MethodKind.Ordinary } method && Programs.IsCalledFromOutside(method, site.Rule.Compilation));
    }

    private static string Advice(RowUse use, RequestPath path) => use switch
    {
        RowUse.Response => "limit it with Take, or read a page at a time",
        RowUse.LookedUp => "read only the rows that are looked up",
        RowUse.Reduced => "let the database filter, group and count",
        RowUse.Changed => "change the rows in the database, or read them in batches",
        _ when path is { Reach: Reach.Request, Entry: null } => "filter it, or read a page at a time",
        _ => "let callers pass a filter or ask for a page",
    };
}
