using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace PerfAnalyzers.Fixing;

/// <summary>The changes to one document. Nodes named here are nodes of <see cref="Root"/>; changes to nested nodes compose.</summary>
internal sealed class DocumentEdits
{
    private readonly SyntaxEditor _editor;
    private readonly SortedSet<string> _imports = new(StringComparer.Ordinal);
    private readonly HashSet<(SyntaxNode Scope, string Name)> _names = new();
    private readonly HashSet<object> _done = [];

    private DocumentEdits(Document document, CompilationUnitSyntax root, SemanticModel model)
    {
        Document = document;
        Root = root;
        Model = model;
        _editor = new SyntaxEditor(root, document.Project.Solution.Workspace.Services);
    }

    public Document Document { get; }

    public CompilationUnitSyntax Root { get; }

    public SemanticModel Model { get; }

    public static async Task<DocumentEdits> OfAsync(Document document, CancellationToken cancel) => new(
        document,
        (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!,
        (await document.GetSemanticModelAsync(cancel).ConfigureAwait(false))!);

    /// <summary>
    /// Replaces a node. <paramref name="change"/> gets the node as earlier changes inside it have left it, and must
    /// build on that one, not on the original. Give new code <see cref="Formatter.Annotation"/> to have it formatted.
    /// </summary>
    public void Replace<T>(T node, Func<T, SyntaxNode> change) where T : SyntaxNode => _editor.ReplaceNode(node, (current, _) => change((T)current));

    /// <summary>Replaces a node of which nothing is kept.</summary>
    public void Replace(SyntaxNode node, SyntaxNode replacement) => _editor.ReplaceNode(node, replacement);

    /// <summary>Removes a statement or member with its own comments.</summary>
    public void Remove(SyntaxNode node, SyntaxRemoveOptions options = SyntaxRemoveOptions.KeepUnbalancedDirectives) => _editor.RemoveNode(node, options);

    public void InsertBefore(SyntaxNode node, SyntaxNode added) => _editor.InsertBefore(node, added);

    public void InsertAfter(SyntaxNode node, SyntaxNode added) => _editor.InsertAfter(node, added);

    /// <summary>Whether this is the first edit with this key; for what several findings need once.</summary>
    public bool IsFirst(object key) => _done.Add(key);

    /// <summary>Makes the extension methods and types of a namespace usable without qualification.</summary>
    public void Import(string @namespace) => _imports.Add(@namespace);

    /// <summary>
    /// How code at <paramref name="position"/> writes <paramref name="type"/>: its simple name, with its namespace
    /// imported where needed, or the full name where the simple one means something else there.
    /// </summary>
    public string NameOf(INamedTypeSymbol type, int position)
    {
        foreach (var symbol in Model.LookupNamespacesAndTypes(position, name: type.Name))
        {
            if (symbol is INamedTypeSymbol found && SymbolEqualityComparer.Default.Equals(found.OriginalDefinition, type.OriginalDefinition))
                return type.Arity == 0 ? type.Name : type.ToMinimalDisplayString(Model, position); // an alias may be shorter, but not what was asked for

            if (symbol is INamespaceSymbol || (symbol is INamedTypeSymbol other && other.Arity == type.Arity))
                return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        }

        if (type.ContainingNamespace is { IsGlobalNamespace: false } home)
            Import(home.ToDisplayString());

        return type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
    }

    /// <summary>A name that nothing visible in the member around <paramref name="place"/> has, nor any other new name of this action in that member.</summary>
    public string UniqueName(string wanted, SyntaxNode place)
    {
        var scope = (SyntaxNode?)place.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? Root;
        var taken = NamesIn(scope);
        var name = wanted;
        for (var number = 2; taken.Contains(name) || !Model.LookupSymbols(place.SpanStart, name: name).IsEmpty || !_names.Add((scope, name)); number++)
            name = wanted + number;

        return name;
    }

    /// <summary>The document's new text, or null where nothing changed.</summary>
    public async Task<SourceText?> CompleteAsync(CancellationToken cancel)
    {
        var root = (CompilationUnitSyntax)_editor.GetChangedRoot();
        if (root == Root)
            return null;

        root = Usings.Add(root, Root, _imports, Model);
        var changed = Document.WithSyntaxRoot(root);
        if (root.ContainsAnnotations)
        {
            var options = await Layout.OptionsAsync(Document, cancel).ConfigureAwait(false);
            changed = await Formatter.FormatAsync(changed, Formatter.Annotation, options, cancel).ConfigureAwait(false);
        }

        return await Layout.KeepLineEndingsAsync(Document, changed, cancel).ConfigureAwait(false);
    }

    private static HashSet<string> NamesIn(SyntaxNode scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in scope.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken))
                names.Add(token.ValueText);
        }

        return names;
    }
}
