using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>What looks like PERF502 and is fine.</summary>
public sealed class RegexPerCallQuietTests : RuleTests<RegexPerCallAnalyzer, RegexPerCallFix>
{
    protected override void Configure(CSharpCodeFixTest<RegexPerCallAnalyzer, RegexPerCallFix> test) =>
        test.SolutionTransform = (solution, id) => solution.AddAnalyzerReference(id, Generators.Regex);

    [Fact]
    public Task Is_quiet_on_static_and_instance_fields() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C
        {
            static readonly Regex s_a = new Regex("a");
            readonly Regex _b = new("b");
            Regex P { get; } = new Regex("c");
            bool M(string s) => s_a.IsMatch(s) && _b.IsMatch(s) && P.IsMatch(s);
        }
        """);

    [Fact]
    public Task Is_quiet_on_a_pattern_that_depends_on_an_argument() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C
        {
            bool M(string s, string word) => new Regex($@"\b{Regex.Escape(word)}\b").IsMatch(s);
            bool N(string[] s, string p) { foreach (var x in s) if (Regex.IsMatch(x, p)) return true; return false; }
        }
        """);

    [Fact]
    public Task Is_quiet_on_options_that_depend_on_an_argument() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s, RegexOptions o) => new Regex("a", o).IsMatch(s); }
        """);

    [Fact]
    public Task Is_quiet_where_a_constructor_or_setter_stores_it() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C
        {
            Regex _r;
            C() { _r = new Regex("a"); }
            C(int i) : this() { this._r = i > 0 ? new Regex("b") : new Regex("c"); }
            bool Strict { set { _r = value ? new Regex("d") : _r; } }
            bool M(string s) => _r.IsMatch(s);
        }
        """);

    [Fact]
    public Task Is_quiet_on_lazy_caches() => IsQuietOn(
        """
        using System;
        using System.Collections.Concurrent;
        using System.Text.RegularExpressions;
        class C
        {
            static Regex? s_r;
            static readonly Lazy<Regex> s_lazy = new(() => new Regex("a"));
            static readonly ConcurrentDictionary<string, Regex> s_all = new();
            static bool M(string s) => (s_r ??= new Regex("b")).IsMatch(s) && s_lazy.Value.IsMatch(s);
            static Regex N(string k) => s_all.GetOrAdd(k, _ => new Regex("c"));
        }
        """);

    [Fact]
    public Task Is_quiet_on_a_static_constructor_and_initialiser() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C
        {
            static readonly bool s_ok = new Regex("a").IsMatch("a");
            static readonly Regex s_r;
            static C() { s_r = new Regex("b"); }
            bool M(string s) => s_ok && s_r.IsMatch(s);
        }
        """);

    [Fact]
    public Task Is_quiet_on_one_static_call_off_the_request_path() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) => Regex.IsMatch(s, @"^\d+$"); }
        """);

    [Fact]
    public Task Is_quiet_on_a_pattern_that_does_not_parse() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) => new Regex("(a").IsMatch(s); }
        """);

    [Fact]
    public Task Is_quiet_on_a_small_loop() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C
        {
            bool M(string s)
            {
                for (var i = 0; i < 3; i++) if (Regex.IsMatch(s, "a")) s += "b";
                foreach (var x in new[] { "a", "b" }) if (Regex.IsMatch(x, "a")) s += x;
                return s != "";
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_the_collection_of_a_foreach() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C { int M(string s) { var n = 0; foreach (Match m in Regex.Matches(s, "a")) n += m.Length; return n; } }
        """);

    [Fact]
    public Task Is_quiet_in_an_expression_tree() => IsQuietOn(
        """
        using System.Linq;
        using System.Text.RegularExpressions;
        class Row { public string Name { get; set; } = ""; }
        class C { IQueryable<Row> M(IQueryable<Row> rows) => rows.Where(r => Regex.IsMatch(r.Name, "a") || new Regex("b").IsMatch(r.Name)); }
        """);

    [Fact]
    public Task Is_quiet_on_case_folding_by_a_culture_that_code_sets() => IsQuietOn(
        """
        using System.Globalization;
        using System.Text.RegularExpressions;
        class C
        {
            bool M(string s, string culture)
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                return new Regex("title", RegexOptions.IgnoreCase).IsMatch(s);
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_another_class_named_Regex() => IsQuietOn(
        """
        class Regex { public Regex(string pattern) { } public static bool IsMatch(string input, string pattern) => true; }
        class C { bool M(string[] lines) { foreach (var l in lines) if (Regex.IsMatch(l, "a")) return true; return new Regex("b") != null; } }
        """);

    [Fact]
    public Task Is_quiet_on_generated_regexes_and_escaping() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        partial class C
        {
            [GeneratedRegex("a")] private static partial Regex A();
            int M(string[] lines) { var n = 0; foreach (var l in lines) if (A().IsMatch(Regex.Escape(l))) n++; return n; }
        }
        """);

    [Fact]
    public Task Is_quiet_in_nameof_and_on_code_that_does_not_bind() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C { string M() => nameof(Regex.IsMatch); bool N(string s) => new Regex(Missing).IsMatch(s) && Regex.IsMatch(); }
        """, test => test.AllowCompilerErrors = true);

    [Fact]
    public Task Is_quiet_in_generated_code() => IsQuietOn(
        """
        // <auto-generated/>
        using System.Text.RegularExpressions;
        class C { bool M(string s) => new Regex("a").IsMatch(s); }
        """);
}
