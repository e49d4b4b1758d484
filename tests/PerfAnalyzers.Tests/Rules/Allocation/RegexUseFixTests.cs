using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>What PERF502's fix leaves where the expression was built, and how the pattern is written in its member.</summary>
public sealed class RegexUseFixTests : RuleTests<RegexPerCallAnalyzer, RegexPerCallFix>
{
    protected override void Configure(CSharpCodeFixTest<RegexPerCallAnalyzer, RegexPerCallFix> test) =>
        test.SolutionTransform = (solution, id) => solution.AddAnalyzerReference(id, Generators.Regex);

    [Fact]
    public Task Locals_that_only_name_it_go_and_their_comments_stay() => FixesAndRunsTheSame(
        """
        using System.Text.RegularExpressions;

        static class Program
        {
            static string Run() => $"{Clean("a--b  1")} {First("xay")} {Case("abc")}";

            static string Clean(string s)
            {
                // Collapses dashes.
                var dashes = [|new Regex|]("-{2,}"); // two or more

                var t = dashes.Replace(s, "-");
                var blanks = [|new Regex|](" +");

                Regex digits = [|new|](@"\d+", RegexOptions.Compiled);
                if (blanks.IsMatch(t) && digits.IsMatch(t))
                    return blanks.Replace(t, " ");

                return t;
            }

            static string First(string s)
            {
                var trimmed = s.Trim();

                var start = [|new Regex|]("^x+");
                return start.Replace(trimmed, "-");
            }

            static bool Case(string s)
            {
                switch (s)
                {
                    case "abc":
                        var ab = [|new Regex|]("^ab");
                        return ab.IsMatch(s);
                    default:
                        return false;
                }
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        static partial class Program
        {
            static string Run() => $"{Clean("a--b  1")} {First("xay")} {Case("abc")}";

            static string Clean(string s)
            {
                // Collapses dashes.
                // two or more

                var t = DashesRegex.Replace(s, "-");

                if (BlanksRegex.IsMatch(t) && DigitsRegex.IsMatch(t))
                    return BlanksRegex.Replace(t, " ");

                return t;
            }

            static string First(string s)
            {
                var trimmed = s.Trim();

                return StartRegex.Replace(trimmed, "-");
            }

            static bool Case(string s)
            {
                switch (s)
                {
                    case "abc":
                        return AbRegex.IsMatch(s);
                    default:
                        return false;
                }
            }

            [GeneratedRegex("-{2,}")]
            private static partial Regex DashesRegex { get; }

            [GeneratedRegex(" +")]
            private static partial Regex BlanksRegex { get; }

            [GeneratedRegex(@"\d+")]
            private static partial Regex DigitsRegex { get; }

            [GeneratedRegex("^x+")]
            private static partial Regex StartRegex { get; }

            [GeneratedRegex("^ab")]
            private static partial Regex AbRegex { get; }
        }
        """);

    [Fact]
    public Task Locals_that_are_more_than_a_receiver_stay() => Fixes(
        """
        using System;
        using System.Linq.Expressions;
        using System.Text.RegularExpressions;

        class C
        {
            bool Given(string s)
            {
                var given = [|new Regex|]("x+");
                return Use(given, s) && given.IsMatch(s);
            }

            bool Changed(string s)
            {
                var r = [|new Regex|]("y+");
                if (s == "")
                    r = [|new Regex|]("z+");

                return r.IsMatch(s);
            }

            bool Maybe(string s)
            {
                var maybe = [|new Regex|]("u+");
                return maybe?.IsMatch(s) == true;
            }

            Expression<Func<string, bool>> Tree()
            {
                var tree = [|new Regex|]("t+");
                return s => tree.IsMatch(s);
            }

            string Base()
            {
                object any = [|new Regex|]("o+");
                return any.ToString()!;
            }

            static bool Use(Regex r, string s) => r.IsMatch(s);
        }
        """,
        """
        using System;
        using System.Linq.Expressions;
        using System.Text.RegularExpressions;

        partial class C
        {
            bool Given(string s)
            {
                var given = GivenRegex;
                return Use(given, s) && given.IsMatch(s);
            }

            bool Changed(string s)
            {
                var r = ChangedRegex;
                if (s == "")
                    r = ChangedRegex2;

                return r.IsMatch(s);
            }

            bool Maybe(string s)
            {
                var maybe = MaybeRegex;
                return maybe?.IsMatch(s) == true;
            }

            Expression<Func<string, bool>> Tree()
            {
                var tree = TreeRegex;
                return s => tree.IsMatch(s);
            }

            string Base()
            {
                object any = AnyRegex;
                return any.ToString()!;
            }

            static bool Use(Regex r, string s) => r.IsMatch(s);

            [GeneratedRegex("x+")]
            private static partial Regex GivenRegex { get; }

            [GeneratedRegex("y+")]
            private static partial Regex ChangedRegex { get; }

            [GeneratedRegex("z+")]
            private static partial Regex ChangedRegex2 { get; }

            [GeneratedRegex("u+")]
            private static partial Regex MaybeRegex { get; }

            [GeneratedRegex("t+")]
            private static partial Regex TreeRegex { get; }

            [GeneratedRegex("o+")]
            private static partial Regex AnyRegex { get; }
        }
        """);

    [Fact]
    public Task Comments_among_the_arguments_go_to_the_member() => Fixes(
        """
        using System;
        using System.Text.RegularExpressions;

        public class C
        {
            public bool AreEmails(string[] all)
            {
                foreach (var email in all)
                {
                    if ([|Regex.IsMatch|](
                        email,
                        @"^\w+@", // RFC 5322
                        RegexOptions.Singleline,
                        TimeSpan.FromMilliseconds(250)))
                    {
                        return true;
                    }

                    var name = [|Regex.Replace|](
                        email, // the address
                        "@.*", // the domain
                        "",
                        RegexOptions.RightToLeft);
                    var upper = [|Regex.Replace|](email, "e", m => m.Value.ToUpperInvariant() /* kept */, RegexOptions.ECMAScript);
                    var named = [|Regex.Replace|](pattern: "c", replacement: "d", input: email);
                }

                return false;
            }

            public bool IsNumber(string s)
            {
                // All digits.
                const string pattern = "^[0-9]+$"; // no sign
                const string suffix = "0";

                var numbers = [|new Regex|](pattern);
                return numbers.IsMatch(s + suffix);
            }
        }
        """,
        """
        using System;
        using System.Text.RegularExpressions;

        public partial class C
        {
            public bool AreEmails(string[] all)
            {
                foreach (var email in all)
                {
                    if (AreEmailsRegex.IsMatch(email))
                    {
                        return true;
                    }

                    var name = AreEmailsRegex2.Replace(
                        email, // the address
                        "");
                    var upper = AreEmailsRegex3.Replace(email, m => m.Value.ToUpperInvariant() /* kept */);
                    var named = AreEmailsRegex4.Replace(replacement: "d", input: email);
                }

                return false;
            }

            public bool IsNumber(string s)
            {
                const string suffix = "0";

                return NumbersRegex.IsMatch(s + suffix);
            }

            // RFC 5322
            [GeneratedRegex(@"^\w+@", RegexOptions.Singleline, matchTimeoutMilliseconds: 250)]
            private static partial Regex AreEmailsRegex { get; }

            // the domain
            [GeneratedRegex("@.*", RegexOptions.RightToLeft)]
            private static partial Regex AreEmailsRegex2 { get; }

            [GeneratedRegex("e", RegexOptions.ECMAScript)]
            private static partial Regex AreEmailsRegex3 { get; }

            [GeneratedRegex("c")]
            private static partial Regex AreEmailsRegex4 { get; }

            // All digits.
            // no sign
            [GeneratedRegex("^[0-9]+$")]
            private static partial Regex NumbersRegex { get; }
        }
        """);

    [Fact]
    public Task Patterns_over_several_lines_and_of_every_form_keep_their_text() => FixesAndRunsTheSame(
        """"
        using System.Text.RegularExpressions;

        static class Program
        {
            static string Run() => string.Join(",", IsDate("2020-12"), IsRaw("raw \"quoted\" 1"), IsLocal("\\1\t\"x"), IsAccent("\u00e9a"), Known("ab12"));

            static bool IsDate(string s)
            {
                var date = [|new Regex|](@"
                    ^(?<year>\d{4})   # the year
                    -(?<month>\d\d)   # the month
                    $", RegexOptions.IgnorePatternWhitespace);
                return date.IsMatch(s);
            }

            static bool IsRaw(string s) => [|new Regex|]("""raw "quoted" \d""").IsMatch(s);

            static bool IsLocal(string s)
            {
                const string p = "\\d\t\"x";
                return [|new Regex|](p).IsMatch(s);
            }

            static bool IsAccent(string s) => [|new Regex|]("\u00e9\\w").IsMatch(s);

            static bool Known(string s) => [|new Regex|](
                "ab" + // letters
                "12").IsMatch(s);
        }
        """",
        """"
        using System.Text.RegularExpressions;

        static partial class Program
        {
            static string Run() => string.Join(",", IsDate("2020-12"), IsRaw("raw \"quoted\" 1"), IsLocal("\\1\t\"x"), IsAccent("\u00e9a"), Known("ab12"));

            static bool IsDate(string s)
            {
                return DateRegex.IsMatch(s);
            }

            static bool IsRaw(string s) => RawRegex.IsMatch(s);

            static bool IsLocal(string s)
            {
                return LocalRegex.IsMatch(s);
            }

            static bool IsAccent(string s) => AccentRegex.IsMatch(s);

            static bool Known(string s) => KnownRegex.IsMatch(s);

            [GeneratedRegex(@"
                    ^(?<year>\d{4})   # the year
                    -(?<month>\d\d)   # the month
                    $", RegexOptions.IgnorePatternWhitespace)]
            private static partial Regex DateRegex { get; }

            [GeneratedRegex("""raw "quoted" \d""")]
            private static partial Regex RawRegex { get; }

            [GeneratedRegex("\\d\t\"x")]
            private static partial Regex LocalRegex { get; }

            [GeneratedRegex("\u00e9\\w")]
            private static partial Regex AccentRegex { get; }

            [GeneratedRegex("ab" + // letters
                    "12")]
            private static partial Regex KnownRegex { get; }
        }
        """");

    [Fact]
    public Task Files_with_tabs_and_carriage_returns_keep_them() => Fixes(
        "using System.Text.RegularExpressions;\r\n\r\nclass C\r\n{\r\n\tbool M(string s)\r\n\t{\r\n\t\tvar lines = [|new Regex|](@\"a\r\nb\");\r\n\t\treturn lines.IsMatch(s);\r\n\t}\r\n}\r\n",
        "using System.Text.RegularExpressions;\r\n\r\npartial class C\r\n{\r\n\tbool M(string s)\r\n\t{\r\n\t\treturn LinesRegex.IsMatch(s);\r\n\t}\r\n\r\n\t[GeneratedRegex(@\"a\r\nb\")]\r\n\tprivate static partial Regex LinesRegex { get; }\r\n}\r\n");

    [Fact]
    public Task A_literal_over_lines_is_written_on_one_where_line_endings_are_mixed() => Fixes(
        "using System.Text.RegularExpressions;\n\nclass C\n{\n    bool M(string s) => [|new Regex|](@\"a\r\nb\").IsMatch(s);\n}\n",
        "using System.Text.RegularExpressions;\n\npartial class C\n{\n    bool M(string s) => TextRegex.IsMatch(s);\n\n    [GeneratedRegex(\"a\\r\\nb\")]\n    private static partial Regex TextRegex { get; }\n}\n");

    [Fact]
    public Task A_local_constant_goes_with_its_last_use() => Fixes(
        """
        using System.Collections.Generic;
        using System.Text.RegularExpressions;

        public class C
        {
            private const string IpRegex = "^\\d+\\.\\d+$";

            public string? Clean(string[] all)
            {
                const string spaces = " {2,}"; // one is fine
                foreach (var s in all)
                {
                    if (s.Length > 3 && [|Regex.IsMatch|](s, spaces))
                        return Regex.Replace(s, spaces, " ");
                }

                return null;
            }

            public List<string> Words(string[] all)
            {
                const string word = @"\w{3}";
                var words = new List<string>();
                foreach (var s in all)
                {
                    if ([|Regex.IsMatch|](s, word))
                        words.Add([|Regex.Match|](s, word).Value + [|Regex.Match|](s, word, RegexOptions.RightToLeft).Value);
                }

                return words;
            }

            public bool IsIp(string s) => [|new Regex|](IpRegex).IsMatch(s);
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text.RegularExpressions;

        public partial class C
        {
            private const string IpRegex = "^\\d+\\.\\d+$";

            public string? Clean(string[] all)
            {
                foreach (var s in all)
                {
                    if (s.Length > 3 && SpacesRegex.IsMatch(s))
                        return SpacesRegex.Replace(s, " ");
                }

                return null;
            }

            public List<string> Words(string[] all)
            {
                var words = new List<string>();
                foreach (var s in all)
                {
                    if (WordRegex.IsMatch(s))
                        words.Add(WordRegex.Match(s).Value + WordRegex2.Match(s).Value);
                }

                return words;
            }

            public bool IsIp(string s) => IpExpression.IsMatch(s);

            // one is fine
            [GeneratedRegex(" {2,}")]
            private static partial Regex SpacesRegex { get; }

            [GeneratedRegex(@"\w{3}")]
            private static partial Regex WordRegex { get; }

            [GeneratedRegex(@"\w{3}", RegexOptions.RightToLeft)]
            private static partial Regex WordRegex2 { get; }

            [GeneratedRegex(IpRegex)]
            private static partial Regex IpExpression { get; }
        }
        """,
        test => test.NumberOfIncrementalIterations = 3);

    [Fact]
    public Task A_local_constant_that_is_also_shown_keeps_its_expression() => ReportsWithoutFix(
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            void M(string s)
            {
                const string pattern = "^[a-z]+$";
                if (![|new Regex|](pattern).IsMatch(s))
                    throw new ArgumentException("must match " + pattern);
            }
        }
        """);

    [Fact]
    public Task An_expression_alone_has_no_fix() => ReportsWithoutFix(
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            void M()
            {
                [|new Regex|]("z");
                Action a = () => [|new Regex|]("z");
                a();
            }

            void N() => [|new Regex|]("y");
        }
        """);

    [Fact]
    public Task Matches_and_simple_patterns_give_names() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            string M(string[] all)
            {
                var text = "";
                foreach (var line in all)
                {
                    var priceMatch = [|Regex.Match|](line, @"\$[\d,]+");
                    var yearMatches = [|new Regex|]("(19|20)[0-9]{2}").Matches(line);
                    text = [|Regex.Replace|](line, @"\s{2,}", " ") + [|Regex.Replace|](line, "<[^>]+>", "") + [|Regex.Split|](line, "\r\n|\r|\n").Length;
                    if (priceMatch.Success && yearMatches.Count > 0)
                        break;
                }

                return text;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            string M(string[] all)
            {
                var text = "";
                foreach (var line in all)
                {
                    var priceMatch = PriceRegex.Match(line);
                    var yearMatches = YearRegex.Matches(line);
                    text = WhitespaceRegex.Replace(line, " ") + HtmlTagRegex.Replace(line, "") + LineBreakRegex.Split(line).Length;
                    if (priceMatch.Success && yearMatches.Count > 0)
                        break;
                }

                return text;
            }

            [GeneratedRegex(@"\$[\d,]+")]
            private static partial Regex PriceRegex { get; }

            [GeneratedRegex("(19|20)[0-9]{2}")]
            private static partial Regex YearRegex { get; }

            [GeneratedRegex(@"\s{2,}")]
            private static partial Regex WhitespaceRegex { get; }

            [GeneratedRegex("<[^>]+>")]
            private static partial Regex HtmlTagRegex { get; }

            [GeneratedRegex("\r\n|\r|\n")]
            private static partial Regex LineBreakRegex { get; }
        }
        """);

    [Fact]
    public Task Several_in_one_function_are_told_apart_by_words_of_their_patterns() => Fixes(
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

            void EscapeTags(string[] all)
            {
                for (var i = 0; i < all.Length; i++)
                {
                    all[i] = [|Regex.Replace|](all[i], @"<script(.*)(/>)", "<script$1></script>");
                    all[i] = [|Regex.Replace|](all[i], @"<(?<name>title)(\w*[xyz]{3,4})(/>)", "<title$1></title>");
                    all[i] = [|Regex.Replace|](all[i], @"\bhead\b", "", RegexOptions.None, s_limit);
                    all[i] = [|Regex.Replace|](all[i], @"\d{2}x", "");
                }
            }
        }
        """,
        """
        using System;
        using System.Text.RegularExpressions;

        partial class C
        {
            private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);
            private static readonly Regex s_headRegex = new Regex(@"\bhead\b", RegexOptions.Compiled, s_limit);

            void EscapeTags(string[] all)
            {
                for (var i = 0; i < all.Length; i++)
                {
                    all[i] = ScriptRegex.Replace(all[i], "<script$1></script>");
                    all[i] = TitleRegex.Replace(all[i], "<title$1></title>");
                    all[i] = s_headRegex.Replace(all[i], "");
                    all[i] = EscapeTagsRegex.Replace(all[i], "");
                }
            }

            [GeneratedRegex(@"<script(.*)(/>)")]
            private static partial Regex ScriptRegex { get; }

            [GeneratedRegex(@"<(?<name>title)(\w*[xyz]{3,4})(/>)")]
            private static partial Regex TitleRegex { get; }

            [GeneratedRegex(@"\d{2}x")]
            private static partial Regex EscapeTagsRegex { get; }
        }
        """);

    [Fact]
    public Task A_file_that_names_the_types_otherwise_compiles() => Fixes(
        """
        using static System.Text.RegularExpressions.Regex;
        using R = System.Text.RegularExpressions.Regex;

        class C
        {
            bool M(string[] all)
            {
                foreach (var s in all)
                {
                    if ([|IsMatch|](s, "^a") || [|R.IsMatch|](s, "^b"))
                        return true;
                }

                return false;
            }
        }

        namespace X.RegexOptions
        {
            class Regex
            {
                bool IsTag(string s) => [|new System.Text.RegularExpressions.Regex|]("^c", System.Text.RegularExpressions.RegexOptions.Singleline).IsMatch(s);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;
        using static System.Text.RegularExpressions.Regex;
        using R = System.Text.RegularExpressions.Regex;

        partial class C
        {
            bool M(string[] all)
            {
                foreach (var s in all)
                {
                    if (TextRegex.IsMatch(s) || TextRegex2.IsMatch(s))
                        return true;
                }

                return false;
            }

            [GeneratedRegex("^a")]
            private static partial Regex TextRegex { get; }

            [GeneratedRegex("^b")]
            private static partial Regex TextRegex2 { get; }
        }

        namespace X.RegexOptions
        {
            partial class Regex
            {
                bool IsTag(string s) => TagRegex.IsMatch(s);

                [GeneratedRegex("^c", global::System.Text.RegularExpressions.RegexOptions.Singleline)]
                private static partial global::System.Text.RegularExpressions.Regex TagRegex { get; }
            }
        }
        """);
}
