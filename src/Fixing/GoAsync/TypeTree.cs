using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Which types of the solution derive from or implement a type. Base lists are matched by name before they are bound.</summary>
internal sealed class TypeTree(Sources sources)
{
    private static readonly ConditionalWeakTable<SyntaxNode, List<(string Base, TypeDeclarationSyntax Type)>> s_baseLists = new();

    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> _derived = new(SymbolEqualityComparer.Default);

    /// <summary>All types that derive from or implement <paramref name="type"/>, directly or not.</summary>
    public async Task<IReadOnlyList<INamedTypeSymbol>> DerivedAsync(INamedTypeSymbol type, Project project)
    {
        if (_derived.TryGetValue(type, out var known))
            return known;

        var found = new List<INamedTypeSymbol>();
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var names = new HashSet<string> { type.Name };
        var open = new Queue<string>(names);
        while (open.Count > 0)
        {
            var name = open.Dequeue();
            foreach (var seeing in sources.Seeing(project))
            {
                foreach (var document in seeing.Documents)
                {
                    if (await document.GetSyntaxRootAsync(sources.Cancel).ConfigureAwait(false) is { } root && Named(root, name).ToList() is { Count: > 0 } declarations)
                        Add(declarations, (await sources.OfAsync(document).ConfigureAwait(false)).Model);
                }

                foreach (var written in await sources.WrittenAsync(seeing).ConfigureAwait(false))
                {
                    if (Named(await written.Tree.GetRootAsync(sources.Cancel).ConfigureAwait(false), name).ToList() is { Count: > 0 } declarations)
                        Add(declarations, written.Model);
                }
            }
        }

        _derived.Add(type, found);
        return found;

        void Add(List<TypeDeclarationSyntax> declarations, SemanticModel model)
        {
            foreach (var declaration in declarations)
            {
                if (model.GetDeclaredSymbol(declaration, sources.Cancel) is INamedTypeSymbol derived && DerivesFrom(derived, type) && seen.Add(derived))
                {
                    found.Add(derived);
                    if (names.Add(derived.Name))
                        open.Enqueue(derived.Name);
                }
            }
        }
    }

    private static IEnumerable<TypeDeclarationSyntax> Named(SyntaxNode root, string baseName) =>
        s_baseLists.GetValue(root, static r => Read(r)).Where(pair => pair.Base == baseName).Select(pair => pair.Type);

    /// <summary>Whether two symbols are one declaration, seen from any project.</summary>
    public static bool IsSame(ISymbol left, ISymbol right)
    {
        if (SymbolEqualityComparer.Default.Equals(left.OriginalDefinition, right.OriginalDefinition))
            return true;

        var (a, b) = (left.OriginalDefinition.DeclaringSyntaxReferences, right.OriginalDefinition.DeclaringSyntaxReferences);
        return !a.IsEmpty && !b.IsEmpty && a[0].SyntaxTree == b[0].SyntaxTree && a[0].Span == b[0].Span;
    }

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol from)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (IsSame(current, from))
                return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (IsSame(implemented, from))
                return true;
        }

        return false;
    }

    private static List<(string Base, TypeDeclarationSyntax Type)> Read(SyntaxNode root)
    {
        var found = new List<(string, TypeDeclarationSyntax)>();
        foreach (var node in root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is not TypeDeclarationSyntax { BaseList: { } bases } type)
                continue;

            foreach (var written in bases.Types)
            {
                var name = written.Type switch
                {
                    QualifiedNameSyntax qualified => qualified.Right,
                    AliasQualifiedNameSyntax alias => alias.Name,
                    SimpleNameSyntax simple => simple,
                    _ => null,
                };
                if (name is not null)
                    found.Add((name.Identifier.ValueText, type));
            }
        }

        return found;
    }
}
