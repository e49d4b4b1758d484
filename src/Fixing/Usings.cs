using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Adds using directives where the file keeps its own, in the order it keeps them.</summary>
internal static class Usings
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> s_globalImports = new();

    /// <summary><paramref name="root"/> with those of <paramref name="namespaces"/> imported that no directive, global directive or enclosing namespace already brings in.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, CompilationUnitSyntax original, IEnumerable<string> namespaces, SemanticModel model)
    {
        foreach (var name in namespaces)
        {
            if (!IsImported(root, name) && !s_globalImports.GetValue(model.Compilation, GlobalImports).Contains(name))
                root = Add(root, name, original);
        }

        return root;
    }

    private static bool IsImported(CompilationUnitSyntax root, string name) => root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .Any(node => node switch
        {
            UsingDirectiveSyntax { Alias: null, StaticKeyword.RawKind: 0 } import => import.Name?.ToString() == name,
            BaseNamespaceDeclarationSyntax space => space.Name.ToString() == name || space.Name.ToString().StartsWith(name + ".", StringComparison.Ordinal),
            _ => false,
        });

    private static HashSet<string> GlobalImports(Compilation compilation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var import in ((CompilationUnitSyntax)tree.GetRoot()).Usings)
            {
                if (import.GlobalKeyword.RawKind != 0 && import.Alias is null && import.StaticKeyword.RawKind == 0)
                    names.Add(WithoutGlobal(import.Name?.ToString() ?? ""));
            }
        }

        return names;
    }

    private static CompilationUnitSyntax Add(CompilationUnitSyntax root, string name, CompilationUnitSyntax original)
    {
        var newLine = original.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (newLine.RawKind == 0)
            newLine = SyntaxFactory.LineFeed;

        var import = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(newLine);

        var home = root.Members.Count == 1 && root.Usings.Count == 0 && root.Members[0] is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } space ? space : null;
        var usings = home?.Usings ?? root.Usings;
        if (usings.Count == 0)
            return AddFirst(root, import, newLine);

        var index = IndexFor(usings, name);
        if (index == 0)
        {
            // The comments above the first directive stay above the new first one when they are the file's header.
            var first = usings[0];
            import = import.WithLeadingTrivia(first.GetLeadingTrivia());
            usings = usings.Replace(first, first.WithLeadingTrivia(LastIndentation(first.GetLeadingTrivia())));
        }
        else
        {
            import = import.WithLeadingTrivia(LastIndentation(usings[index - 1].GetLeadingTrivia()));
        }

        usings = usings.Insert(index, import);
        return home is null ? root.WithUsings(usings) : root.ReplaceNode(home, home.WithUsings(usings));
    }

    private static CompilationUnitSyntax AddFirst(CompilationUnitSyntax root, UsingDirectiveSyntax import, SyntaxTrivia newLine)
    {
        var first = root.GetFirstToken(includeZeroWidth: true);
        var header = first.LeadingTrivia.TakeWhile(trivia => !trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
            && !trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)).ToList();

        // A comment directly above the first member is the member's; only what a blank line sets apart is the file's header.
        var end = header.Count;
        while (end > 0 && !(header[end - 1].IsKind(SyntaxKind.EndOfLineTrivia) && (end == 1 || header[end - 2].IsKind(SyntaxKind.EndOfLineTrivia))) && !header[end - 1].IsDirective)
            end--;

        var rest = first.LeadingTrivia.Skip(end);
        return root.ReplaceToken(first, first.WithLeadingTrivia(rest))
            .AddUsings(import.WithLeadingTrivia(header.Take(end)).WithTrailingTrivia(newLine, newLine));
    }

    private static int IndexFor(SyntaxList<UsingDirectiveSyntax> usings, string name)
    {
        var plain = usings.Select((directive, index) => (directive, index))
            .Where(pair => pair.directive.Alias is null && pair.directive.StaticKeyword.RawKind == 0 && pair.directive.GlobalKeyword.RawKind == 0).ToList();
        var systemFirst = plain.Count == 0 || IsSorted(plain.Select(pair => pair.directive.Name!.ToString()), CompareSystemFirst);
        var comparison = systemFirst || !IsSorted(plain.Select(pair => pair.directive.Name!.ToString()), string.CompareOrdinal) ? CompareSystemFirst : (Comparison<string>)string.CompareOrdinal;
        var after = plain.LastOrDefault(pair => comparison(pair.directive.Name!.ToString(), name) < 0);
        if (after.directive is not null)
            return after.index + 1;

        return plain.Count > 0 ? plain[0].index : usings.TakeWhile(directive => directive.GlobalKeyword.RawKind != 0).Count();
    }

    private static bool IsSorted(IEnumerable<string> names, Comparison<string> comparison)
    {
        string? last = null;
        foreach (var name in names)
        {
            if (last is not null && comparison(last, name) > 0)
                return false;

            last = name;
        }

        return true;
    }

    private static int CompareSystemFirst(string left, string right)
    {
        var bySystem = IsSystem(right).CompareTo(IsSystem(left));
        return bySystem != 0 ? bySystem : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static string WithoutGlobal(string name) => name.StartsWith("global::", StringComparison.Ordinal) ? name.Substring("global::".Length) : name;

    private static IEnumerable<SyntaxTrivia> LastIndentation(SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia[trivia.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? [trivia[trivia.Count - 1]] : [];
}
