using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Which name a function gets when it becomes async, and whether an async twin stands beside it already.</summary>
internal static class AsyncNames
{
    private const string Suffix = "Async";

    public static void Choose(FunctionGroup group)
    {
        var first = group.Members[0];
        var name = References.NameOf(first.Symbol);
        if (name.EndsWith(Suffix, System.StringComparison.Ordinal) || group.Members.Any(member => FrameworkNames.Keeps(member.Symbol, member.Source.Types))
            || group.Sites.Any(site => site.Kind == SiteKind.Group && IsEndpoint(site)))
        {
            return;
        }

        var wanted = name + Suffix;
        if (first.Declaration is LocalFunctionStatementSyntax local)
        {
            if (first.Source.Model.LookupSymbols(local.SpanStart, name: wanted).IsEmpty && !IsWritten(local, wanted))
                group.NewName = wanted;

            return;
        }

        var twins = group.Members.Select(member => TwinOf(member, wanted)).ToArray();
        if (twins.Any(twin => twin is not null))
        {
            // Only where every function of the group has one can callers move there, whichever they call.
            if (twins.All(twin => twin is not null) && !group.Sites.Any(site => twins.Any(twin => site.Caller is { } caller && TypeTree.IsSame(caller.Symbol, twin!))))
            {
                group.HasTwin = true;
                group.NewName = wanted;
            }
            else
            {
                group.Block("an async twin stands beside some of its kin, or calls it");
            }

            return;
        }

        foreach (var member in group.Members)
        {
            if (IsTaken(member.Symbol.ContainingType, member.Symbol, wanted))
                return;
        }

        group.NewName = wanted;
    }

    private static bool IsEndpoint(CallSite site) => CallSites.WholeName(site.Name).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && Calls.NameOf(call)?.Identifier.ValueText.StartsWith("Map", System.StringComparison.Ordinal) == true;

    private static bool IsWritten(LocalFunctionStatementSyntax local, string name) =>
        (local.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)local.SyntaxTree.GetRoot()).DescendantTokens().Any(token => token.ValueText == name);

    /// <summary>A method of the same type with the same parameters, perhaps with a token more, that returns a task of the same result.</summary>
    private static IMethodSymbol? TwinOf(AsyncFunction function, string name)
    {
        foreach (var member in function.Symbol.ContainingType.GetMembers(name))
        {
            if (member is IMethodSymbol twin && twin.IsStatic == function.Symbol.IsStatic && twin.Arity == function.Symbol.Arity
                && HasSameParameters(twin, function.Symbol, function.Source.Types) && IsTaskOf(twin.ReturnType, function.Symbol, function.Source.Types))
            {
                return twin;
            }
        }

        return null;
    }

    private static bool HasSameParameters(IMethodSymbol twin, IMethodSymbol method, KnownTypes types)
    {
        if (twin.Parameters.Length != method.Parameters.Length
            && !(twin.Parameters.Length == method.Parameters.Length + 1 && twin.Parameters[twin.Parameters.Length - 1] is { IsOptional: true } last
                && SymbolEqualityComparer.Default.Equals(last.Type, types.CancellationToken)))
        {
            return false;
        }

        return AreSame(twin, method);
    }

    private static bool IsTaskOf(ITypeSymbol task, IMethodSymbol method, KnownTypes types)
    {
        if (!Functions.IsTask(task, types))
            return false;

        var result = ((INamedTypeSymbol)task).TypeArguments;
        return method.ReturnsVoid ? result.IsEmpty : !result.IsEmpty && IsSameType(result[0], method.ReturnType);
    }

    /// <summary>Whether the type, or one that it derives from, has something else under the new name.</summary>
    private static bool IsTaken(INamedTypeSymbol type, IMethodSymbol method, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is not IMethodSymbol other || (other.Arity == method.Arity && other.Parameters.Length == method.Parameters.Length && AreSame(other, method)))
                    return true;
            }
        }

        return false;
    }

    private static bool AreSame(IMethodSymbol left, IMethodSymbol right)
    {
        for (var i = 0; i < right.Parameters.Length; i++)
        {
            if (!IsSameType(left.Parameters[i].Type, right.Parameters[i].Type) || left.Parameters[i].RefKind != right.Parameters[i].RefKind)
                return false;
        }

        return true;
    }

    private static bool IsSameType(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right)
        || (left is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } a && right is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } b && a.Ordinal == b.Ordinal)
        || (left is INamedTypeSymbol { IsGenericType: true } l && right is INamedTypeSymbol { IsGenericType: true } r
            && SymbolEqualityComparer.Default.Equals(l.OriginalDefinition, r.OriginalDefinition)
            && l.TypeArguments.Zip(r.TypeArguments, IsSameType).All(same => same));
}
