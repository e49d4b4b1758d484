using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Which name a function gets when it becomes async, and whether an async twin stands beside it already.</summary>
internal static class AsyncNames
{
    private const string Suffix = "Async";

    /// <summary>Callers move to an async twin where every function of the group has one, whichever they call.</summary>
    public static void FindTwin(FunctionGroup group)
    {
        if (group.Members[0].Symbol.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) || KeepsName(group))
            return;

        var name = References.NameOf(group.Members[0].Symbol) + Suffix;
        var siblings = group.Members.Select(member => SiblingOf(member, name)).ToArray();
        if (siblings.All(sibling => sibling is null))
            return;

        // A second async method of the same parameters helps nobody; a half of them would not compile.
        if (siblings.Any(sibling => sibling is not { IsTwin: true }))
        {
            group.Block("an async method of another shape stands beside it");
            return;
        }

        group.HasTwin = true;
        group.NewName = name;
    }

    public static void Choose(FunctionGroup group)
    {
        var first = group.Members[0];
        if (group.HasTwin)
        {
            // The twin does its work through the method.
            if (group.Sites.Any(site => IsOfTwin(group, site.Caller?.Symbol)))
                group.Block("its async twin calls it");

            return;
        }

        if (KeepsName(group) || group.Sites.Any(site => site.Kind == SiteKind.Group && IsEndpoint(site)))
            return;

        var wanted = References.NameOf(first.Symbol) + Suffix;
        if (first.Declaration is LocalFunctionStatementSyntax local)
        {
            if (first.Source.Model.LookupSymbols(local.SpanStart, name: wanted).IsEmpty && !IsWritten(local, wanted))
                group.NewName = wanted;
        }
        else
        {
            group.NewName = wanted;
        }
    }

    /// <summary>Whether a caller is the async twin of the group, or one that the twin may do its work through: it names it.</summary>
    public static bool IsOfTwin(FunctionGroup group, IMethodSymbol? caller)
    {
        if (!group.HasTwin || caller is null)
            return false;

        return group.IsTwin(caller) || group.Members.Any(member => member.Symbol.ContainingType.GetMembers(group.NewName!).Any(twin => twin.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax().DescendantNodes().Any(node => node is SimpleNameSyntax name && name.Identifier.ValueText == caller.Name))));
    }

    private static bool KeepsName(FunctionGroup group) => group.Members.Any(member =>
        References.NameOf(member.Symbol).EndsWith(Suffix, System.StringComparison.Ordinal) || FrameworkNames.Keeps(member.Symbol, member.Source.Types));

    private static bool IsEndpoint(CallSite site) => CallSites.WholeName(site.Name).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && Calls.NameOf(call)?.Identifier.ValueText.StartsWith("Map", System.StringComparison.Ordinal) == true;

    private static bool IsWritten(LocalFunctionStatementSyntax local, string name) =>
        (local.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)local.SyntaxTree.GetRoot()).DescendantTokens().Any(token => token.ValueText == name);

    /// <summary>A method of the same type with the new name and the same parameters, and whether it can stand in: it returns a task of such a result.</summary>
    private static (IMethodSymbol Method, bool IsTwin)? SiblingOf(AsyncFunction function, string name)
    {
        foreach (var member in function.Symbol.ContainingType.GetMembers(name))
        {
            if (member is IMethodSymbol sibling && sibling.IsStatic == function.Symbol.IsStatic && sibling.Arity == function.Symbol.Arity
                && HasSameParameters(sibling, function.Symbol, function.Source.Types))
            {
                return (sibling, IsTaskOf(sibling.ReturnType, function));
            }
        }

        return null;
    }

    private static bool HasSameParameters(IMethodSymbol twin, IMethodSymbol method, KnownTypes types) =>
        (twin.Parameters.Length == method.Parameters.Length
            || (twin.Parameters.Length == method.Parameters.Length + 1 && twin.Parameters[twin.Parameters.Length - 1] is { IsOptional: true } last
                && SymbolEqualityComparer.Default.Equals(last.Type, types.CancellationToken)))
        && AreSame(twin, method);

    private static bool IsTaskOf(ITypeSymbol task, AsyncFunction function)
    {
        if (!Functions.IsTask(task, function.Source.Types))
            return false;

        var result = ((INamedTypeSymbol)task).TypeArguments;
        if (function.Symbol.ReturnsVoid || result.IsEmpty)
            return function.Symbol.ReturnsVoid && result.IsEmpty;

        return IsSameType(result[0], function.Symbol.ReturnType)
            || function.Source.Model.Compilation.ClassifyCommonConversion(result[0], function.Symbol.ReturnType) is { IsImplicit: true, IsReference: true };
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

    /// <summary>Whether two types are one, where type parameters of two methods stand for each other.</summary>
    public static bool IsSameType(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right)
        || (left is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } a && right is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } b && a.Ordinal == b.Ordinal)
        || (left is INamedTypeSymbol { IsGenericType: true } l && right is INamedTypeSymbol { IsGenericType: true } r
            && SymbolEqualityComparer.Default.Equals(l.OriginalDefinition, r.OriginalDefinition)
            && l.TypeArguments.Zip(r.TypeArguments, IsSameType).All(same => same));
}
