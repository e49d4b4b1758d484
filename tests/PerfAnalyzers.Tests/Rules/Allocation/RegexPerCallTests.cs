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

    [Fact]
    public Task Flags_a_parameter_and_locals_of_every_kind() => Flags(
        """
        using System.Collections.Generic;
        using System.Text.RegularExpressions;
        class Rule { public Rule(Regex r) { } public bool Ok(string s) => true; }
        class C
        {
            Regex? numbers;
            bool M(string s, Regex? given = null)
            {
                given ??= [|new Regex|]("a");
                var list = new List<Regex> { [|new Regex|]("b") };
                list.Add([|new Regex|]("c"));
                var map = new Dictionary<string, Regex> { ["d"] = [|new Regex|]("d"), ["e"] = [|new Regex|]("e") };
                foreach (var r in new[] { [|new Regex|]("f"), [|new Regex|]("g") })
                {
                    if (r.IsMatch(s))
                        return true;
                }

                Regex? numbers = null;
                if (s != "")
                    numbers = [|new Regex|]("h");

                return new Rule([|new Regex|]("k")).Ok(s) && list.Count > map.Count && given.IsMatch(s) && (numbers ?? this.numbers)!.IsMatch(s);
            }
        }
        """);

    [Fact]
    public Task Flags_every_kind_of_function() => Flags(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.RegularExpressions;
        using System.Threading.Tasks;
        using Microsoft.Extensions.DependencyInjection;
        class C
        {
            async Task<bool> A(string s) { await Task.Yield(); var r = [|new Regex|]("a"); return r.IsMatch(s); }
            IEnumerable<string> I(string[] all) { var r = [|new Regex|]("b"); foreach (var s in all) if (r.IsMatch(s)) yield return s; }
            string[] Q(string[] all) { var r = [|new Regex|]("c"); return all.Where(a => r.IsMatch(a)).ToArray(); }
            static string S(int k, string s) => k switch { 1 => [|new Regex|]("d").Replace(s, ""), _ when [|new Regex|]("e").IsMatch(s) => "x", _ => s };
            public void Register(IServiceCollection services) { services.AddScoped(_ => [|new Regex|]("f")); }
            public static C operator +(C a, C b) { _ = [|new Regex|]("g").IsMatch(""); return a; }
            bool this[string s] => [|new Regex|]("h").IsMatch(s);
            C() : this([|new Regex|]("j").IsMatch("")) { }
            C(bool b) { }
            bool L(string s) { return Inner(s); static bool Inner(string s) => [|new Regex|]("k").IsMatch(s); }
        }
        """);

    [Fact]
    public Task Flags_aliases_static_usings_and_odd_layout() => Flags(
        """
        using static System.Text.RegularExpressions.Regex;
        using R = System.Text.RegularExpressions.Regex;
        class C { bool M (string [] all) {
            foreach ( var s in all )
              if ( [|IsMatch|] ( s , "a" ) || [|R.IsMatch|](s, "b") || [|System.Text.RegularExpressions.Regex . IsMatch|](s, "c") ) return true ;
            return [|new R|] ( "c" ) . IsMatch ( all [ 0 ] ) ; } }
        """);

    [Fact]
    public Task Flags_aliases_of_the_whole_compilation() => Flags(
        """
        class C
        {
            bool M(string s) => [|new R|]("a").IsMatch(s);

            bool N(string[] all)
            {
                foreach (var s in all)
                {
                    if ([|R.IsMatch|](s, "b"))
                        return true;
                }

                return new Q<string>("a").ToString() == "b";
            }
        }

        class Q<T>(T value) { public T Value => value; }
        """, test => test.TestState.Sources.Add("global using R = System.Text.RegularExpressions.Regex;\n"));

    [Fact]
    public Task Flags_records_structs_interfaces_and_extension_blocks() => Flags(
        """
        using System.Text.RegularExpressions;
        record R(string S) { public bool Ok => [|new Regex|]("a").IsMatch(S); }
        readonly record struct RS(string S) { public bool Ok => [|new Regex|]("b").IsMatch(S); }
        class P(string s) { public bool Ok() => [|new Regex|]("c").IsMatch(s); }
        interface I { bool Ok(string s) => [|new Regex|]("d").IsMatch(s); }
        file class F { public bool Ok(string s) => [|new Regex|]("e").IsMatch(s); }
        static class E { extension(string s) { public bool IsSlug => [|new Regex|]("f").IsMatch(s); } }
        """);

    [Fact]
    public Task Flags_static_calls_that_a_request_reaches() => Flags(
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Mvc;
        public class SlugsController(Slugs slugs) : ControllerBase
        {
            [HttpGet] public string Get(string title) => slugs.Slugify(title);
            [HttpPost] public bool Post(string title) => [|Regex.IsMatch|](title, "^[a-z]+$", RegexOptions.IgnoreCase);
        }
        public class Slugs { public string Slugify(string title) => [|Regex.Replace|](title, "[^a-z]+", "-"); }
        """);

    [Fact]
    public Task The_message_names_the_chain_and_says_what_a_static_call_does() => Flags(
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Mvc;
        public class SlugsController : ControllerBase
        {
            [HttpGet] public string Get(string title) => Slugs.Slugify(title);
        }
        public static class Slugs { public static string Slugify(string title) => {|#0:Regex.Replace|}(title, "[^a-z]+", "-"); }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PERF502", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "'Regex.Replace' looks its pattern up in a small shared cache, or builds it again, whenever 'Slugs.Slugify' runs; the pattern never changes, so build it once (SlugsController.Get → Slugs.Slugify)")));

    [Fact]
    public Task Flags_case_folding_that_no_culture_changes_where_code_sets_cultures() => Flags(
        """
        using System.Globalization;
        using System.Text.RegularExpressions;
        class C
        {
            bool M(string s, string culture)
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                return [|new Regex|]("^(foo|bar)$", RegexOptions.IgnoreCase).IsMatch(s) || [|new Regex|]("(?i)[0-9a-f]{8}").IsMatch(s)
                    || [|new Regex|]("title", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).IsMatch(s);
            }
        }
        """);

    [Fact]
    public Task The_small_loop_option_decides_what_a_loop_is() => Flags(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) { for (var i = 0; i < 3; i++) if ([|Regex.IsMatch|](s, "a")) s += "b"; return s != ""; } }
        """, test => Set(test, "perf_analyzers.small_loop = 2"));

    [Fact]
    public Task Flags_a_private_factory_that_callers_use_at_once() => Flags(
        """
        using System.Text.RegularExpressions;
        class C
        {
            static readonly Regex s_kept = Create();
            static Regex Create() => [|new Regex|]("a");
            bool M(string s) => Create().IsMatch(s) && s_kept.IsMatch(s);
        }
        """);
}
