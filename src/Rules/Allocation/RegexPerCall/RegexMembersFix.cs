using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>One finding of the action.</summary>
/// <param name="Document">Where it is.</param>
/// <param name="Type">The type that gets the member.</param>
/// <param name="Member">What the member is.</param>
/// <param name="Wanted">What it should be called.</param>
/// <param name="Node">The creation or static call.</param>
/// <param name="Local">The local that goes with the creation.</param>
/// <param name="Constant">The declaration of the pattern, all uses of which are in the action: it goes because the members say it.</param>
/// <param name="Change">Turns the node, as other edits left it, and the name of the member into the new code.</param>
internal sealed record RegexUseFix(
    DocumentEdits Document, INamedTypeSymbol Type, RegexMemberFix Member, string Wanted, ExpressionSyntax Node, RegexLocalFix? Local,
    LocalDeclarationStatementSyntax? Constant, Func<ExpressionSyntax, ExpressionSyntax, ExpressionSyntax> Change)
{
    /// <summary>The expressions that name the member afterwards.</summary>
    public IEnumerable<ExpressionSyntax> Places => Local is null ? [Node] : Local.Uses;

    /// <summary>The statements that go.</summary>
    public IEnumerable<LocalDeclarationStatementSyntax> Removed => new[] { Constant, Local?.Declaration }.OfType<LocalDeclarationStatementSyntax>();
}

/// <summary>Adds the members for all findings of one action: one for each expression of a type, named apart over all parts of the type.</summary>
internal sealed class RegexMembersFix : EditStage
{
    private readonly List<RegexUseFix> _uses = new();

    public void Add(RegexUseFix use) => _uses.Add(use);

    public override Task CompleteAsync(EditModel edits, CancellationToken cancel)
    {
        // Symbols of one type in two projects differ; each project gets its own members.
        foreach (var inType in _uses.GroupBy(use => use.Type, SymbolEqualityComparer.Default))
        {
            var type = (INamedTypeSymbol)inType.Key!;
            var taken = new HashSet<string>(type.MemberNames.Append(type.Name), StringComparer.Ordinal);
            var added = new List<(RegexUseFix First, RegexMemberFix Member, MemberDeclarationSyntax Syntax)>();
            foreach (var uses in inType.GroupBy(use => use.Member))
            {
                var first = uses.First();
                var (name, isMethod) = Existing(type, uses, cancel) ?? (null, uses.Key.Kind == RegexMemberKind.Method);
                if (name is null)
                {
                    name = Unique(type, first, taken);
                    added.Add((first, uses.Key, Declare(first, name)));
                }

                foreach (var use in uses)
                    Replace(use, place => Reference(name, isMethod, place, use));
            }

            foreach (var inDocument in added.GroupBy(member => member.First.Document))
                RegexHomeFix.Add(inDocument.Key, inDocument.First().First.Node, inDocument.Select(member => (member.Member, member.Syntax)).ToList());
        }

        foreach (var inDocument in _uses.GroupBy(use => use.Document))
            RegexStatementsFix.Remove(inDocument.Key, inDocument.SelectMany(use => use.Removed));

        return Task.CompletedTask;
    }

    /// <summary>The member by its name, or by its type's where a local or parameter has that name.</summary>
    private static ExpressionSyntax Reference(string name, bool isMethod, ExpressionSyntax place, RegexUseFix use)
    {
        ExpressionSyntax reference = SyntaxFactory.IdentifierName(name);
        if (Meanings(name, place, use).Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }))
            reference = SyntaxFactory.ParseExpression($"{use.Type.ToMinimalDisplayString(use.Document.Model, place.SpanStart)}.{name}");

        return isMethod ? SyntaxFactory.InvocationExpression(reference) : reference;
    }

    private static void Replace(RegexUseFix use, Func<ExpressionSyntax, ExpressionSyntax> reference)
    {
        if (use.Local is not null)
        {
            foreach (var name in use.Local.Uses)
                use.Document.Replace(name, current => reference(name).WithTriviaFrom(current));

            return;
        }

        use.Document.Replace(use.Node, current => use.Change(current, reference(use.Node)));

        // A name needs no parentheses; a call does not either.
        for (var outer = use.Node.Parent; outer is ParenthesizedExpressionSyntax parentheses; outer = outer.Parent)
            use.Document.Replace(parentheses, current => current.Expression.WithTriviaFrom(current));
    }

    /// <summary>A member of the type that already is this expression.</summary>
    private static (string? Name, bool IsMethod)? Existing(INamedTypeSymbol type, IGrouping<RegexMemberFix, RegexUseFix> uses, CancellationToken cancel)
    {
        foreach (var member in type.GetMembers())
        {
            if (uses.Key.IsAlready(member, uses.First().Document.Model.Compilation, cancel))
                return (member.Name, member is IMethodSymbol);
        }

        return null;
    }

    /// <summary>A name that is free in the type and where the expression is used first.</summary>
    private static string Unique(INamedTypeSymbol type, RegexUseFix use, HashSet<string> taken)
    {
        bool IsFree(string name) => !taken.Contains(name) && !use.Places.Any(place => Meanings(name, place, use).Any());

        var style = use.Member.Kind == RegexMemberKind.Field ? FieldStyle(type) : "";
        var wanted = Styled(use.Wanted, style);
        var name = wanted;
        if (!IsFree(name) && RegexNamesFix.ByWord(use.Member.Value) is { } byWord && IsFree(Styled(byWord, style)))
            name = Styled(byWord, style);

        // A constant that holds the pattern and is called as the expression should be.
        if (type.GetMembers(wanted).OfType<IFieldSymbol>().Any(field => field is { IsConst: true, Type.SpecialType: SpecialType.System_String })
            && wanted.EndsWith("Regex", StringComparison.Ordinal) && IsFree(wanted.Substring(0, wanted.Length - "Regex".Length) + "Expression"))
        {
            name = wanted.Substring(0, wanted.Length - "Regex".Length) + "Expression";
        }

        for (var number = 2; !IsFree(name); number++)
            name = wanted + number;

        taken.Add(name);
        return name;
    }

    private static string Styled(string name, string prefix) => prefix == "" ? name : prefix + char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>What a name means at a place once the local is gone.</summary>
    private static IEnumerable<ISymbol> Meanings(string name, ExpressionSyntax place, RegexUseFix use) =>
        use.Document.Model.LookupSymbols(place.SpanStart, name: name).Where(symbol => !SymbolEqualityComparer.Default.Equals(symbol, use.Local?.Local));

    /// <summary>The prefix that private static fields of the type have: <c>s_</c>, <c>_</c> or none.</summary>
    private static string FieldStyle(INamedTypeSymbol type)
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field is { IsStatic: true, IsConst: false, DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false }).Select(field => field.Name).ToList();
        return fields.Any(name => name.StartsWith("s_", StringComparison.Ordinal)) ? "s_" : fields.Any(name => name.StartsWith("_", StringComparison.Ordinal)) ? "_" : "";
    }

    private static MemberDeclarationSyntax Declare(RegexUseFix use, string name)
    {
        var types = Knowledge.KnownTypes.Of(use.Document.Model.Compilation);
        var position = use.Node.SpanStart;
        var attribute = types["System.Text.RegularExpressions.GeneratedRegexAttribute"] is { } type && use.Member.Kind != RegexMemberKind.Field
            ? use.Document.NameOf(type, position) : "";
        if (attribute.EndsWith("Attribute", StringComparison.Ordinal))
            attribute = attribute.Substring(0, attribute.Length - "Attribute".Length);

        return SyntaxFactory.ParseMemberDeclaration(use.Member.Declaration(name, use.Document.NameOf(types[RegexPerCallAnalyzer.RegexType]!, position),
            use.Document.NameOf(types["System.Text.RegularExpressions.RegexOptions"]!, position), attribute))!;
    }
}
