using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>PERF501: a loop builds a string by concatenation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StringConcatInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF501",
        Family = Family.Allocation,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "String built by concatenation in a loop",
        Message = "Every iteration copies all of '{0}' to add to it, so time and garbage grow with the square of its length; append to a StringBuilder",
        Why = """
            A string cannot grow: each append allocates a new one and copies everything gathered so far. A thousand
            appends of ten characters copy ten megabytes; ten thousand copy a gigabyte, and from 42,500 characters on
            every copy goes to the large object heap, which only the dearest collections clean. A `StringBuilder`
            copies each character about once.

            The fix turns the local itself into the builder where everything else done with it allows that. Otherwise
            it puts a builder beside it for the time of the loop.
            """,
        SeenIn = "Garbage collections (generation 2 too) and processor time climb with the size of exports, reports and messages.",
        Unless = "The loop is known to run a few times only, and the text stays short.",
        Options = ImmutableArray.Create<Option>(CommonOptions.SmallLoop),
        Bad = """
            using System.Collections.Generic;

            class Export
            {
                string Write(IEnumerable<string> names)
                {
                    var csv = "name\n";
                    foreach (var name in names)
                    {
                        [|csv|] += name + "\n";
                    }

                    return csv;
                }
            }
            """,
        Good = """
            using System.Collections.Generic;
            using System.Text;

            class Export
            {
                string Write(IEnumerable<string> names)
                {
                    var csv = new StringBuilder("name\n");
                    foreach (var name in names)
                    {
                        csv.Append(name).Append("\n");
                    }

                    return csv.ToString();
                }
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_aggregate = ImmutableHashSet.Create("Aggregate");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types["System.Text.StringBuilder"] is null)
            return;

        var flows = new RecentFlow();
        rule.On<AssignmentExpressionSyntax>((site, assignment) => CheckAssignment(site, assignment, flows), SyntaxKind.AddAssignmentExpression, SyntaxKind.SimpleAssignmentExpression);
        rule.OnCall(s_aggregate, CheckAggregate);
    }

    private static void CheckAssignment(Site site, AssignmentExpressionSyntax assignment, RecentFlow flows)
    {
        if (!Append.MayBe(assignment) || !IsInsideLoopOrFunction(assignment)
            || Append.Of(assignment, site.Model, site.Cancel) is not { } append
            || Accumulator.Of(append.Target, site.Model, site.Cancel) is not { } text)
        {
            return;
        }

        var loops = new LoopFinder(site.Model, site.Types, site.Read(CommonOptions.SmallLoop), site.Cancel);
        if (new Growth(text, loops, site, flows).IsUnbounded(append))
            site.Report(Accumulator.NameOf(append.Target).GetLocation(), text.Symbol.Name);
    }

    private static void CheckAggregate(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method)
    {
        if (AggregateCall.Of(call, method, site.Model, site.Types, site.Cancel) is { } aggregate
            && !(aggregate.Source is { } source && CollectionSizes.AtMost(source, site.Model, site.Types, site.Cancel) <= site.Read(CommonOptions.SmallLoop)))
        {
            site.Report(name.GetLocation(), aggregate.Name);
        }
    }

    private static bool IsInsideLoopOrFunction(SyntaxNode node)
    {
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax:
                    return true;
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return false;
            }
        }

        return false;
    }
}
