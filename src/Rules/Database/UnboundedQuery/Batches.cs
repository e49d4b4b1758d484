using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Limits that cut a long work into parts: the query runs again until nothing is left, so a lower limit only makes more parts.</summary>
internal static class Batches
{
    /// <summary>Whether the query that <paramref name="take"/> limits is run in a loop.</summary>
    public static bool AreReadBy(InvocationExpressionSyntax take)
    {
        if (Functions.Enclosing(take) is not { } function)
            return false;

        if (IsRepeated(take, function))
            return true;

        if (take.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { } query || Functions.Enclosing(query) != function)
            return false;

        foreach (var node in function.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == query.Identifier.ValueText && IsRepeated(name, function))
                return true;
        }

        return false;
    }

    private static bool IsRepeated(SyntaxNode node, SyntaxNode function)
    {
        for (var parent = node.Parent; parent is not null && parent != function; parent = parent.Parent)
        {
            if (parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)
                return true;
        }

        return false;
    }
}
