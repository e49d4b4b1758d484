using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>What PERF502 flags.</summary>
public sealed class RegexPerCallTests : RuleTests<RegexPerCallAnalyzer, RegexPerCallFix>
{
    protected override void Configure(CSharpCodeFixTest<RegexPerCallAnalyzer, RegexPerCallFix> test) =>
        test.SolutionTransform = (solution, id) => solution.AddAnalyzerReference(id, Generators.Regex);

    [Fact]
    public Task Flags_target_typed_creation() => Flags(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) { Regex words = [|new|](@"\w+"); return words.IsMatch(s); } }
        """);

    [Fact]
    public Task Flags_compiled_creation_with_a_constant_field() => Flags(
        """
        using System.Text.RegularExpressions;
        class C
        {
            private const string Pattern = "^[a-z]+$";
            bool M(string s) => [|new Regex|](Pattern, RegexOptions.Compiled).IsMatch(s);
        }
        """);

    [Fact]
    public Task Flags_a_property_that_builds_it_whenever_it_is_read() => Flags(
        """
        using System.Text.RegularExpressions;
        class C { static Regex Words => [|new Regex|](@"\w+"); }
        """);

    [Fact]
    public Task Flags_an_accessor_and_a_local_function() => Flags(
        """
        using System.Text.RegularExpressions;
        class C
        {
            bool P { get { return [|new Regex|]("a").IsMatch("b"); } }
            bool M(string s) { return Inner(); bool Inner() => [|new Regex|]("c" + "d").IsMatch(s); }
        }
        """);

    [Fact]
    public Task Flags_a_static_call_in_a_loop() => Flags(
        """
        using System.Text.RegularExpressions;
        class C
        {
            int M(string[] lines)
            {
                var n = 0;
                foreach (var line in lines)
                {
                    if ([|Regex.IsMatch|](line, @"^\d+$"))
                        n++;
                }

                return n;
            }
        }
        """);

    [Fact]
    public Task Flags_a_static_call_in_a_lambda_run_per_element() => Flags(
        """
        using System.Linq;
        using System.Text.RegularExpressions;
        class C { string[] M(string[] lines) => lines.Select(l => [|Regex.Replace|](l, @"\s+", " ")).Where(l => l != "").ToArray(); }
        """);

    [Fact]
    public Task Flags_a_static_call_in_a_query_clause_over_memory() => Flags(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.RegularExpressions;
        class C { IEnumerable<string> M(List<string> lines) => from l in lines where [|Regex.IsMatch|](l, "x") select l; }
        """);

    [Fact]
    public Task Flags_a_static_call_with_options_and_timeout_in_a_while_loop() => Flags(
        """
        using System;
        using System.IO;
        using System.Text.RegularExpressions;
        class C
        {
            void M(TextReader reader)
            {
                string line;
                while ((line = reader.ReadLine()!) != null)
                    Console.WriteLine([|Regex.Match|](line, "a+", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Value);
            }
        }
        """);

    [Fact]
    public Task Flags_a_local_of_a_constructor() => Flags(
        """
        using System.Text.RegularExpressions;
        class C { readonly bool _ok; C(string s) { var r = [|new Regex|]("a"); _ok = r.IsMatch(s); } bool Ok => _ok; }
        """);

    [Fact]
    public Task Flags_an_argument_and_a_returned_value() => Flags(
        """
        using System.Text.RegularExpressions;
        class C
        {
            bool Use(Regex r) => r.IsMatch("");
            bool M() => Use([|new Regex|]("a", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase));
            Regex N(bool b) { return b ? [|new Regex|]("x") : [|new System.Text.RegularExpressions.Regex|]("y"); }
        }
        """);

    [Fact]
    public Task Flags_a_lambda_that_is_no_cache() => Flags(
        """
        using System;
        using System.Text.RegularExpressions;
        class C { Func<string, bool> M() => s => [|new Regex|]("a").IsMatch(s); }
        """);

    [Fact]
    public Task Flags_a_local_assigned_later() => Flags(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) { Regex r; r = [|new Regex|]("a{2}"); return r.IsMatch(s); } }
        """);

    [Fact]
    public Task Flags_static_calls_of_every_kind_in_a_loop() => Flags(
        """
        using System.Text.RegularExpressions;
        class C
        {
            int M(string[] lines)
            {
                var n = 0;
                for (var i = 0; i < lines.Length; i++)
                {
                    n += [|Regex.Matches|](lines[i], "a").Count + [|Regex.Split|](lines[i], ",").Length + [|Regex.Count|](lines[i], "b");
                    foreach (var match in [|Regex.EnumerateMatches|](lines[i], "c")) n += match.Length;
                }
                return n;
            }
        }
        """);
}
