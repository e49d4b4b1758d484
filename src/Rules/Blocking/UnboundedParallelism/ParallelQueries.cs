using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Queries that <c>AsParallel</c> begins.</summary>
internal static class ParallelQueries
{
    private const string Degree = "WithDegreeOfParallelism";

    /// <summary>Whether the query says no degree, and nobody who gets it can.</summary>
    public static bool IsUnlimited(InvocationExpressionSyntax call, IMethodSymbol method, Site site)
    {
        var source = method.ReducedFrom is null && call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : Calls.ReceiverOf(call);
        if (source is null || SmallLoops.Is(new Loop(source, source), site.Read(CommonOptions.SmallLoop), site.Model, site.Types, site.Cancel))
            return false;

        ExpressionSyntax query = call;
        while (true)
        {
            query = TaskCalls.Outermost(query);
            if (TaskCalls.NextCall(query) is { } next)
            {
                if (IsNamed(next, Degree))
                    return false;

                // AsSequential, ToList, Sum: the parallel part ends here.
                if (!IsParallel(next, site))
                    return true;

                query = next;
            }
            else if (query.Parent is FromClauseSyntax { Parent: QueryExpressionSyntax whole } from && whole.FromClause == from)
            {
                query = whole;
            }
            else if (query.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == query)
            {
                query = conditional;
            }
            else
            {
                return !MayGetDegreeLater(query, site);
            }
        }
    }

    /// <summary>Whether the query, as a query, goes to a variable that gets a degree, or to somebody else.</summary>
    private static bool MayGetDegreeLater(ExpressionSyntax query, Site site)
    {
        var seenAs = site.Model.GetTypeInfo(query, site.Cancel).ConvertedType;
        if (!site.Types.IsOrInherits(seenAs, "System.Linq.ParallelQuery"))
            return false;

        if (query.Parent is CommonForEachStatementSyntax)
            return false;

        if (query.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } local })
            return true;

        foreach (var node in TaskCalls.MemberAround(query).DescendantNodes())
        {
            if (node is IdentifierNameSyntax use && use.Identifier.ValueText == local.Identifier.ValueText && GetsDegreeOrLeaves(use, site))
                return true;
        }

        return false;
    }

    private static bool GetsDegreeOrLeaves(ExpressionSyntax use, Site site)
    {
        var query = TaskCalls.Outermost(use);
        while (TaskCalls.NextCall(query) is { } next && IsParallel(next, site))
        {
            if (IsNamed(next, Degree))
                return true;

            query = TaskCalls.Outermost(next);
        }

        return query.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax or EqualsValueClauseSyntax
            && site.Types.IsOrInherits(site.Model.GetTypeInfo(query, site.Cancel).ConvertedType, "System.Linq.ParallelQuery");
    }

    private static bool IsNamed(InvocationExpressionSyntax call, string name) => Calls.NameOf(call)?.Identifier.ValueText == name;

    private static bool IsParallel(InvocationExpressionSyntax call, Site site) => site.Types.IsOrInherits(site.Model.GetTypeInfo(call, site.Cancel).Type, "System.Linq.ParallelQuery");
}
