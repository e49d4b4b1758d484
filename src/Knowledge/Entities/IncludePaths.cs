using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>Which navigations a query loads with its rows.</summary>
/// <param name="Paths">The paths that some path of the code includes, as include strings.</param>
/// <param name="AreAutomatic">Whether navigations that the model includes automatically are loaded too.</param>
internal sealed record IncludePaths(ImmutableHashSet<string> Paths, bool AreAutomatic)
{
    /// <summary>What the query includes; null where one of its includes cannot be read.</summary>
    public static IncludePaths? Of(Query query)
    {
        var paths = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var isAutomatic = true;
        string? last = null;
        foreach (var step in query.Operators)
        {
            isAutomatic &= step.Name != "IgnoreAutoIncludes";
            if (step.Kind != OperatorKind.Include)
                continue;

            if (PathOf(step) is not { } path)
                return null;

            last = step.Name == "ThenInclude" && last is not null ? last + "." + path : path;
            paths.Add(last);
        }

        return new IncludePaths(paths.ToImmutable(), isAutomatic);
    }

    /// <summary>Whether the last navigation of the path is loaded with the query.</summary>
    public bool Contains(ImmutableArray<Navigation> path)
    {
        var isLoaded = true;
        for (var length = 1; length <= path.Length && isLoaded; length++)
            isLoaded = (AreAutomatic && path[length - 1].IsAutoIncluded) || IsIncluded(EntityRead.TextOf(path, length));

        return isLoaded;
    }

    /// <summary>The path that one <c>Include</c> or <c>ThenInclude</c> names, or null.</summary>
    public static string? PathOf(QueryOperator include)
    {
        if (include.Arguments.IsEmpty)
            return null;

        if (include.Arguments[0].Expression is LambdaExpressionSyntax lambda)
            return MembersOf(lambda.ExpressionBody) is { Length: > 0 } members ? string.Join(".", members) : null;

        return include.Model.GetConstantValue(include.Arguments[0].Expression).Value as string;
    }

    /// <summary>The members that an include's lambda goes through; what filters or orders them is looked through.</summary>
    public static string[]? MembersOf(ExpressionSyntax? body)
    {
        var members = new List<string>();
        while (true)
        {
            switch (body)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    body = parenthesized.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven:
                    body = forgiven.Operand;
                    continue;
                case CastExpressionSyntax cast:
                    body = cast.Expression;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } cast:
                    body = cast.Left;
                    continue;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Take" or "Skip" or "AsQueryable" or "ToList" } filtered }:
                    body = filtered.Expression;
                    continue;
                case MemberAccessExpressionSyntax member:
                    members.Insert(0, member.Name.Identifier.ValueText);
                    body = member.Expression;
                    continue;
                case IdentifierNameSyntax:
                    return members.ToArray();
                default:
                    return null;
            }
        }
    }

    private bool IsIncluded(string path)
    {
        foreach (var included in Paths)
        {
            if (included == path || (included.Length > path.Length && included[path.Length] == '.' && included.StartsWith(path, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }
}
