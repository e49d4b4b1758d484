using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// Whether something that exists already would be mistaken for a function under its new name, or the function for it.
/// The compiler would not always say so: a call can quietly come to mean another overload.
/// </summary>
internal sealed class NameClashes(Sources sources, TypeTree types, References references)
{
    public async Task<bool> AnyAsync(FunctionGroup group, string name)
    {
        var mentions = await references.WithWordAsync(group, name).ConfigureAwait(false);
        if (mentions.Count == 0)
            return false;

        foreach (var member in group.Members)
        {
            if (IsInBases(member, name) || await IsInDerivedAsync(member, name).ConfigureAwait(false))
                return true;
        }

        return group.Sites.Any(site => site.Kind != SiteKind.Name && IsSeenAt(site, group, name)) || await IsExtensionAsync(group, mentions, name).ConfigureAwait(false);
    }

    private static bool IsInBases(AsyncFunction function, string name)
    {
        for (var current = function.Symbol.ContainingType; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).Any(member => IsMistaken(member, function)))
                return true;
        }

        return false;
    }

    private async Task<bool> IsInDerivedAsync(AsyncFunction function, string name)
    {
        if (function.Symbol is not { DeclaredAccessibility: not Accessibility.Private, ContainingType: { IsSealed: false, IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Interface } type })
            return false;

        foreach (var derived in await types.DerivedAsync(type.OriginalDefinition, function.Source.Document.Project).ConfigureAwait(false))
        {
            if (derived.GetMembers(name).Any(member => IsMistaken(member, function)))
                return true;
        }

        return false;
    }

    /// <summary>What the place of a call sees under the new name: a local, or a method of a type around.</summary>
    private static bool IsSeenAt(CallSite site, FunctionGroup group, string name)
    {
        var model = site.Source.Model;
        var receiver = (site.Name.Parent as MemberAccessExpressionSyntax)?.Name == site.Name ? model.GetTypeInfo(((MemberAccessExpressionSyntax)site.Name.Parent!).Expression).Type : null;
        if (receiver is null && CallSites.WholeName(site.Name) != site.Name)
            return false;

        return model.LookupSymbols(site.Name.SpanStart, receiver, name).Any(symbol => IsMistaken(symbol, group.Members[0]));
    }

    /// <summary>An extension method gives way to a member of the type without a word.</summary>
    private async Task<bool> IsExtensionAsync(FunctionGroup group, IReadOnlyList<(Document Document, IReadOnlyList<int> Positions)> mentions, string name)
    {
        foreach (var (document, positions) in mentions)
        {
            var root = (await document.GetSyntaxRootAsync(sources.Cancel).ConfigureAwait(false))!;
            foreach (var position in positions)
            {
                if (root.FindToken(position) is { Parent: MethodDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } parameters } method } token && token == method.Identifier
                    && parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword)
                    && (await sources.OfAsync(document).ConfigureAwait(false)).Model is var model && model.GetDeclaredSymbol(method, sources.Cancel) is { } extension
                    && group.Members.Any(member => TakesTypeOf(extension, member, model.Compilation)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TakesTypeOf(IMethodSymbol extension, AsyncFunction function, Compilation compilation)
    {
        var extended = function.Symbol.IsExtensionMethod ? function.Symbol.Parameters[0].Type : function.Symbol.ContainingType;
        return !TypeTree.IsSame(extension.ContainingType, function.Symbol.ContainingType)
            && (!function.Symbol.IsStatic || function.Symbol.IsExtensionMethod)
            && (extension.Parameters[0].Type is ITypeParameterSymbol || TypeTree.IsSame(extended, extension.Parameters[0].Type)
                || compilation.ClassifyCommonConversion(extended, extension.Parameters[0].Type).IsImplicit);
    }

    /// <summary>Whether a call could mean either of two: overloads tell them apart only where their arguments do not convert.</summary>
    private static bool IsMistaken(ISymbol other, AsyncFunction function)
    {
        if (other is not IMethodSymbol method)
            return true;

        var (left, right) = (method.Parameters, function.Symbol.Parameters);
        if (Least(method) > Most(function.Symbol) || Least(function.Symbol) > Most(method))
            return false;

        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i].RefKind != right[i].RefKind || !Converts(left[i].Type, right[i].Type, function.Source.Model.Compilation))
                return false;
        }

        return true;
    }

    private static int Least(IMethodSymbol method) => method.Parameters.Count(parameter => !parameter.IsOptional && !parameter.IsParams);

    private static int Most(IMethodSymbol method) => method.Parameters.Any(parameter => parameter.IsParams) ? int.MaxValue : method.Parameters.Length;

    private static bool Converts(ITypeSymbol left, ITypeSymbol right, Compilation compilation) => left is ITypeParameterSymbol || right is ITypeParameterSymbol
        || TypeTree.IsSame(left, right) || compilation.ClassifyCommonConversion(left, right).IsImplicit || compilation.ClassifyCommonConversion(right, left).IsImplicit;
}
