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

    [Fact]
    public Task Is_quiet_where_a_constructor_hands_it_on() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Text.RegularExpressions;
        class Rule { public Rule(Regex r) { } }
        abstract class Validator { protected Validator Matches(Regex r) => this; }
        class C : Validator
        {
            readonly List<Regex> _all = new();
            readonly Regex[] _two;
            readonly Rule _rule;
            C()
            {
                _all.Add(new Regex("a"));
                _two = new[] { new Regex("b"), new Regex("c") };
                var local = new Regex("d");
                _rule = new Rule(local);
                Matches(new Regex("e"));
            }
            bool Ok => _rule != null && _two.Length > _all.Count;
        }
        """);

    [Fact]
    public Task Is_quiet_where_a_local_goes_to_a_member() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Text.RegularExpressions;
        class C
        {
            readonly Dictionary<string, Regex> _map = new();
            readonly List<Regex> _list = new();
            Regex? _one;
            bool M(string s)
            {
                if (!_map.TryGetValue("a", out var found))
                {
                    found = new Regex("a");
                    _map["a"] = found;
                }

                var other = new Regex("b");
                _map.TryAdd("b", other);
                _list.Add(new Regex("c"));
                var one = _one;
                if (one is null)
                    _one = one = new Regex("d");

                return found.IsMatch(s) && one.IsMatch(s);
            }
            static void Out(out Regex made) => made = new Regex("e");
        }
        """);

    [Fact]
    public Task Is_quiet_in_delegates_that_run_once_and_in_closures_that_keep_it() => IsQuietOn(
        """
        using System;
        using System.Collections.Concurrent;
        using System.Text.RegularExpressions;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.DependencyInjection;
        class Rule { public Rule(Regex r) { } public Regex? Pattern { get; set; } }
        class C
        {
            static readonly Lazy<string> s_text = new(() => { var r = new Regex("a"); return r.Replace("a", "b"); });
            static readonly Lazy<bool> s_any = new Lazy<bool>(() => { foreach (var s in Environment.GetCommandLineArgs()) if (Regex.IsMatch(s, "b")) return true; return false; });
            static bool Any => s_any.Value && s_text.Value != "";
            Func<string, bool> F()
            {
                Regex? r = null;
                return s => (r ??= new Regex("c")).IsMatch(s);
            }
            void Register(IServiceCollection services, IMemoryCache cache, ConcurrentDictionary<string, Regex> all)
            {
                services.AddSingleton(_ => { var r = new Regex("d"); return new Rule(r); });
                services.Configure<Rule>(rule => rule.Pattern = new Regex("e"));
                cache.GetOrCreate("k", _ => { return new Regex("f"); });
                all.GetOrAdd("k", _ => { var r = new Regex("g"); return r; });
                all.GetOrAdd("k", Make);
            }
            static Regex Make(string k) => k == "a" ? new Regex("h") : new Regex("j");
        }
        """);

    [Fact]
    public Task Is_quiet_in_private_factories_of_fields() => IsQuietOn(
        """
        using System;
        using System.Text.RegularExpressions;
        class C
        {
            static readonly Regex s_built = Build();
            static readonly Lazy<Regex> s_lazy = new Lazy<Regex>(C.MakeLazy);
            Regex? _own;
            static Regex Build() => new Regex("a");
            static Regex MakeLazy() { return new Regex("b"); }
            static Regex Make() { var r = new Regex("c"); return r; }
            bool M(string s) => s_built.IsMatch(s) && s_lazy.Value.IsMatch(s) && (_own ??= Make()).IsMatch(s);
        }
        """);

    [Fact]
    public Task Is_quiet_in_start_up_code() => IsQuietOn(
        """
        using System;
        using System.Linq;
        using System.Text.RegularExpressions;
        class Program
        {
            static void Main(string[] args)
            {
                var digits = new Regex(@"\d+");
                foreach (var arg in args.Where(a => Regex.IsMatch(a, "^-")))
                    Console.WriteLine(digits.IsMatch(arg));
            }
        }
        """, test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Is_quiet_in_top_level_statements() => IsQuietOn(
        """
        using System;
        using System.Text.RegularExpressions;
        var digits = new Regex(@"\d+");
        Console.WriteLine(digits.IsMatch("1"));
        """, test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Is_quiet_on_methods_of_the_same_names() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Linq;
        class Regexes { public static bool IsMatch(string a, string b) => true; }
        class C
        {
            int M(List<string> all)
            {
                var n = 0;
                foreach (var s in all)
                    n += s.Replace("a", "b").Split(',', 2).Length + all.Count(x => x == s) + (Regexes.IsMatch(s, "a") ? 1 : 0) + (Match(s, "a") ? 1 : 0);
                return n;
            }
            static bool Match(string a, string b) => a == b;
        }
        """);

    [Fact]
    public Task Is_quiet_on_nullable_patterns_and_invalid_options() => IsQuietOn(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) => new Regex(null!).IsMatch(s) || new Regex("a", RegexOptions.ECMAScript | RegexOptions.Singleline).IsMatch(s) || new Regex("[z-a]").IsMatch(s); }
        """);
}
