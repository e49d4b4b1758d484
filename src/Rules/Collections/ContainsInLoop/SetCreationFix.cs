using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>What becomes of the set where the collection is null.</summary>
internal enum WhenNull
{
    /// <summary>It is proven not to be.</summary>
    Never,

    /// <summary>The set is null too: the loop fails, or skips, where it did.</summary>
    StaysNull,

    /// <summary>The set is empty: the loop has its own null test.</summary>
    IsEmpty,
}

/// <summary>Writes the declaration of the set.</summary>
internal static class SetCreation
{
    /// <summary><c>var idsSet = ids.ToHashSet();</c></summary>
    public static StatementSyntax Declare(string name, MembershipTest test, SyntaxNode place, bool asksNull, WhenNull whenNull, DocumentEdits edits, KnownTypes types)
    {
        var method = asksNull ? $"ToHashSet<{test.Element.ToMinimalDisplayString(edits.Model, NullableFlowState.None, test.Name.SpanStart)}?>" : "ToHashSet";
        var comparer = ComparerOf(test, edits, types);
        if (!asksNull && whenNull == WhenNull.Never && IsMadeEmpty(test, place))
            return SyntaxFactory.ParseStatement($"var {name} = {NewSet(test, edits, comparer)};");

        var collection = test.Collection.WithoutTrivia().ToString();
        if (test.Collection is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ThisExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax))
            collection = $"({collection})";

        edits.Import("System.Linq");
        var set = whenNull switch
        {
            WhenNull.Never => $"{collection}.{method}({comparer})",
            WhenNull.StaysNull => $"{collection}?.{method}({comparer})",
            _ => $"{collection}?.{method}({comparer}) ?? {Empty(test, edits)}",
        };
        return SyntaxFactory.ParseStatement($"var {name} = {set};");
    }

    /// <summary>The comparer that compares as the test does, as code; empty for the default.</summary>
    public static string ComparerOf(MembershipTest test, DocumentEdits edits, KnownTypes types) =>
        test.Comparer is { } comparer ? comparer.WithoutTrivia().ToString()
        : test.Comparison is null or "Ordinal" ? ""
        : $"{edits.NameOf(types["System.StringComparer"]!, test.Name.SpanStart)}.{test.Comparison}";

    /// <summary>Whether a search that took null asks for an element that may be null, which a set of non-null elements would warn about.</summary>
    public static bool AsksNull(MembershipTest test, SemanticModel model) => test is { Item: { } item, FailsLikeAMember: false, Predicate: null, Element: { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.Annotated } }
        && model.GetTypeInfo(item).Nullability.FlowState == NullableFlowState.MaybeNull && (model.GetNullableContext(item.SpanStart) & NullableContext.AnnotationsEnabled) != 0;

    private static string Empty(MembershipTest test, DocumentEdits edits) => ((CSharpParseOptions)test.Name.SyntaxTree.Options).LanguageVersion >= (LanguageVersion)1200
        ? "[]"
        : NewSet(test, edits, "");

    private static string NewSet(MembershipTest test, DocumentEdits edits, string comparer) =>
        $"new {edits.NameOf(edits.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.HashSet`1")!.Construct(test.Element), test.Name.SpanStart)}({comparer})";

    /// <summary>Whether the statement right before the place makes the collection, with nothing in it.</summary>
    private static bool IsMadeEmpty(MembershipTest test, SyntaxNode place) => test.Collection is IdentifierNameSyntax collection
        && place is StatementSyntax { Parent: BlockSyntax block } statement && block.Statements.IndexOf(statement) is > 0 and var index
        && block.Statements[index - 1] is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && variables[0].Identifier.ValueText == collection.Identifier.ValueText
        && variables[0].Initializer?.Value is ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "List" }, ArgumentList: null or { Arguments.Count: 0 }, Initializer: null };
}

/// <summary>Names the set after what it is made of.</summary>
internal static class SetNames
{
    /// <summary><c>ids</c> → <c>idsSet</c>, <c>model.SelectedIds</c> → <c>selectedIdsSet</c>, <c>_known</c> → <c>knownSet</c>.</summary>
    public static string For(ExpressionSyntax collection)
    {
        var name = collection switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => "known",
        };
        name = name.StartsWith("s_", System.StringComparison.Ordinal) ? name.Substring(2) : name.TrimStart('_');
        return name.Length == 0 ? "knownSet" : char.ToLowerInvariant(name[0]) + name.Substring(1) + "Set";
    }
}
