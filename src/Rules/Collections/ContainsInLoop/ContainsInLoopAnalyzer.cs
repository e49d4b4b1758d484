using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>PERF401: a list is searched from its start in every iteration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContainsInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF401",
        Family = Family.Collections,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Linear Contains inside a loop",
        Message = "'{0}' compares the elements of '{1}' one after another in every iteration; make a HashSet once before the loop and test that",
        Why = """
            A list finds an element by comparing them all, so a loop over n items that tests a list of m does n × m
            comparisons: 5,000 × 5,000 are 25 million, some 50 ms of one core for every request that does it. A
            `HashSet` made once finds each in a few nanoseconds, so the whole loop costs n + m.
            """,
        SeenIn = "Processor time that grows with the square of the input: fast in tests, seconds in production for the one customer with much data.",
        Unless = "Suppress it where the collection is known to stay at a handful of elements: below ten or so a list is as fast as a set.",
        Options = ImmutableArray.Create<Option>(CommonOptions.SmallLoop),
        Bad = """
            using System.Collections.Generic;

            record Order(int Id, int CustomerId);

            class Orders
            {
                List<Order> Of(IEnumerable<Order> orders, List<int> customers)
                {
                    var found = new List<Order>();
                    foreach (var order in orders)
                    {
                        if (customers.[|Contains|](order.CustomerId))
                            found.Add(order);
                    }

                    return found;
                }
            }
            """,
        Good = """
            using System.Collections.Generic;
            using System.Linq;

            record Order(int Id, int CustomerId);

            class Orders
            {
                List<Order> Of(IEnumerable<Order> orders, List<int> customers)
                {
                    var found = new List<Order>();
                    var customersSet = customers.ToHashSet();
                    foreach (var order in orders)
                    {
                        if (customersSet.Contains(order.CustomerId))
                            found.Add(order);
                    }

                    return found;
                }
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_names = ImmutableHashSet.Create("Contains", "IndexOf", "Exists", "Any");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types["System.Collections.Generic.HashSet`1"] is null)
            return;

        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (Calls.NameOf(call) is { } name && s_names.Contains(name.Identifier.ValueText) && MayRunOften(call)
                && MembershipTests.Of(call, name, site.Model, site.Types, site.Cancel) is { } test)
            {
                Check(site, test);
            }
        }, SyntaxKind.InvocationExpression);

        rule.On<ArgumentSyntax>((site, argument) =>
        {
            if (argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Contains" } group
                && MembershipTests.OfMethodGroup(group, site.Model, site.Types, site.Cancel) is { } test)
            {
                Check(site, test);
            }
        }, SyntaxKind.Argument);
    }

    private static void Check(Site site, MembershipTest test)
    {
        if (LinearSearches.HasFewValues(test.Element) || LinearSearches.HashesWrongly(test.Element) || ExpressionTrees.IsOnlyNamed(test.Name))
            return;

        var finder = new LoopFinder(site.Model, site.Types, site.Read(CommonOptions.SmallLoop), site.Cancel);
        var loop = test.IsMethodGroup ? finder.Calling(test.Whole) : finder.Around(test.Whole);
        if (loop is null || ProbingLoops.IsOne(loop, test, site.Model, site.Cancel) || !new LoopInvariance(site.Model, site.Types, site.Cancel).IsUnchanged(test.Collection, loop.Syntax))
            return;

        var outermost = loop;
        while (finder.Enclosing(outermost.Syntax) is { } outer && new LoopInvariance(site.Model, site.Types, site.Cancel).IsUnchanged(test.Collection, outer.Syntax))
            outermost = outer;

        var collection = new SearchedCollection(site.Model, site.Types, site.Cancel);
        if (LinearSearches.AreKeys(test.Collection, site.Model, site.Types, site.Cancel) || collection.IsSmall(test.Collection, site.Read(CommonOptions.SmallLoop))
            || WrittenByHand.Is(test.Collection, site.Model, site.Cancel) || (loop.Source is { } source && WrittenByHand.Is(source, site.Model, site.Cancel))
            || collection.IsSeenToBeSet(test.Collection) || collection.LosesElements(test.Collection, outermost.Syntax)
            || new DeferredQueries(site.Model, site.Types, site.Cancel).IsHandedOut(loop))
        {
            return;
        }

        var path = site.PathTo(test.Name);
        if (path.Reach != Reach.Cold)
            site.Report(test.Name.GetLocation(), path, test.Name.Identifier.ValueText, ShortText(test.Collection));
    }

    /// <summary>A loop statement, a lambda or a query stands around: asked before anything is bound.</summary>
    private static bool MayRunOften(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax || Loop.IsLoop(parent))
                return true;

            if (parent is MemberDeclarationSyntax)
                return false;
        }

        return false;
    }

    private static string ShortText(ExpressionSyntax collection)
    {
        var text = collection.ToString();
        return text.Length <= 50 && text.IndexOf('\n') < 0 ? text : $"{text.Substring(0, text.IndexOfAny(['(', '\n', '\r']) is var end and > 0 ? end : 50)}…";
    }
}
