using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>What becomes of the rows: it decides what can be done about their number.</summary>
internal enum RowUse
{
    /// <summary>The code goes on with them, or hands them to callers who may need all of them.</summary>
    Other,

    /// <summary>They go straight into the response of an endpoint: fewer of them is a shorter answer.</summary>
    Response,

    /// <summary>They are kept to be looked up by key.</summary>
    LookedUp,

    /// <summary>They are filtered, grouped, ordered or counted in memory.</summary>
    Reduced,

    /// <summary>They are changed or removed.</summary>
    Changed,
}

/// <summary>Tells <see cref="RowUse"/>s apart.</summary>
internal static class RowUses
{
    private static readonly ImmutableHashSet<string> s_lookups = ImmutableHashSet.Create(
        "ToDictionary", "ToDictionaryAsync", "ToLookup", "ToLookupAsync", "ToHashSet", "ToHashSetAsync", "Load", "LoadAsync", "ForEachAsync");

    private static readonly ImmutableHashSet<string> s_writes = ImmutableHashSet.Create(
        "SaveChanges", "SaveChangesAsync", "Remove", "RemoveRange", "UpdateRange", "ExecuteDelete", "ExecuteDeleteAsync", "ExecuteUpdate", "ExecuteUpdateAsync", "CommitAsync", "Commit");

    private static readonly ImmutableHashSet<string> s_reductions = ImmutableHashSet.Create(
        "Where", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "Any", "All", "Count", "LongCount", "Sum", "Min", "Max", "Average", "Aggregate",
        "OrderBy", "OrderByDescending", "GroupBy", "ToDictionary", "ToLookup", "ToHashSet", "Contains", "Find", "FindAll", "Exists", "Skip", "Take", "RemoveAll", "Except", "Intersect", "DistinctBy", "Distinct");

    /// <summary>What the function does with the rows of <paramref name="value"/>, which <paramref name="call"/> runs, or what receives it.</summary>
    public static RowUse Of(ExpressionSyntax value, InvocationExpressionSyntax? call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (call is not null && s_lookups.Contains(Calls.NameOf(call)!.Identifier.ValueText))
            return RowUse.LookedUp;

        var rows = Received(value);
        if (IsReduced(rows))
            return RowUse.Reduced;

        if (Functions.Enclosing(value) is not { } function)
            return RowUse.Other;

        var local = (rows.Parent as EqualsValueClauseSyntax)?.Parent as VariableDeclaratorSyntax;
        foreach (var inner in function.DescendantNodes())
        {
            if (inner is InvocationExpressionSyntax other && Calls.NameOf(other) is { } name && s_writes.Contains(name.Identifier.ValueText))
                return RowUse.Changed;

            if (local is not null && inner is IdentifierNameSyntax use && use.Identifier.ValueText == local.Identifier.ValueText && IsReduced(use))
                return RowUse.Reduced;
        }

        return Functions.Symbol(function, model, cancel) is { } symbol && Endpoints.Is(symbol, model, types, cancel)
            && GoesOut(rows, function, IsView(symbol.ContainingType, types), isLocal: false)
                ? RowUse.Response
                : RowUse.Other;
    }

    /// <summary>Whether the query asks for nothing but a key of each row.</summary>
    public static bool AreKeys(Query query, CancellationToken cancel)
    {
        foreach (var step in query.Operators)
        {
            if (step is { Kind: OperatorKind.Projection, IsInMemory: false, Body: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } && step.Model.GetTypeInfo(step.Body, cancel).Type is { } type)
                return name.EndsWith("Id", StringComparison.Ordinal) && (type.IsValueType || type.SpecialType == SpecialType.System_String);
        }

        return false;
    }

    /// <summary>The expression around it that waits for it.</summary>
    private static SyntaxNode Received(SyntaxNode node)
    {
        while (node.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax
            || (node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Result" or "GetAwaiter" or "GetResult" } member && member.Expression == node)
            || (node is MemberAccessExpressionSyntax && node.Parent is InvocationExpressionSyntax))
        {
            node = node.Parent;
        }

        return node;
    }

    /// <summary>Whether the value is all that happens to the rows: it is returned, perhaps in another shape, and as what the client reads.</summary>
    private static bool GoesOut(SyntaxNode rows, SyntaxNode function, bool isView, bool isLocal)
    {
        while (true)
        {
            rows = Received(rows);
            switch (rows.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" or "ToList" or "ToArray" or "AsEnumerable" or "ToListAsync" or "ToArrayAsync", Parent: InvocationExpressionSyntax next } member when member.Expression == rows:
                    rows = next;
                    continue;
                case ConditionalExpressionSyntax choice when choice.Condition != rows:
                    rows = choice;
                    continue;
                case CastExpressionSyntax cast:
                    rows = cast;
                    continue;
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax wrapping } when Calls.NameOf(wrapping)?.Identifier.ValueText is "Ok" or "FromResult" || (!isView && Calls.NameOf(wrapping)?.Identifier.ValueText == "Json"):
                    rows = wrapping;
                    continue;
                case ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "OkObjectResult" or "ObjectResult" or "JsonResult" } } wrapping } when !isView:
                    rows = wrapping;
                    continue;
                case ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax:
                    return Functions.Enclosing(rows) == function;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } when !isLocal:
                    return LocalGoesOut(declarator.Identifier.ValueText, function, isView);
                default:
                    return false;
            }
        }
    }

    private static bool LocalGoesOut(string local, SyntaxNode function, bool isView)
    {
        var any = false;
        foreach (var node in function.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax use || use.Identifier.ValueText != local || (use.Parent is MemberAccessExpressionSyntax member && member.Name == use))
                continue;

            if (!GoesOut(use, function, isView, isLocal: true))
                return false;

            any = true;
        }

        return any;
    }

    /// <summary>Whether the pages of the type are made on the server: a script of one of them that asks for rows shows what it gets.</summary>
    private static bool IsView(INamedTypeSymbol? type, KnownTypes types) =>
        types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.Controller") || types.IsOrInherits(type, "System.Web.Mvc.Controller");

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

        return false;
    }
}
