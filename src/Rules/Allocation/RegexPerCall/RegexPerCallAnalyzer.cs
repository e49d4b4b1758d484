using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>PERF502: a regular expression with a constant pattern is built whenever the function runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegexPerCallAnalyzer() : RuleAnalyzer(Rule)
{
    internal const string RegexType = "System.Text.RegularExpressions.Regex";

    internal static readonly Rule Rule = new()
    {
        Id = "PERF502",
        Family = Family.Allocation,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Safe,
        Title = "Regular expression built on every call",
        Message = "'{0}' {1} whenever '{2}' runs; the pattern never changes, so build it once",
        Why = """
            Building a regular expression parses the pattern and generates code for it, thousands of times the cost of one
            match; with `RegexOptions.Compiled` it also emits IL that the runtime never gives back. Static calls such as
            `Regex.IsMatch` look the pattern up in a small cache shared by the whole process and build it again when it was
            pushed out. A `[GeneratedRegex]` member is built at compile time, a `static readonly` field once.
            """,
        SeenIn = "Processor time and allocations grow with requests that match text; profiles show `RegexParser` and `RegexInterpreterCode`.",
        Bad = """
            using System.Text.RegularExpressions;

            public class Slugs
            {
                public string Slugify(string title)
                {
                    var dashes = [|new Regex|]("-{2,}");
                    return dashes.Replace(title, "-");
                }
            }
            """,
        GoodLanguage = 1300,
        Good = """
            using System.Text.RegularExpressions;

            public partial class Slugs
            {
                public string Slugify(string title)
                {
                    return DashesRegex.Replace(title, "-");
                }

                [GeneratedRegex("-{2,}")]
                private static partial Regex DashesRegex { get; }
            }
            """,
        Unless = """
            The code runs once in the life of the process in a way that the analyzer cannot see. Or the pattern ignores
            case by the culture of each request, which code of another project sets: an expression that is built once
            keeps the culture of its first use. The rule sees that only where the same project sets the culture; elsewhere
            say `RegexOptions.CultureInvariant`, or leave the expression as it is.
            """,
        Options = ImmutableArray.Create<Option>(CommonOptions.SmallLoop),
    };

    private static readonly ImmutableHashSet<string> s_types = ImmutableHashSet.Create("Regex");

    private static readonly ImmutableHashSet<string> s_calls = ImmutableHashSet.Create(
        "IsMatch", "Match", "Matches", "Replace", "Split", "Count", "EnumerateMatches", "EnumerateSplits");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types[RegexType] is null)
            return;

        rule.OnCreate(s_types, (site, creation, constructor) =>
        {
            if (!site.Types.Is(constructor.ContainingType, RegexType)
                || RegexArguments.Of(constructor, creation.ArgumentList, site.Model, site.Cancel) is not { } regex
                || new RegexKeeping(site.Model, site.Cancel).Keeps(creation))
            {
                return;
            }

            var end = creation is ObjectCreationExpressionSyntax { Type: { } type } ? type.Span.End : creation.NewKeyword.Span.End;
            Report(site, creation, TextSpan.FromBounds(creation.SpanStart, end), regex, "new Regex", "builds its regular expression", needsRequestOrLoop: false);
        });

        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (IsStaticCall(site, call, out var name) && site.Model.GetSymbolInfo(call, site.Cancel).Symbol is IMethodSymbol { IsStatic: true } method
                && site.Types.Is(method.ContainingType, RegexType) && RegexArguments.Of(method, call.ArgumentList, site.Model, site.Cancel) is { } regex)
            {
                Report(site, call, call.Expression.Span, regex, $"Regex.{name}", "looks its pattern up in a small shared cache, or builds it again,", needsRequestOrLoop: true);
            }
        }, SyntaxKind.InvocationExpression);
    }

    /// <summary>Whether this can be <c>Regex.Replace(…)</c>, before anything is bound: strings and sequences have methods of these names as well.</summary>
    private static bool IsStaticCall(Site site, InvocationExpressionSyntax call, out string name)
    {
        name = Calls.NameOf(call)?.Identifier.ValueText ?? "";
        return s_calls.Contains(name) && call.ArgumentList.Arguments.Count > 1 && call.Expression switch
        {
            MemberAccessExpressionSyntax { Expression: TypeSyntax type } => Calls.MayName(type, s_types, site.Rule.Compilation, site.Cancel),
            MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax type } => s_types.Contains(type.Name.Identifier.ValueText),
            IdentifierNameSyntax => true, // using static
            _ => false,
        };
    }

    private static void Report(Site site, ExpressionSyntax expression, TextSpan span, RegexArguments regex, string what, string does, bool needsRequestOrLoop)
    {
        if (Functions.Enclosing(expression) is not { } function || new RegexKeeping(site.Model, site.Cancel).RunsOnce(expression) || ExpressionTrees.Contain(expression, site.Model, site.Types, site.Cancel)
            || (regex.DependsOnCulture && Cultures.AreSetIn(site.Rule.Compilation, site.Cancel)))
        {
            return;
        }

        var path = site.PathTo(expression);
        if (path.Reach == Reach.Cold
            || (needsRequestOrLoop && path.Reach != Reach.Request
                && new LoopFinder(site.Model, site.Types, site.Read(CommonOptions.SmallLoop), site.Cancel).Around(expression) is null))
        {
            return;
        }

        site.Report(Location.Create(expression.SyntaxTree, span), path, what, does, Functions.Name(Functions.Symbol(function, site.Model, site.Cancel)));
    }
}
