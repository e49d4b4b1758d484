using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Whether the program chooses cultures itself, per request or per thread, so that "the current culture" is not one culture.</summary>
internal static class Cultures
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> s_byTree = new();

    public static bool AreSetIn(Compilation compilation, CancellationToken cancel)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if ((bool)s_byTree.GetValue(tree, key => AreSetIn(key.GetRoot(cancel))))
                return true;
        }

        return false;
    }

    private static bool AreSetIn(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case IdentifierNameSyntax { Identifier.ValueText: "UseRequestLocalization" or "RequestLocalizationOptions" }:
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CurrentCulture" or "DefaultThreadCurrentCulture" } }:
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "CurrentCulture" or "DefaultThreadCurrentCulture" } }:
                    return true;
            }
        }

        return false;
    }
}
