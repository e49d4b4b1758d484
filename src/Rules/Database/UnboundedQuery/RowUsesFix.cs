using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Whether the code works on all rows, so that a limit would not make it faster but wrong.</summary>
internal static class RowUsesFix
{
    /// <summary>Results that are looked up or filled, not shown.</summary>
    private static readonly ImmutableHashSet<string> s_lookups = ImmutableHashSet.Create(
        "ToDictionary", "ToDictionaryAsync", "ToLookup", "ToLookupAsync", "ToHashSet", "ToHashSetAsync", "Load", "LoadAsync", "ForEachAsync");

    private static readonly ImmutableHashSet<string> s_writes = ImmutableHashSet.Create(
        "SaveChanges", "SaveChangesAsync", "Remove", "RemoveRange", "UpdateRange", "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "CommitAsync", "Commit");

    private static readonly ImmutableHashSet<string> s_reductions = ImmutableHashSet.Create(
        "Where", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "Any", "All", "Count", "LongCount", "Sum", "Min", "Max", "Average", "Aggregate",
        "OrderBy", "OrderByDescending", "GroupBy", "ToDictionary", "ToLookup", "ToHashSet", "Contains", "Find", "FindAll", "Exists", "Skip", "Take", "RemoveAll", "Except", "Intersect", "DistinctBy", "Distinct");

    public static bool NeedAll(ExpressionSyntax value, InvocationExpressionSyntax? call, Finding finding)
    {
        if (call is not null && s_lookups.Contains(Calls.NameOf(call)!.Identifier.ValueText))
            return true;

        SyntaxNode node = value;
        while (node.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax
            || (node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Result" or "GetAwaiter" or "GetResult" } member && member.Expression == node)
            || (node is MemberAccessExpressionSyntax && node.Parent is InvocationExpressionSyntax))
        {
            node = node.Parent;
        }

        if (IsReduced(node))
            return true;

        if (Functions.Enclosing(value) is not { } function)
            return false;

        var local = (node.Parent as EqualsValueClauseSyntax)?.Parent as VariableDeclaratorSyntax;
        foreach (var inner in function.DescendantNodes())
        {
            if (inner is InvocationExpressionSyntax other && Calls.NameOf(other) is { } name && s_writes.Contains(name.Identifier.ValueText))
                return true;

            if (local is not null && inner is IdentifierNameSyntax use && use.Identifier.ValueText == local.Identifier.ValueText && IsReduced(use))
                return true;
        }

        return false;
    }

    /// <summary>Whether what follows in the chain picks, counts, orders or groups rows: on fewer of them it would give another answer.</summary>
    private static bool IsReduced(SyntaxNode rows)
    {
        for (; rows.Parent is MemberAccessExpressionSyntax member && member.Expression == rows; rows = member.Parent!)
        {
            if (s_reductions.Contains(member.Name.Identifier.ValueText))
                return true;

            if (member.Parent is not InvocationExpressionSyntax)
                return member.Name.Identifier.ValueText is "Count" or "Length";
        }

        return rows.Parent is CommonForEachStatementSyntax loop && loop.Expression == rows && FillsMap(loop.Statement);
    }

    /// <summary>Whether the loop makes a dictionary of the rows, in which the missing ones would be looked up in vain.</summary>
    private static bool FillsMap(StatementSyntax body)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2 } call && Calls.NameOf(call)?.Identifier.ValueText is "Add" or "TryAdd")
                return true;

            if (node is AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax })
                return true;
        }

        return false;
    }
}
