using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Names that code reads, also through the local functions that it calls.</summary>
internal static class VariableUses
{
    /// <summary>Local functions that call each other are followed this far.</summary>
    private const int MostSteps = 4;

    /// <summary>Whether the code, or a local function that it names, uses a name that <paramref name="isAsked"/> says yes to.</summary>
    public static bool Are(SyntaxNode code, Func<string, bool> isAsked) => Are(code, isAsked, code, 0);

    private static bool Are(SyntaxNode code, Func<string, bool> isAsked, SyntaxNode place, int steps)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is not IdentifierNameSyntax name)
                continue;

            if (isAsked(name.Identifier.ValueText))
                return true;

            if (name.Parent is not MemberAccessExpressionSyntax && LocalFunction(name.Identifier.ValueText, place) is { } local && (steps == MostSteps || Are(local, isAsked, place, steps + 1)))
                return true;
        }

        return false;
    }

    private static SyntaxNode? LocalFunction(string name, SyntaxNode place)
    {
        for (var block = place.Parent; block is not (null or MemberDeclarationSyntax); block = block.Parent)
        {
            foreach (var statement in (block as BlockSyntax)?.Statements ?? default)
            {
                if (statement is LocalFunctionStatementSyntax local && local.Identifier.ValueText == name)
                    return Functions.BodyOf(local);
            }
        }

        return null;
    }
}
