using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>A name in source that stands for a function of a group.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Name">The name; null where the function is used by a text that is not C#, or cannot be resolved.</param>
/// <param name="Others">What else the name stands for: the overloads of a <c>nameof</c>.</param>
internal sealed record Reference(Source? Source, SimpleNameSyntax? Name, IReadOnlyList<FunctionKey?> Others);

/// <summary>Finds every place that names a function. A document is bound only where its text has the name.</summary>
internal sealed class References(Sources sources)
{
    public async Task<IReadOnlyList<Reference>> ToAsync(FunctionGroup group)
    {
        var found = new List<Reference>();
        var keys = new HashSet<FunctionKey>(group.Members.Select(member => member.Key));
        foreach (var name in group.Members.Select(member => NameOf(member.Symbol)).Distinct().ToArray())
        {
            foreach (var document in Documents(group))
            {
                var positions = await Words.PositionsAsync(document, name, sources.Cancel).ConfigureAwait(false);
                if (positions.Count > 0)
                    found.AddRange(In(await sources.OfAsync(document).ConfigureAwait(false), positions, name, keys, group, sources.Cancel));
            }

            if (await IsNamedByGeneratorAsync(name, keys, group).ConfigureAwait(false))
                found.Add(new Reference(null, null, []));

            if (group.Members.Any(member => member.Symbol is { MethodKind: not MethodKind.LocalFunction, DeclaredAccessibility: not Accessibility.Private })
                && await MarkupUses.AnyAsync(sources, name, group.Members[0].Source.Document.Project).ConfigureAwait(false))
            {
                found.Add(new Reference(null, null, []));
            }
        }

        return found;
    }

    /// <summary>The name as calls write it: an explicit implementation is called by the interface member's name.</summary>
    public static string NameOf(IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations.IsEmpty ? method.Name : method.ExplicitInterfaceImplementations[0].Name;

    /// <summary>Whether <c>typeof</c> is asked for a type anywhere: of a static class that is of use to reflection alone.</summary>
    public async Task<bool> IsReflectedAsync(INamedTypeSymbol type, Project project)
    {
        foreach (var document in sources.Seeing(project).SelectMany(seeing => seeing.Documents))
        {
            foreach (var position in await Words.PositionsAsync(document, type.Name, sources.Cancel).ConfigureAwait(false))
            {
                var source = await sources.OfAsync(document).ConfigureAwait(false);
                if (source.Root.FindToken(position).Parent is SimpleNameSyntax name && IsTypeOf(name)
                    && source.Model.GetSymbolInfo(name, sources.Cancel).Symbol is INamedTypeSymbol found && TypeTree.IsSame(found, type))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The documents that could name a function of the group under another name and hold that word.</summary>
    public async Task<IReadOnlyList<(Document Document, IReadOnlyList<int> Positions)>> WithWordAsync(FunctionGroup group, string word)
    {
        var found = new List<(Document, IReadOnlyList<int>)>();
        foreach (var document in Documents(group))
        {
            if (await Words.PositionsAsync(document, word, sources.Cancel).ConfigureAwait(false) is { Count: > 0 } positions)
                found.Add((document, positions));
        }

        return found;
    }

    private static bool IsTypeOf(NameSyntax name)
    {
        while (name.Parent is NameSyntax outer)
            name = outer;

        return name.Parent is TypeOfExpressionSyntax;
    }

    private IEnumerable<Document> Documents(FunctionGroup group)
    {
        var first = group.Members[0];
        if (first.Symbol.MethodKind == MethodKind.LocalFunction)
            return [first.Source.Document];

        if (group.Members.Any(member => member.Symbol.DeclaredAccessibility != Accessibility.Private))
            return group.Members.Select(member => member.Source.Document.Project).Distinct().SelectMany(sources.Seeing).Distinct().SelectMany(project => project.Documents);

        // Nobody outside the type can call a private method.
        var trees = new HashSet<SyntaxTree>(first.Symbol.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree));
        return first.Source.Document.Project.Documents.Where(document => document.TryGetSyntaxTree(out var tree) && trees.Contains(tree));
    }

    private async Task<bool> IsNamedByGeneratorAsync(string name, HashSet<FunctionKey> keys, FunctionGroup group)
    {
        if (group.Members[0].Symbol.MethodKind == MethodKind.LocalFunction)
            return false;

        foreach (var project in group.Members.Select(member => member.Source.Document.Project).Distinct().SelectMany(sources.Seeing).Distinct().ToArray())
        {
            foreach (var written in await sources.WrittenAsync(project).ConfigureAwait(false))
            {
                foreach (var position in Words.Positions(await written.Tree.GetTextAsync(sources.Cancel).ConfigureAwait(false), name))
                {
                    var root = await written.Tree.GetRootAsync(sources.Cancel).ConfigureAwait(false);
                    if (root.FindToken(position).Parent is SimpleNameSyntax mention
                        && written.Model.GetSymbolInfo(mention, sources.Cancel).Symbol is var symbol
                        && (symbol is null || (symbol is IMethodSymbol method && FunctionKey.Of(method) is { } key && keys.Contains(key))))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>What the words at <paramref name="positions"/> of one document are to the functions with <paramref name="keys"/>.</summary>
    public static IReadOnlyList<Reference> In(Source source, IReadOnlyList<int> positions, string name, HashSet<FunctionKey> keys, FunctionGroup group, CancellationToken cancel)
    {
        var found = new List<Reference>();
        foreach (var position in positions)
        {
            var token = source.Root.FindToken(position, findInsideTrivia: true);
            if (HiddenUses.IsOne(source, position, token, name, group, cancel))
                found.Add(new Reference(source, null, []));

            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name || token.Parent is not SimpleNameSyntax written || !MayMean(written, group))
                continue;

            var info = source.Model.GetSymbolInfo(written, cancel);
            if (info.Symbol is IMethodSymbol method)
            {
                if (FunctionKey.Of(method) is { } key && keys.Contains(key))
                    found.Add(new Reference(source, written, []));
            }
            else if (info.Symbol is null && info.CandidateSymbols.OfType<IMethodSymbol>().Select(FunctionKey.Of).ToArray() is { Length: > 0 } candidates
                && candidates.Any(candidate => candidate is { } key && keys.Contains(key)))
            {
                found.Add(new Reference(source, written, candidates));
            }
            else if (info.Symbol is null && (info.CandidateReason is CandidateReason.LateBound || (info.CandidateSymbols.IsEmpty && CallSites.CallOf(written) is not null)))
            {
                // `dynamic`, or code that does not compile: it may well be a call.
                found.Add(new Reference(source, null, []));
            }
        }

        return found;
    }

    /// <summary>A call with more arguments than the method has parameters, or a type's name, never means it; binding a common name is dear.</summary>
    private static bool MayMean(SimpleNameSyntax name, FunctionGroup group)
    {
        SyntaxNode outer = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        outer = outer.Parent is MemberBindingExpressionSyntax binding ? binding : outer;
        if (outer.Parent is InvocationExpressionSyntax call && call.Expression == outer)
        {
            var arguments = call.ArgumentList.Arguments.Count;
            foreach (var function in group.Members)
            {
                var parameters = function.Symbol.Parameters;
                var least = parameters.Count(p => !p.IsOptional && !p.IsParams) - (function.Symbol.IsExtensionMethod ? 1 : 0);
                if (arguments >= least && (arguments <= parameters.Length || (parameters.Length > 0 && parameters[parameters.Length - 1].IsParams)))
                    return true;
            }

            return false;
        }

        return name.Parent is not (VariableDeclarationSyntax or ParameterSyntax or TypeArgumentListSyntax or BaseTypeSyntax or ObjectCreationExpressionSyntax or NameColonSyntax or NameEqualsSyntax);
    }
}
