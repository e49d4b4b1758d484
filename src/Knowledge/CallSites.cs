using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Knowledge;

/// <summary>A call of a method, and the model that binds it.</summary>
internal readonly record struct CallSite(InvocationExpressionSyntax Call, SemanticModel Model);

/// <summary>Who calls a method, as far as its own compilation shows.</summary>
internal static class CallSites
{
    /// <summary>More calls than this answer no question at a bearable price.</summary>
    private const int Most = 64;

    /// <summary>
    /// All calls of the method in its compilation, also those through an interface or a base; null where there are too
    /// many, or where its name stands in code that is no call of it, such as a delegate.
    /// </summary>
    public static List<CallSite>? Of(IMethodSymbol method, SemanticModel atHand, CancellationToken cancel)
    {
        var sites = new List<CallSite>();
        foreach (var tree in atHand.Compilation.SyntaxTrees)
        {
            if (!Names(TreeSummary.Of(tree, cancel).Content, method.Name))
                continue;

            var model = SemanticModels.Of(tree, atHand);
            foreach (var node in tree.GetRoot(cancel).DescendantNodes())
            {
                if (node is not SimpleNameSyntax name || name.Identifier.ValueText != method.Name || ExpressionTrees.IsOnlyNamed(name)
                    || model.GetSymbolInfo(name, cancel).Symbol is not IMethodSymbol called || !MayRun(called, method))
                {
                    continue;
                }

                SyntaxNode place = name;
                while (place.Parent is MemberAccessExpressionSyntax member && member.Name == place || place.Parent is MemberBindingExpressionSyntax)
                    place = place.Parent;

                if (place.Parent is not InvocationExpressionSyntax call || call.Expression != place || sites.Count == Most)
                    return null;

                sites.Add(new CallSite(call, model));
            }
        }

        return sites;
    }

    /// <summary>What the call passes for the parameter; null where it passes nothing, or more than one value.</summary>
    public static ExpressionSyntax? ArgumentFor(IParameterSymbol parameter, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].NameColon is { } named ? named.Name.Identifier.ValueText == parameter.Name : i == parameter.Ordinal && !parameter.IsParams)
                return arguments[i].Expression;
        }

        return null;
    }

    private static bool Names(TreeContent content, string name)
    {
        foreach (var call in content.Calls)
        {
            if (call.Name == name)
                return true;
        }

        return false;
    }

    /// <summary>Whether a call of the one can run the other.</summary>
    private static bool MayRun(IMethodSymbol called, IMethodSymbol method)
    {
        var definition = (called.ReducedFrom ?? called).OriginalDefinition;
        for (var current = method.OriginalDefinition; current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (SymbolEqualityComparer.Default.Equals(definition, current))
                return true;
        }

        return definition.ContainingType is { TypeKind: TypeKind.Interface }
            && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(InterfaceMember(called, method)), method);
    }

    /// <summary>The member as the type that implements it sees it: of a generic interface, the construction that the type names.</summary>
    private static ISymbol InterfaceMember(IMethodSymbol called, IMethodSymbol method)
    {
        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, called.ContainingType.OriginalDefinition))
                continue;

            foreach (var member in contract.GetMembers(called.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, called.OriginalDefinition))
                    return member;
            }
        }

        return called;
    }
}
