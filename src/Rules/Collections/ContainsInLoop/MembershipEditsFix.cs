using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Fixing.Hoist;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>Makes the code in the loop ask and feed a set.</summary>
internal static class MembershipEdits
{
    /// <summary>Makes the test ask <paramref name="set"/>, or the collection itself under its own name where that has become one.</summary>
    public static void UseSet(DocumentEdits edits, MembershipTest test, string? set)
    {
        var isPlain = test is { Comparer: null, Predicate: null, Name.Identifier.ValueText: "Contains" } && !IsStaticCall(test);
        if (isPlain)
        {
            if (set is not null)
                edits.Replace(test.Collection, current => SyntaxFactory.IdentifierName(set).WithTriviaFrom(current));

            return;
        }

        var collection = set ?? test.Collection.WithoutTrivia().ToString();
        edits.Replace(test.Whole, current => Ask(test, collection).WithTriviaFrom(current));
    }

    /// <summary>
    /// Keeps the set up with an addition to the collection: <c>if (!set.Contains(x)) list.Add(x);</c> becomes
    /// <c>if (set.Add(x)) list.Add(x);</c>, and any other addition is made to both.
    /// </summary>
    public static void AddToSet(DocumentEdits edits, InvocationExpressionSyntax addition, string set, List<MembershipTest> tests)
    {
        var statement = (StatementSyntax)addition.Parent!;
        var item = addition.ArgumentList.Arguments[0].Expression;
        if (Guarding(statement, item, tests) is { } test)
        {
            edits.Replace(NegationOf(test), current => SyntaxFactory.ParseExpression($"{set}.Add({item.WithoutTrivia()})").WithTriviaFrom(current));
            return;
        }

        var added = SyntaxFactory.ParseStatement($"{set}.Add({item.WithoutTrivia()});");
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax)
        {
            var leading = statement.GetLeadingTrivia();
            var indentation = leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? leading[leading.Count - 1] : SyntaxFactory.ElasticMarker;
            edits.InsertAfter(statement, added.WithLeadingTrivia(indentation).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation));
        }
        else
        {
            edits.Replace(statement, current => BlockBodies.Embedded([(StatementSyntax)current.WithoutTrivia()], added, current, statement));
        }
    }

    /// <summary>The test in <c>if (!list.Contains(x)) list.Add(x)</c>, where the addition is the first thing done.</summary>
    public static MembershipTest? Guarding(StatementSyntax addition, ExpressionSyntax item, List<MembershipTest> tests)
    {
        var guarded = addition.Parent is BlockSyntax { Statements: var statements, Parent: IfStatementSyntax } block && statements[0] == addition ? block : addition;
        if (guarded.Parent is not IfStatementSyntax { Condition: var condition } branch || branch.Statement != guarded)
            return null;

        // The test has to decide alone or as the last of several conditions, so that what it adds is added.
        while (condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both)
            condition = both.Right;

        return tests.FirstOrDefault(test => test.Item is not null && NegationOf(test) == condition && (test.IsNegated || condition != test.Whole) && SyntaxFactory.AreEquivalent(test.Item, item));
    }

    /// <summary>The expression that is true when the element is missing: <c>!list.Contains(x)</c>; the test itself where there is no <c>!</c>.</summary>
    public static ExpressionSyntax NegationOf(MembershipTest test) =>
        !test.IsNegated && test.Whole.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not ? not : test.Whole;

    private static ExpressionSyntax Ask(MembershipTest test, string collection)
    {
        var item = test.Item!.WithoutTrivia();
        return test.IsConditional
            ? SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberBindingExpression(SyntaxFactory.IdentifierName("Contains")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(item))))
            : SyntaxFactory.ParseExpression($"{(test.IsNegated ? "!" : "")}{collection}.Contains({item})");
    }

    private static bool IsStaticCall(MembershipTest test) => test.Whole is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } && arguments.Any(argument => argument.Expression == test.Collection);
}
