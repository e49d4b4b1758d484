using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Fixing.Hoist;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>The list becomes a <c>HashSet</c> where it is used as one only; else a set is made from it once before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ContainsInLoopFix() : RuleFix(ContainsInLoopAnalyzer.Rule, "Make a HashSet once before the loop")
{
    private protected override Plan? Plan(Finding finding)
    {
        if (TestAt(finding) is not { } test || !SetEquality.IsTheSame(test, finding.Model, finding.Types, finding.Cancel))
            return null;

        return LocalSetFix.Plan(finding, test) ?? HoistedPlan(finding, test);
    }

    private static MembershipTest? TestAt(Finding finding) => finding.Node switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member } name when call.Expression == member => MembershipTests.Of(call, name, finding.Model, finding.Types, finding.Cancel),
        SimpleNameSyntax { Parent: MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } } name => MembershipTests.Of(call, name, finding.Model, finding.Types, finding.Cancel),
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax group } => MembershipTests.OfMethodGroup(group, finding.Model, finding.Types, finding.Cancel),
        _ => null,
    };

    private static Plan? HoistedPlan(Finding finding, MembershipTest test)
    {
        if (IsStaticField(finding, test.Collection) || !EagerCollections.Is(RootOf(finding, test), finding.Model, finding.Types, finding.Cancel) || BestPlace(finding, test) is not { } best)
            return null;

        var (place, additions, tests, whenNull) = best;
        return new Plan(async (edits, cancel) =>
        {
            var document = await edits.OfAsync(finding.Document, cancel).ConfigureAwait(false);
            var name = document.UniqueName(SetNames.For(RootOf(finding, test)), place.Anchor);
            var asksNull = tests.Any(other => SetCreation.AsksNull(other, finding.Model));
            edits.Stage<HoistStage>().Add(finding.Document, place, SetCreation.Declare(name, test, place.Anchor, asksNull, whenNull, document, finding.Types));
            foreach (var other in tests)
                MembershipEdits.UseSet(document, other, name);

            foreach (var addition in additions)
                MembershipEdits.AddToSet(document, addition, name, tests);
        })
        { Key = (finding.Document.Id, place.Anchor.SpanStart, test.Collection.ToString(), test.Comparer?.ToString() ?? test.Comparison) };
    }

    /// <summary>Before the outermost loop in which the collection is the same and only grows by plain additions that the set can follow.</summary>
    private static Candidate? BestPlace(Finding finding, MembershipTest test)
    {
        var (model, types, cancel) = (finding.Model, finding.Types, finding.Cancel);
        var finder = new LoopFinder(model, types, finding.Read(CommonOptions.SmallLoop), cancel);
        Candidate? best = null;
        for (var loop = test.IsMethodGroup ? finder.Calling(test.Whole) : finder.Around(test.Whole); loop is not null; loop = finder.Enclosing(loop.Syntax))
        {
            var additions = new List<InvocationExpressionSyntax>();
            if (!new LoopInvariance(model, types, cancel).IsUnchanged(test.Collection, loop.Syntax))
                break;

            if (HoistPlace.Before(loop, model, types, cancel) is not { } place)
                continue;

            if (!place.Region.All(code => new LoopInvariance(model, types, cancel).IsUnchanged(test.Collection, code))
                || !new StableContent(model, types, cancel).IsProven(test.Collection, place.Code, additions)
                || !place.Later.All(statement => new StableContent(model, types, cancel).IsProven(test.Collection, statement))
                || !additions.All(addition => PureReads.IsPath(addition.ArgumentList.Arguments[0].Expression)) || (additions.Count > 0 && test.Collection is InvocationExpressionSyntax))
            {
                break;
            }

            var tests = TestsIn(finding, test, place.Code);
            if (tests.All(other => SetEquality.IsTheSame(other, model, types, cancel)) && NullPlan(finding, test, tests, place) is { } whenNull && !(whenNull == WhenNull.StaysNull && additions.Count > 0))
                best = new Candidate(place, additions, tests, whenNull);
        }

        return best;
    }

    /// <summary>What the set is where the collection is null, so that the code does as before; null where no form does.</summary>
    private static WhenNull? NullPlan(Finding finding, MembershipTest test, List<MembershipTest> tests, HoistPlace place)
    {
        var proof = new NullProof(finding.Model, finding.Types, finding.Cancel);
        var root = RootOf(finding, test);
        if (proof.IsNotNullBefore(root, place.Code))
            return WhenNull.Never;

        // The owner of the collection is read as well, and a query over null throws as soon as it is made.
        if (root != test.Collection || (root is MemberAccessExpressionSyntax member && !proof.IsNotNullBefore(member.Expression, place.Code)))
            return null;

        var conditional = tests.Count(other => other.IsConditional);
        if (conditional > 0)
            return conditional == tests.Count ? WhenNull.StaysNull : null;

        // Behind the loop's own null test the set is never asked, and a null array is searched as an empty span.
        return proof.IsTestedIn(root, place.Code) || tests.All(other => other.IsOnSpan) ? WhenNull.IsEmpty
            : tests.All(other => other.FailsLikeAMember) ? WhenNull.StaysNull
            : null;
    }

    private static ExpressionSyntax RootOf(Finding finding, MembershipTest test) => new SearchedCollection(finding.Model, finding.Types, finding.Cancel).Root(test.Collection);

    /// <summary>Every test of the same collection in the same way; in an expression tree it is not run.</summary>
    private static List<MembershipTest> TestsIn(Finding finding, MembershipTest test, SyntaxNode region)
    {
        var tests = new List<MembershipTest>();
        foreach (var node in region.DescendantNodesAndSelf())
        {
            var other = node switch
            {
                InvocationExpressionSyntax call when Calls.NameOf(call) is { } name => MembershipTests.Of(call, name, finding.Model, finding.Types, finding.Cancel),
                MemberAccessExpressionSyntax { Parent: ArgumentSyntax } group => MembershipTests.OfMethodGroup(group, finding.Model, finding.Types, finding.Cancel),
                _ => null,
            };
            if (other is not null && SyntaxFactory.AreEquivalent(other.Collection, test.Collection) && other.ComparesAs(test)
                && !ExpressionTrees.Contain(node, finding.Model, finding.Types, finding.Cancel) && RunsIn(finding, node, region))
            {
                tests.Add(other);
            }
        }

        return tests;
    }

    /// <summary>Whether the node runs with the region, and not in a function that is only declared there.</summary>
    private static bool RunsIn(Finding finding, SyntaxNode node, SyntaxNode region)
    {
        var finder = new LoopFinder(finding.Model, finding.Types, finding.Read(CommonOptions.SmallLoop), finding.Cancel);
        while (node.Ancestors().TakeWhile(ancestor => ancestor != region).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        {
            if (finder.Enclosing(node) is not { } loop)
                return false;

            node = loop.Syntax;
        }

        return true;
    }

    /// <summary>A set made on every call from a table that never changes would be no gain; the table itself should be a set.</summary>
    private static bool IsStaticField(Finding finding, ExpressionSyntax collection) =>
        finding.Model.GetSymbolInfo(collection, finding.Cancel).Symbol is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true };

    private sealed record Candidate(HoistPlace Place, List<InvocationExpressionSyntax> Additions, List<MembershipTest> Tests, WhenNull WhenNull);
}
