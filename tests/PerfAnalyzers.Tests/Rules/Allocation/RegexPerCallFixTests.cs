using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>What the fix of PERF502 writes.</summary>
public sealed class RegexPerCallFixTests : RuleTests<RegexPerCallAnalyzer, RegexPerCallFix>
{
    protected override void Configure(CSharpCodeFixTest<RegexPerCallAnalyzer, RegexPerCallFix> test) =>
        test.SolutionTransform = (solution, id) => solution.AddAnalyzerReference(id, Generators.Regex);

    [Fact]
    public Task Static_calls_lose_the_arguments_that_moved_and_run_the_same() => FixesAndRunsTheSame(
        """
        using System;
        using System.Linq;
        using System.Text.RegularExpressions;

        static class Program
        {
            static string Run() => string.Join("|", new[] { "a  b", "c   d", "1,2", "x", "y", "z", "u", "v", "w" }.Select(Clean).Select(Longest));

            static string Clean(string text)
            {
                // several blanks are one
                foreach (var _ in text)
                    text = [|Regex.Replace|](text, @"\s+", " "); // here
                return text;
            }

            static string Longest(string text)
            {
                foreach (var c in text)
                {
                    if ([|Regex.IsMatch|](input: text, options: RegexOptions.Singleline, pattern: "^[^,]*$", matchTimeout: TimeSpan.FromSeconds(2)))
                        return string.Join("/", Regex.Split(text, "b|" + "d").OrderBy(t => t));
                }
                return text;
            }
        }
        """,
        """
        using System;
        using System.Linq;
        using System.Text.RegularExpressions;

        static partial class Program
        {
            static string Run() => string.Join("|", new[] { "a  b", "c   d", "1,2", "x", "y", "z", "u", "v", "w" }.Select(Clean).Select(Longest));

            static string Clean(string text)
            {
                // several blanks are one
                foreach (var _ in text)
                    text = WhitespaceRegex.Replace(text, " "); // here
                return text;
            }

            static string Longest(string text)
            {
                foreach (var c in text)
                {
                    if (LongestRegex.IsMatch(input: text))
                        return string.Join("/", Regex.Split(text, "b|" + "d").OrderBy(t => t));
                }
                return text;
            }

            [GeneratedRegex(@"\s+")]
            private static partial Regex WhitespaceRegex { get; }

            [GeneratedRegex("^[^,]*$", RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
            private static partial Regex LongestRegex { get; }
        }
        """);

    [Fact]
    public Task Before_CSharp_13_it_is_a_method() => Fixes(
        """
        using System.Text.RegularExpressions;

        namespace N
        {
            /// <summary>Outer.</summary>
            public static class Outer
            {
                private sealed class Inner
                {
                    public bool IsEmail(string s) => [|new Regex|]("^[^@]+@[^@]+$", RegexOptions.Compiled).IsMatch(s);
                }

                public static bool Check(string s) => new Inner().IsEmail(s);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        namespace N
        {
            /// <summary>Outer.</summary>
            public static partial class Outer
            {
                private sealed partial class Inner
                {
                    public bool IsEmail(string s) => EmailRegex().IsMatch(s);

                    [GeneratedRegex("^[^@]+@[^@]+$")]
                    private static partial Regex EmailRegex();
                }

                public static bool Check(string s) => new Inner().IsEmail(s);
            }
        }
        """, test => test.LanguageVersion = (LanguageVersion)1200);

    [Fact]
    public Task An_older_language_gets_a_static_field_in_the_style_of_the_type() => FixesAndRunsTheSame(
        """
        using System.Text.RegularExpressions;

        static class Program
        {
            private static int s_count;

            static string Run() => Squeeze("a--b---c") + s_count;

            static string Squeeze(string s)
            {
                s_count++;
                return [|new Regex|]("-+", RegexOptions.ExplicitCapture).Replace(s, "-");
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        static class Program
        {
            private static readonly Regex s_dashesRegex = new Regex("-+", RegexOptions.ExplicitCapture | RegexOptions.Compiled);
            private static int s_count;

            static string Run() => Squeeze("a--b---c") + s_count;

            static string Squeeze(string s)
            {
                s_count++;
                return s_dashesRegex.Replace(s, "-");
            }
        }
        """, test => test.LanguageVersion = LanguageVersion.CSharp10);

    [Fact]
    public Task Case_folding_that_follows_the_culture_of_the_process_stays_with_it() => FixesAndRunsTheSame(
        """
        using System.Text.RegularExpressions;

        class Program
        {
            static string Run() => $"{new Program().Title("TITLE")} {new Program().Title("none")}";

            public bool Title(string s)
            {
                var titlePattern = [|new Regex|]("title", RegexOptions.IgnoreCase);
                return titlePattern.IsMatch(s);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        class Program
        {
            private static readonly Regex TitleRegex = new Regex("title", RegexOptions.IgnoreCase | RegexOptions.Compiled);

            static string Run() => $"{new Program().Title("TITLE")} {new Program().Title("none")}";

            public bool Title(string s)
            {
                return TitleRegex.IsMatch(s);
            }
        }
        """);

    [Fact]
    public Task Case_folding_of_letters_that_all_cultures_fold_alike_is_generated() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            bool M(string s) => [|new Regex|]("^(foo|bar)$", RegexOptions.IgnoreCase).IsMatch(s);
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool M(string s) => TextRegex.IsMatch(s);

            [GeneratedRegex("^(foo|bar)$", RegexOptions.IgnoreCase)]
            private static partial Regex TextRegex { get; }
        }
        """);

    [Fact]
    public Task Constants_give_the_name_and_local_ones_move_as_text() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            private const string EMAIL_PATTERN = "^[^@]+@";

            bool IsKnown(string s)
            {
                const string local = @"\d";
                return [|new Regex|](EMAIL_PATTERN).IsMatch(s) || [|new Regex|](local).IsMatch(s) || [|new Regex|]($"{EMAIL_PATTERN}x").IsMatch(s);
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            private const string EMAIL_PATTERN = "^[^@]+@";

            bool IsKnown(string s)
            {
                return EmailRegex.IsMatch(s) || LocalRegex.IsMatch(s) || KnownRegex.IsMatch(s);
            }

            [GeneratedRegex(EMAIL_PATTERN)]
            private static partial Regex EmailRegex { get; }

            [GeneratedRegex(@"\d")]
            private static partial Regex LocalRegex { get; }

            [GeneratedRegex($"{EMAIL_PATTERN}x")]
            private static partial Regex KnownRegex { get; }
        }
        """);

    [Fact]
    public Task Equal_expressions_share_one_member_and_an_existing_one_is_used() => Fixes(
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool A(string s) => [|new Regex|]("a+").IsMatch(s);

            bool B(string s) => [|new Regex|]("a+", RegexOptions.None).IsMatch(s) && [|new Regex|]("b+").IsMatch(s);

            [GeneratedRegex("b+")]
            private static partial Regex Bees { get; }
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool A(string s) => ARegex.IsMatch(s);

            bool B(string s) => ARegex.IsMatch(s) && Bees.IsMatch(s);

            [GeneratedRegex("b+")]
            private static partial Regex Bees { get; }

            [GeneratedRegex("a+")]
            private static partial Regex ARegex { get; }
        }
        """);

    [Fact]
    public Task Names_are_unique_over_all_parts_of_a_type() => Fixes(
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool IsSlug(string s) => [|new Regex|]("^[a-z-]+$").IsMatch(s);
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool IsSlug(string s) => SlugRegex2.IsMatch(s);

            [GeneratedRegex("^[a-z-]+$")]
            private static partial Regex SlugRegex2 { get; }
        }
        """, test =>
        {
            test.TestState.Sources.Add("partial class C { int SlugRegex = 1; int Get() => SlugRegex; }");
            test.FixedState.Sources.Add("partial class C { int SlugRegex = 1; int Get() => SlugRegex; }");
        });

    [Fact]
    public Task A_timeout_from_a_static_member_keeps_its_expression() => Fixes(
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

            bool M(string s) => [|new Regex|]("(a+)+b", RegexOptions.None, Limits.Match).IsMatch(s);
        }

        static class Limits { public static readonly TimeSpan Match = TimeSpan.FromMilliseconds(100); }
        """,
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex TextRegex = new Regex("(a+)+b", RegexOptions.Compiled, Limits.Match);
            static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

            bool M(string s) => TextRegex.IsMatch(s);
        }

        static class Limits { public static readonly TimeSpan Match = TimeSpan.FromMilliseconds(100); }
        """);

    [Fact]
    public Task A_timeout_from_an_argument_has_no_fix() => ReportsWithoutFix(
        """
        using System;
        using System.Text.RegularExpressions;

        class C
        {
            bool M(string s, TimeSpan limit) => [|new Regex|]("(a+)+b", RegexOptions.None, limit).IsMatch(s);
        }
        """);

    [Fact]
    public Task Nested_calls_are_fixed_together() => FixesAndRunsTheSame(
        """
        using System.Text.RegularExpressions;

        static class Program
        {
            static string Run() => Clean("a1b22c");

            static string Clean(string s)
            {
                for (var i = 0; i < s.Length; i++)
                    s = [|Regex.Replace|]([|Regex.Replace|](s, @"\d\d", "#"), @"\d", "");
                return s;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        static partial class Program
        {
            static string Run() => Clean("a1b22c");

            static string Clean(string s)
            {
                for (var i = 0; i < s.Length; i++)
                    s = DigitsRegex.Replace(CleanRegex.Replace(s, "#"), "");
                return s;
            }

            [GeneratedRegex(@"\d")]
            private static partial Regex DigitsRegex { get; }

            [GeneratedRegex(@"\d\d")]
            private static partial Regex CleanRegex { get; }
        }
        """);

    [Fact]
    public Task Code_without_the_import_gets_it_and_an_interface_gets_no_fix() => Fixes(
        """
        // header

        using System;

        struct S
        {
            public bool M(string s) => [|new System.Text.RegularExpressions.Regex|]("a", System.Text.RegularExpressions.RegexOptions.Multiline).IsMatch(s);
        }

        interface I
        {
            bool M(string s) => [|new System.Text.RegularExpressions.Regex|]("a").IsMatch(s);
        }
        """,
        """
        // header

        using System;
        using System.Text.RegularExpressions;

        partial struct S
        {
            public bool M(string s) => TextRegex.IsMatch(s);

            [GeneratedRegex("a", RegexOptions.Multiline)]
            private static partial Regex TextRegex { get; }
        }

        interface I
        {
            bool M(string s) => [|new System.Text.RegularExpressions.Regex|]("a").IsMatch(s);
        }
        """);

    [Fact]
    public Task Lambdas_of_a_top_level_program_get_a_member_of_Program() => Fixes(
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/check", (string text) =>
        {
            var digits = [|new Regex|](@"\d+");
            return digits.IsMatch(text);
        });
        app.Run();
        """,
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/check", (string text) =>
        {
            return DigitsRegex.IsMatch(text);
        });
        app.Run();

        partial class Program
        {
            [GeneratedRegex(@"\d+")]
            private static partial Regex DigitsRegex { get; }
        }
        """, test => test.TestState.OutputKind = test.FixedState.OutputKind = OutputKind.ConsoleApplication);
}
