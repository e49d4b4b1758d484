using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Puts new members where a reader expects them: fields first, generated members last, of the type around a node.</summary>
internal static class RegexHomeFix
{
    public static void Add(DocumentEdits document, SyntaxNode node, List<(RegexMemberFix Member, MemberDeclarationSyntax Syntax)> added)
    {
        if (Of(node) is not { } home)
        {
            AddToProgram(document, added);
            return;
        }

        document.Replace(home, current => With(current, home, added, document.Model));
        for (var outer = home.Parent; outer is TypeDeclarationSyntax type && IsGenerated(added); outer = outer.Parent)
            document.Replace(type, Partial);
    }

    /// <summary>The declaration of the type around a node; an extension block is no type of its own.</summary>
    public static TypeDeclarationSyntax? Of(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>(
        type => type is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax or InterfaceDeclarationSyntax);

    private static bool IsGenerated(List<(RegexMemberFix Member, MemberDeclarationSyntax Syntax)> added) => added.Exists(member => member.Member.Kind != RegexMemberKind.Field);

    private static TypeDeclarationSyntax With(TypeDeclarationSyntax type, TypeDeclarationSyntax original, List<(RegexMemberFix Member, MemberDeclarationSyntax Syntax)> added, SemanticModel model)
    {
        // Those that read other fields first, from the last: the places of the rest do not move by that.
        var fields = added.Where(pair => pair.Member.Kind == RegexMemberKind.Field)
            .Select(pair => (pair.Syntax, After: pair.Member.Reads.IsEmpty ? -1 : pair.Member.IndexOfReads(original, model))).OrderByDescending(field => field.After);
        foreach (var (field, after) in fields)
            type = WithField(type, field, after);

        foreach (var (member, syntax) in added)
        {
            if (member.Kind != RegexMemberKind.Field)
                type = WithLast(type, syntax);
        }

        return IsGenerated(added) ? Partial(type) : type;
    }

    /// <summary>
    /// Before the first member, to be initialised before any other static that could use it, or after the fields that
    /// it reads itself; either way behind the expressions that are there already.
    /// </summary>
    private static TypeDeclarationSyntax WithField(TypeDeclarationSyntax type, MemberDeclarationSyntax field, int after)
    {
        field = field.WithAdditionalAnnotations(Formatter.Annotation);
        var index = after + 1;
        while (index < type.Members.Count && IsExpression(type.Members[index]))
            index++;

        if (index > 0)
        {
            // A blank line that this action put behind the one before belongs behind the last.
            var before = type.Members[index - 1];
            var trailing = before.GetTrailingTrivia();
            if (trailing.Count(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) < 2)
                return type.WithMembers(type.Members.Insert(index, field.WithTrailingTrivia(SyntaxFactory.LineFeed)));

            var members = type.Members.Replace(before, before.WithTrailingTrivia(SyntaxFactory.LineFeed));
            return type.WithMembers(members.Insert(index, field.WithTrailingTrivia(trailing)));
        }

        var next = type.Members.Count > 0 ? type.Members[0].GetLeadingTrivia() : default;
        var isField = type.Members.Count > 0 && type.Members[0] is FieldDeclarationSyntax;
        var needsBlank = !(isField && next.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))) && type.Members.Count > 0 && !next.FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);
        field = field.WithTrailingTrivia(SyntaxFactory.TriviaList(needsBlank ? [SyntaxFactory.LineFeed, SyntaxFactory.LineFeed] : [SyntaxFactory.LineFeed]));
        if (!EndsLine(type.OpenBraceToken))
            field = field.WithLeadingTrivia(field.GetLeadingTrivia().Insert(0, SyntaxFactory.LineFeed));

        return type.WithMembers(type.Members.Insert(0, field));
    }

    private static bool IsExpression(MemberDeclarationSyntax member) => member is FieldDeclarationSyntax { Declaration: { Variables.Count: 1 } declared } field
        && field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) && field.Modifiers.Any(SyntaxKind.PrivateKeyword)
        && declared.Type.ToString() is var type && (type == "Regex" || type.EndsWith(".Regex", System.StringComparison.Ordinal))
        && declared.Variables[0].Initializer?.Value is BaseObjectCreationExpressionSyntax && !field.GetLeadingTrivia().Any(trivia => trivia.IsDirective);

    /// <summary>After the last member; directives behind that one close what it is in, and so stay before the new member.</summary>
    private static TypeDeclarationSyntax WithLast(TypeDeclarationSyntax type, MemberDeclarationSyntax member)
    {
        var close = type.CloseBraceToken;
        var trivia = close.LeadingTrivia;
        var directives = 0;
        for (var index = 0; index < trivia.Count; index++)
        {
            if (trivia[index].IsDirective)
                directives = index + 1;
        }

        var leading = trivia.Take(directives).Append(SyntaxFactory.LineFeed);
        if (type.Members.Count > 0 && !EndsLine(type.Members.Last().GetLastToken()))
            leading = leading.Prepend(SyntaxFactory.LineFeed);

        member = member.WithLeadingTrivia(leading.Concat(member.GetLeadingTrivia())).WithTrailingTrivia(SyntaxFactory.LineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        return (TypeDeclarationSyntax)type.WithCloseBraceToken(close.WithLeadingTrivia(trivia.Skip(directives))).AddMembers(member);
    }

    private static void AddToProgram(DocumentEdits document, List<(RegexMemberFix Member, MemberDeclarationSyntax Syntax)> added)
    {
        if (document.Root.Members.OfType<ClassDeclarationSyntax>().FirstOrDefault(type => type.Identifier.ValueText == "Program") is { } declared)
        {
            document.Replace(declared, current => With(Braced(current), declared, added, document.Model));
            return;
        }

        var program = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("partial class Program\n{\n}")!;
        program = program.AddMembers(added.Select(pair => pair.Syntax).Select((member, index) => (index == 0 ? member : member.WithLeadingTrivia(member.GetLeadingTrivia().Insert(0, SyntaxFactory.LineFeed)))
            .WithTrailingTrivia(SyntaxFactory.LineFeed).WithAdditionalAnnotations(Formatter.Annotation)).ToArray());

        program = EndsLine(document.Root.Members.Last().GetLastToken())
            ? program.WithLeadingTrivia(SyntaxFactory.LineFeed).WithTrailingTrivia(SyntaxFactory.LineFeed)
            : program.WithLeadingTrivia(SyntaxFactory.LineFeed, SyntaxFactory.LineFeed);

        // Directives at the end of the file close what the last statement is in.
        var end = document.Root.EndOfFileToken;
        if (end.LeadingTrivia.Any(trivia => trivia.IsDirective))
            program = program.WithLeadingTrivia(end.LeadingTrivia.AddRange(program.GetLeadingTrivia()));

        document.Replace(document.Root, current => (end.LeadingTrivia.Any(trivia => trivia.IsDirective) ? current.WithEndOfFileToken(current.EndOfFileToken.WithLeadingTrivia()) : current).AddMembers(program));
    }

    /// <summary>A type declared with a semicolon gets a body.</summary>
    private static TypeDeclarationSyntax Braced(ClassDeclarationSyntax type)
    {
        if (type.SemicolonToken.RawKind == 0 || !type.OpenBraceToken.IsMissing && type.OpenBraceToken.RawKind != 0)
            return type;

        var end = type.SemicolonToken.TrailingTrivia;
        return type.WithSemicolonToken(default)
            .WithIdentifier(type.Identifier.WithTrailingTrivia(SyntaxFactory.LineFeed))
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.LineFeed))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(end));
    }

    private static bool EndsLine(SyntaxToken token) => token.TrailingTrivia.Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private static TypeDeclarationSyntax Partial(TypeDeclarationSyntax type)
    {
        if (type.Modifiers.Any(SyntaxKind.PartialKeyword))
            return type;

        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
            return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Add(partial));

        // The comments before the keyword stay before the modifier.
        return (TypeDeclarationSyntax)type.WithKeyword(type.Keyword.WithLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
    }
}
