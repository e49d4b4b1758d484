using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary><c>Entry(x).Collection(…).Load()</c> and its kin.</summary>
internal static class ExplicitLoads
{
    /// <summary>Whether the call, by its names, may load a navigation.</summary>
    public static bool MayBe(InvocationExpressionSyntax call, SimpleNameSyntax name) =>
        name.Identifier.ValueText is "Load" or "LoadAsync" && Calls.ReceiverOf(call) is InvocationExpressionSyntax member
        && Calls.NameOf(member)?.Identifier.ValueText is "Collection" or "Reference" or "Navigation";

    /// <summary>What the call loads; null for another kind of <c>Load</c>, a query on the entry, or an entity of which nothing is known.</summary>
    public static EntityOrigin? OriginOf(InvocationExpressionSyntax load, IMethodSymbol method, EntityFlow flow)
    {
        if (!flow.Types.IsOrInherits(method.ContainingType, "Microsoft.EntityFrameworkCore.ChangeTracking.NavigationEntry")
            || Calls.ReceiverOf(load) is not InvocationExpressionSyntax member || Calls.NameOf(member)?.Identifier.ValueText is not ("Collection" or "Reference" or "Navigation")
            || member.ArgumentList.Arguments.Count != 1 || NavigationName(member.ArgumentList.Arguments[0].Expression, flow) is not { } name
            || EntryOf(Calls.ReceiverOf(member), flow) is not { } entry || flow.OriginOf(entry) is not { Depth: 0 } owner)
        {
            return null;
        }

        for (INamedTypeSymbol? type = owner.Entity; type is not null; type = type.BaseType)
        {
            foreach (var found in type.GetMembers(name))
            {
                if (found is IPropertySymbol property)
                    return flow.Entities.NavigationOf(property, owner.Entity) is { } navigation ? owner.Via(navigation) : null;
            }
        }

        return null;
    }

    /// <summary>The entity given to <c>Entry</c>, also where the entry is kept in a local.</summary>
    private static ExpressionSyntax? EntryOf(ExpressionSyntax? entry, EntityFlow flow)
    {
        if (entry is IdentifierNameSyntax name && flow.Model.GetSymbolInfo(name, flow.Cancel).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
            && references[0].GetSyntax(flow.Cancel) is VariableDeclaratorSyntax { Initializer: { } given })
        {
            entry = given.Value;
        }

        return entry is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call && Calls.NameOf(call)?.Identifier.ValueText == "Entry"
            ? arguments[0].Expression
            : null;
    }

    private static string? NavigationName(ExpressionSyntax argument, EntityFlow flow) => argument is LambdaExpressionSyntax lambda
        ? IncludePaths.MembersOf(lambda.ExpressionBody) is { Length: 1 } members ? members[0] : null
        : flow.Model.GetConstantValue(argument, flow.Cancel).Value as string;
}
