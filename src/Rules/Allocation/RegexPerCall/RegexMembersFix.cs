using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Adds the members for all uses of one action: one for each expression of a type, named apart over all parts of the type.</summary>
internal sealed class RegexMembersFix : EditStage
{
    private readonly List<Request> _requests = new();

    public void Add(DocumentEdits document, INamedTypeSymbol type, RegexMemberFix member, string wanted, ExpressionSyntax use, Func<ExpressionSyntax, ExpressionSyntax, ExpressionSyntax> change) =>
        _requests.Add(new Request(document, type, member, wanted, use, change));

    public override Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        // Symbols of one type in two projects differ; each project gets its own members.
        foreach (var inType in _requests.GroupBy(request => request.Type, SymbolEqualityComparer.Default))
        {
            var type = (INamedTypeSymbol)inType.Key!;
            var names = new Dictionary<RegexMemberFix, string>();
            var taken = new HashSet<string>(type.MemberNames.Append(type.Name), StringComparer.Ordinal);
            foreach (var inDocument in inType.GroupBy(request => request.Document))
            {
                var added = new List<MemberDeclarationSyntax>();
                foreach (var request in inDocument)
                {
                    if (!names.TryGetValue(request.Member, out var name))
                    {
                        name = Existing(request, cancel);
                        if (name is null)
                        {
                            name = Unique(request, taken);
                            added.Add(Declare(request, name));
                        }

                        names.Add(request.Member, name);
                    }

                    ExpressionSyntax reference = SyntaxFactory.IdentifierName(name);
                    if (request.Member.Kind == RegexMemberKind.Method)
                        reference = SyntaxFactory.InvocationExpression(reference);

                    request.Document.Replace(request.Use, current => request.Change(current, reference));
                }

                if (added.Count > 0)
                    AddTo(inDocument.Key, inDocument.First().Use.FirstAncestorOrSelf<TypeDeclarationSyntax>(), added);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A member of the type that already is this expression.</summary>
    private static string? Existing(Request request, CancellationToken cancel)
    {
        foreach (var member in request.Type.GetMembers())
        {
            switch (member)
            {
                case IFieldSymbol { IsStatic: true, IsReadOnly: true, Type.Name: "Regex", DeclaringSyntaxReferences: { Length: 1 } declared } when request.Member.Kind == RegexMemberKind.Field
                    && declared[0].GetSyntax(cancel).ToString() is var text && Declare(request, member.Name).DescendantNodes().OfType<VariableDeclaratorSyntax>().Single().ToString() == text:
                case IMethodSymbol or IPropertySymbol when IsGenerated(member, request.Member):
                    return member.Name;
            }
        }

        return null;
    }

    private static bool IsGenerated(ISymbol member, RegexMemberFix wanted) =>
        wanted.Kind == (member is IMethodSymbol ? RegexMemberKind.Method : RegexMemberKind.Property) && wanted.Timeout is null
        && member.GetAttributes().FirstOrDefault(data => data.AttributeClass?.Name == "GeneratedRegexAttribute") is { ConstructorArguments: var arguments }
        && arguments.Length is 1 or 2 && arguments[0].Value as string == wanted.Value
        && ((arguments.Length == 1 ? 0 : arguments[1].Value as int? ?? -1) & ~(int)RegexOptions.Compiled) == (int)wanted.Options;

    private static string Unique(Request request, HashSet<string> taken)
    {
        var wanted = request.Member.Kind == RegexMemberKind.Field ? FieldStyle(request) + request.Wanted : request.Wanted;
        if (request.Member.Kind == RegexMemberKind.Field && FieldStyle(request) != "")
            wanted = FieldStyle(request) + char.ToLowerInvariant(request.Wanted[0]) + request.Wanted.Substring(1);

        var name = wanted;
        for (var number = 2; taken.Contains(name) || !request.Document.Model.LookupSymbols(request.Use.SpanStart, name: name).IsEmpty; number++)
            name = wanted + number;

        taken.Add(name);
        return name;
    }

    /// <summary>The prefix that private static fields of the type have: <c>s_</c>, <c>_</c> or none.</summary>
    private static string FieldStyle(Request request)
    {
        var fields = request.Type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field is { IsStatic: true, IsConst: false, DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false }).Select(field => field.Name).ToList();
        return fields.Any(name => name.StartsWith("s_", StringComparison.Ordinal)) ? "s_" : fields.Any(name => name.StartsWith("_", StringComparison.Ordinal)) ? "_" : "";
    }

    private static MemberDeclarationSyntax Declare(Request request, string name)
    {
        var types = Knowledge.KnownTypes.Of(request.Document.Model.Compilation);
        var position = request.Use.SpanStart;
        var attribute = types["System.Text.RegularExpressions.GeneratedRegexAttribute"] is { } type && request.Member.Kind != RegexMemberKind.Field
            ? request.Document.NameOf(type, position) : "";
        if (attribute.EndsWith("Attribute", StringComparison.Ordinal))
            attribute = attribute.Substring(0, attribute.Length - "Attribute".Length);

        return SyntaxFactory.ParseMemberDeclaration(request.Member.Declaration(name, request.Document.NameOf(types[RegexPerCallAnalyzer.RegexType]!, position),
            request.Document.NameOf(types["System.Text.RegularExpressions.RegexOptions"]!, position), attribute))!;
    }

    private static void AddTo(DocumentEdits document, TypeDeclarationSyntax? home, List<MemberDeclarationSyntax> added)
    {
        if (home is null)
        {
            AddToProgram(document, added);
            return;
        }

        var isPartial = added.Any(member => member is not FieldDeclarationSyntax);
        document.Replace(home, current =>
        {
            foreach (var field in added.OfType<FieldDeclarationSyntax>().Reverse())
                current = AddField(current, field);

            foreach (var member in added.Where(member => member is not FieldDeclarationSyntax))
                current = current.AddMembers(member.WithLeadingTrivia(SyntaxFactory.LineFeed).WithTrailingTrivia(SyntaxFactory.LineFeed).WithAdditionalAnnotations(Formatter.Annotation));

            return isPartial ? Partial(current) : current;
        });

        for (var outer = home.Parent; isPartial && outer is TypeDeclarationSyntax type; outer = outer.Parent)
            document.Replace(type, Partial);
    }

    /// <summary>Before the first member: initialised before any other static that could use it.</summary>
    private static TypeDeclarationSyntax AddField(TypeDeclarationSyntax type, FieldDeclarationSyntax field)
    {
        var first = type.Members[0];
        var isFieldNext = first is FieldDeclarationSyntax && first.GetLeadingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        field = field.WithTrailingTrivia(SyntaxFactory.TriviaList(isFieldNext ? [SyntaxFactory.LineFeed] : [SyntaxFactory.LineFeed, SyntaxFactory.LineFeed])).WithAdditionalAnnotations(Formatter.Annotation);
        return type.WithMembers(type.Members.Insert(0, field));
    }

    private static void AddToProgram(DocumentEdits document, List<MemberDeclarationSyntax> added)
    {
        var program = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("partial class Program\n{\n}")!;
        program = program.AddMembers(added.Select((member, index) => (index == 0 ? member : member.WithLeadingTrivia(SyntaxFactory.LineFeed))
            .WithTrailingTrivia(SyntaxFactory.LineFeed).WithAdditionalAnnotations(Formatter.Annotation)).ToArray());

        var last = document.Root.Members.Last().GetLastToken();
        var endsLine = last.TrailingTrivia.Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        program = endsLine
            ? program.WithLeadingTrivia(SyntaxFactory.LineFeed).WithTrailingTrivia(SyntaxFactory.LineFeed)
            : program.WithLeadingTrivia(SyntaxFactory.LineFeed, SyntaxFactory.LineFeed);
        document.Replace(document.Root, current => current.AddMembers(program));
    }

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

    private sealed record Request(DocumentEdits Document, INamedTypeSymbol Type, RegexMemberFix Member, string Wanted, ExpressionSyntax Use, Func<ExpressionSyntax, ExpressionSyntax, ExpressionSyntax> Change);
}
