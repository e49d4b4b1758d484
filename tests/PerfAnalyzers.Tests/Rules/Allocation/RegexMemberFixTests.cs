using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>Where the members of PERF502's fix go and what goes with them.</summary>
public sealed class RegexMemberFixTests : RuleTests<RegexPerCallAnalyzer, RegexPerCallFix>
{
    protected override void Configure(CSharpCodeFixTest<RegexPerCallAnalyzer, RegexPerCallFix> test) =>
        test.SolutionTransform = (solution, id) => solution.AddAnalyzerReference(id, Generators.Regex);

    [Fact]
    public Task A_type_on_one_line_is_opened() => Fixes(
        """
        using System.Text.RegularExpressions;
        class C { bool M(string s) => [|new Regex|]("a").IsMatch(s); }
        class D { bool M(string s) => [|new Regex|]("i", RegexOptions.IgnoreCase).IsMatch(s); }
        """,
        """
        using System.Text.RegularExpressions;
        partial class C { bool M(string s) => TextRegex.IsMatch(s);

            [GeneratedRegex("a")]
            private static partial Regex TextRegex { get; }
        }
        class D {
            private static readonly Regex TextRegex = new Regex("i", RegexOptions.IgnoreCase | RegexOptions.Compiled);

            bool M(string s) => TextRegex.IsMatch(s); }
        """);

    [Fact]
    public Task Members_stay_out_of_regions_and_conditions() => Fixes(
        """
        using System.Text.RegularExpressions;

        namespace N
        {
            public class C
            {
                #region Members

                public bool M(string s)
                {
                    return ([|new Regex|]("a")).IsMatch(s);
                }

                #endregion
            }

            public class D
            {
        #if !DEBUG
                public bool M(string s)
                {
                    return [|new Regex|]("a").IsMatch(s);
                }
        #endif
                // the end
            }

            public class E
            {
        #if !DEBUG
                public bool M(string s)
                {
                    return [|new Regex|]("ai", RegexOptions.IgnoreCase).IsMatch(s);
                }
        #endif
            }

            public class F
            {

                public bool M(string s) => [|new Regex|]("ai", RegexOptions.IgnoreCase).IsMatch(s) && N(s);

                public bool N(string s) => [|new Regex|]("a").IsMatch(s);

                // public bool Old(string s) => false;
            }
        }
        """,
        """
        using System.Text.RegularExpressions;

        namespace N
        {
            public partial class C
            {
                #region Members

                public bool M(string s)
                {
                    return TextRegex.IsMatch(s);
                }

                #endregion

                [GeneratedRegex("a")]
                private static partial Regex TextRegex { get; }
            }

            public partial class D
            {
        #if !DEBUG
                public bool M(string s)
                {
                    return TextRegex.IsMatch(s);
                }
        #endif

                [GeneratedRegex("a")]
                private static partial Regex TextRegex { get; }
                // the end
            }

            public class E
            {
                private static readonly Regex TextRegex = new Regex("ai", RegexOptions.IgnoreCase | RegexOptions.Compiled);

        #if !DEBUG
                public bool M(string s)
                {
                    return TextRegex.IsMatch(s);
                }
        #endif
            }

            public partial class F
            {
                private static readonly Regex TextRegex = new Regex("ai", RegexOptions.IgnoreCase | RegexOptions.Compiled);

                public bool M(string s) => TextRegex.IsMatch(s) && N(s);

                public bool N(string s) => NRegex.IsMatch(s);

                [GeneratedRegex("a")]
                private static partial Regex NRegex { get; }

                // public bool Old(string s) => false;
            }
        }
        """);

    [Fact]
    public Task Every_kind_of_type_can_hold_it() => Fixes(
        """
        using System.Text.RegularExpressions;

        public record R(string S)
        {
            public bool Ok => [|new Regex|]("a").IsMatch(S);
        }

        public readonly record struct RS(string S)
        {
            public bool Ok => [|new Regex|]("a").IsMatch(S);
        }

        public class P(string s)
        {
            public bool Ok() => [|new Regex|]("a").IsMatch(s);
        }

        public ref struct Q
        {
            public bool Ok(string s) => [|new Regex|]("a").IsMatch(s);
        }

        public class G<T> where T : class
        {
            public bool Ok(string s) => [|new Regex|]("a").IsMatch(s);
        }

        file class F
        {
            public bool Ok(string s) => [|new Regex|]("a").IsMatch(s);
        }

        public interface I
        {
            class N
            {
                public bool Ok(string s) => [|new Regex|]("a").IsMatch(s);
            }
        }

        public static class E
        {
            extension(string s)
            {
                public bool IsSlug => [|new Regex|]("a").IsMatch(s);
            }

            public static bool Old(this string s) => [|new Regex|]("a").IsMatch(s);
        }
        """,
        """
        using System.Text.RegularExpressions;

        public partial record R(string S)
        {
            public bool Ok => OkRegex.IsMatch(S);

            [GeneratedRegex("a")]
            private static partial Regex OkRegex { get; }
        }

        public readonly partial record struct RS(string S)
        {
            public bool Ok => OkRegex.IsMatch(S);

            [GeneratedRegex("a")]
            private static partial Regex OkRegex { get; }
        }

        public partial class P(string s)
        {
            public bool Ok() => OkRegex.IsMatch(s);

            [GeneratedRegex("a")]
            private static partial Regex OkRegex { get; }
        }

        public ref partial struct Q
        {
            public bool Ok(string s) => OkRegex.IsMatch(s);

            [GeneratedRegex("a")]
            private static partial Regex OkRegex { get; }
        }

        public partial class G<T> where T : class
        {
            public bool Ok(string s) => OkRegex.IsMatch(s);

            [GeneratedRegex("a")]
            private static partial Regex OkRegex { get; }
        }

        file class F
        {
            private static readonly Regex OkRegex = new Regex("a", RegexOptions.Compiled);

            public bool Ok(string s) => OkRegex.IsMatch(s);
        }

        public partial interface I
        {
            partial class N
            {
                public bool Ok(string s) => OkRegex.IsMatch(s);

                [GeneratedRegex("a")]
                private static partial Regex OkRegex { get; }
            }
        }

        public static partial class E
        {
            extension(string s)
            {
                public bool IsSlug => SlugRegex.IsMatch(s);
            }

            public static bool Old(this string s) => SlugRegex.IsMatch(s);

            [GeneratedRegex("a")]
            private static partial Regex SlugRegex { get; }
        }
        """);

    [Fact]
    public Task Names_avoid_inherited_members_parameters_and_types() => Fixes(
        """
        using System.Text.RegularExpressions;

        abstract class Base { protected int SlugRegex; protected static Regex TagRegex2 => null!; }

        class Derived : Base
        {
            bool IsSlug(string s) => [|new Regex|]("x").IsMatch(s) && SlugRegex > 0;

            bool IsTag(string TagRegex) => [|new Regex|]("y").IsMatch(TagRegex);

            bool IsCode(string s) => [|new Regex|]("z").IsMatch(s);

            bool Other(string TagRegex3) => [|new Regex|]("y").IsMatch(TagRegex3);
        }

        class CodeRegex { }
        """,
        """
        using System.Text.RegularExpressions;

        abstract class Base { protected int SlugRegex; protected static Regex TagRegex2 => null!; }

        partial class Derived : Base
        {
            bool IsSlug(string s) => SlugRegex2.IsMatch(s) && SlugRegex > 0;

            bool IsTag(string TagRegex) => TagRegex3.IsMatch(TagRegex);

            bool IsCode(string s) => CodeRegex2.IsMatch(s);

            bool Other(string TagRegex3) => Derived.TagRegex3.IsMatch(TagRegex3);

            [GeneratedRegex("x")]
            private static partial Regex SlugRegex2 { get; }

            [GeneratedRegex("y")]
            private static partial Regex TagRegex3 { get; }

            [GeneratedRegex("z")]
            private static partial Regex CodeRegex2 { get; }
        }

        class CodeRegex { }
        """);

    [Fact]
    public Task Members_of_any_form_that_are_there_already_are_used() => Fixes(
        """
        using System;
        using System.Text.RegularExpressions;

        static partial class C
        {
            [GeneratedRegex("a+", RegexOptions.Compiled)]
            private static partial Regex As();

            [GeneratedRegex("c+", RegexOptions.None, 500)]
            private static partial Regex Cs { get; }

            private static readonly Regex Bees = new("b+", RegexOptions.Compiled);

            private static readonly Regex s_i = new Regex("i", RegexOptions.IgnoreCase);

            static bool M(string s) => [|new Regex|]("a+").IsMatch(s) && [|new Regex|]("b+").IsMatch(s) && [|new Regex|]("i", RegexOptions.IgnoreCase).IsMatch(s);

            static bool N(string s, string As) => [|new Regex|]("a+").IsMatch(s + As);

            static bool O(string s) => [|new Regex|]("c+", RegexOptions.None, TimeSpan.FromSeconds(0.5)).IsMatch(s) || [|new Regex|]("i").IsMatch(s);
        }
        """,
        """
        using System;
        using System.Text.RegularExpressions;

        static partial class C
        {
            [GeneratedRegex("a+", RegexOptions.Compiled)]
            private static partial Regex As();

            [GeneratedRegex("c+", RegexOptions.None, 500)]
            private static partial Regex Cs { get; }

            private static readonly Regex Bees = new("b+", RegexOptions.Compiled);

            private static readonly Regex s_i = new Regex("i", RegexOptions.IgnoreCase);

            static bool M(string s) => As().IsMatch(s) && Bees.IsMatch(s) && s_i.IsMatch(s);

            static bool N(string s, string As) => C.As().IsMatch(s + As);

            static bool O(string s) => Cs.IsMatch(s) || ORegex.IsMatch(s);

            [GeneratedRegex("i")]
            private static partial Regex ORegex { get; }
        }
        """);

    [Fact]
    public Task Parts_in_several_files_share_members() => Fixes(
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool A(string s) => [|new Regex|]("a+").IsMatch(s);

            bool A2(string s) => [|new Regex|]("c+").IsMatch(s);
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool A(string s) => ARegex.IsMatch(s);

            bool A2(string s) => A2Regex.IsMatch(s);

            [GeneratedRegex("a+")]
            private static partial Regex ARegex { get; }

            [GeneratedRegex("c+")]
            private static partial Regex A2Regex { get; }
        }
        """, test =>
        {
            test.TestState.Sources.Add(
                """
                using System.Text.RegularExpressions;

                partial class C
                {
                    bool B(string s) => [|new Regex|]("a+").IsMatch(s);

                    bool B2(string s) => [|new Regex|]("b+").IsMatch(s);
                }
                """);
            test.FixedState.Sources.Add(
                """
                using System.Text.RegularExpressions;

                partial class C
                {
                    bool B(string s) => ARegex.IsMatch(s);

                    bool B2(string s) => B2Regex.IsMatch(s);

                    [GeneratedRegex("b+")]
                    private static partial Regex B2Regex { get; }
                }
                """);
        });

    [Fact]
    public Task A_program_that_is_declared_already_gets_the_members() => Fixes(
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/ok", (string text) => IsOk(text));
        app.Run();

        static bool IsOk(string s) => [|new Regex|]("a").IsMatch(s) || [|new Regex|]("id", RegexOptions.IgnoreCase).IsMatch(s);

        class Other { }

        /// <summary>For tests.</summary>
        public partial class Program;
        """,
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/ok", (string text) => IsOk(text));
        app.Run();

        static bool IsOk(string s) => OkRegex.IsMatch(s) || OkRegex2.IsMatch(s);

        class Other { }

        /// <summary>For tests.</summary>
        public partial class Program
        {
            private static readonly Regex OkRegex2 = new Regex("id", RegexOptions.IgnoreCase | RegexOptions.Compiled);

            [GeneratedRegex("a")]
            private static partial Regex OkRegex { get; }
        }
        """, AsProgram);

    [Fact]
    public Task Lambdas_of_endpoints_use_a_program_with_an_empty_body() => Fixes(
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/check", (string text) => [|Regex.IsMatch|](text, @"^\d+$"));
        app.Run();

        public partial class Program { }
        """,
        """
        using System.Text.RegularExpressions;
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/check", (string text) => TextRegex.IsMatch(text));
        app.Run();

        public partial class Program {
            [GeneratedRegex(@"^\d+$")]
            private static partial Regex TextRegex { get; }
        }
        """, AsProgram);

    [Fact]
    public Task A_field_comes_after_the_fields_that_its_timeout_reads() => FixesAndRunsTheSame(
        """
        using System;
        using System.Text.RegularExpressions;

        static class Program
        {
            private const int Seconds = 2;
            private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(Seconds);

            static string Run() => $"{IsPair("ab")} {IsPair("b")}";

            static bool IsPair(string s) => [|new Regex|]("ab", RegexOptions.None, s_limit).IsMatch(s);
        }
        """,
        """
        using System;
        using System.Text.RegularExpressions;

        static class Program
        {
            private const int Seconds = 2;
            private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(Seconds);
            private static readonly Regex s_pairRegex = new Regex("ab", RegexOptions.Compiled, s_limit);

            static string Run() => $"{IsPair("ab")} {IsPair("b")}";

            static bool IsPair(string s) => s_pairRegex.IsMatch(s);
        }
        """);

    [Fact]
    public Task A_timeout_that_can_change_or_is_initialised_elsewhere_has_no_fix() => ReportsWithoutFix(
        """
        using System;
        using System.Text.RegularExpressions;

        partial class C
        {
            static TimeSpan s_limit = TimeSpan.FromSeconds(1);

            static TimeSpan Limit() => s_limit;

            bool M(string s) => [|new Regex|]("a", RegexOptions.None, s_limit).IsMatch(s) || [|new Regex|]("b", RegexOptions.None, Limit()).IsMatch(s)
                || [|new Regex|]("c", RegexOptions.None, s_other).IsMatch(s);
        }

        partial class C
        {
            static readonly TimeSpan s_other = TimeSpan.FromSeconds(1);
        }
        """);

    [Fact]
    public Task What_generated_code_cannot_do_becomes_a_field() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            bool HasTwins(string s) => [|new Regex|](@"([b-d])\1", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).IsMatch(s);

            bool IsLinear(string s) => [|new Regex|]("(a+)+b", RegexOptions.NonBacktracking | RegexOptions.Compiled).IsMatch(s);
        }
        """,
        """
        using System.Text.RegularExpressions;

        class C
        {
            private static readonly Regex TwinsRegex = new Regex(@"([b-d])\1", RegexOptions.IgnoreCase | RegexOptions.Compiled | RegexOptions.CultureInvariant);
            private static readonly Regex LinearRegex = new Regex("(a+)+b", RegexOptions.NonBacktracking);

            bool HasTwins(string s) => TwinsRegex.IsMatch(s);

            bool IsLinear(string s) => LinearRegex.IsMatch(s);
        }
        """);

    [Fact]
    public Task A_framework_without_generated_expressions_gets_a_field() => Fixes(
        OldFramework + """

        class C
        {
            static bool IsTag(string s) => [|new Regex|]("^[a-z]+$", RegexOptions.Compiled).IsMatch(s);
        }
        """,
        OldFramework + """

        class C
        {
            private static readonly Regex TagRegex = new Regex("^[a-z]+$", RegexOptions.Compiled);

            static bool IsTag(string s) => TagRegex.IsMatch(s);
        }
        """, test => test.SolutionTransform = (solution, id) => solution.WithProjectMetadataReferences(id,
            solution.GetProject(id)!.MetadataReferences.Where(reference => reference.Display?.EndsWith("System.Text.RegularExpressions.dll", StringComparison.Ordinal) != true)));

    [Fact]
    public Task Two_projects_get_their_own_members() => Fixes(
        """
        using System.Text.RegularExpressions;

        class C
        {
            bool IsSlug(string s) => [|new Regex|]("^[a-z-]+$").IsMatch(s);
        }
        """,
        """
        using System.Text.RegularExpressions;

        partial class C
        {
            bool IsSlug(string s) => SlugRegex.IsMatch(s);

            [GeneratedRegex("^[a-z-]+$")]
            private static partial Regex SlugRegex { get; }
        }
        """, test =>
        {
            test.TestState.Project("Other").Sources.Add("using System.Text.RegularExpressions;\n\nclass C\n{\n    bool IsTag(string s) => [|new Regex|](\"i\", RegexOptions.IgnoreCase).IsMatch(s);\n}\n");
            test.FixedState.Project("Other").Sources.Add("using System.Text.RegularExpressions;\n\nclass C\n{\n    private static readonly Regex TagRegex = new Regex(\"i\", RegexOptions.IgnoreCase | RegexOptions.Compiled);\n\n    bool IsTag(string s) => TagRegex.IsMatch(s);\n}\n");
        });

    private const string OldFramework =
        """
        using System.Text.RegularExpressions;

        namespace System.Text.RegularExpressions
        {
            public enum RegexOptions { None = 0, IgnoreCase = 1, Compiled = 8 }

            public class Regex
            {
                public Regex(string pattern, RegexOptions options) { }

                public bool IsMatch(string input) => true;
            }
        }

        """;

    private static void AsProgram(CSharpCodeFixTest<RegexPerCallAnalyzer, RegexPerCallFix> test) =>
        test.TestState.OutputKind = test.FixedState.OutputKind = OutputKind.ConsoleApplication;
}
