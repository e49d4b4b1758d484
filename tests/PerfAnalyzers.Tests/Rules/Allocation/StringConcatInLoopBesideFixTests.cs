using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>A builder beside the variable, where that must stay a string; and the places without a fix.</summary>
public sealed class StringConcatInLoopBesideFixTests : RuleTests<StringConcatInLoopAnalyzer, StringConcatInLoopFix>
{
    [Fact]
    public Task Declares_the_text_behind_the_loop_where_more_is_done_with_it() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" }) + M(new string[0]);

            static string M(IEnumerable<string> names)
            {
                // the ids
                string ids = "ids: ";
                var count = 0;
                foreach (var name in names)
                {
                    [|ids|] += name + ",";
                    count++;
                }

                ids = ids.TrimEnd(',');
                return ids + count + ids;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" }) + M(new string[0]);

            static string M(IEnumerable<string> names)
            {
                // the ids
                var idsBuilder = new StringBuilder("ids: ");
                var count = 0;
                foreach (var name in names)
                {
                    idsBuilder.Append(name).Append(",");
                    count++;
                }

                string ids = idsBuilder.ToString().TrimEnd(',');
                return ids + count + ids;
            }
        }
        """);

    [Fact]
    public Task Gives_the_text_back_behind_the_loop() => FixesAndRunsTheSame(
        """
        using System;
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" });

            static string M(string[] names)
            {
                var text = "";
                for (var i = 0; i < names.Length; i++)
                {
                    if (text.Length > 0)
                        [|text|] += " ";
                    [|text|] += names[i];
                }

                text += ".";

                Func<string> later = () => text + text;
                return later() + text;
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" });

            static string M(string[] names)
            {
                var textBuilder = new StringBuilder();
                for (var i = 0; i < names.Length; i++)
                {
                    if (textBuilder.Length > 0)
                        textBuilder.Append(" ");
                    textBuilder.Append(names[i]);
                }

                textBuilder.Append(".");

                var text = textBuilder.ToString();

                Func<string> later = () => text + text;
                return later() + text;
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Starts_from_a_parameter() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => Indent("x", 3) + Prefix("a", new[] { "b" }) + Prefix("a", new string[0]);

            static string Indent(string text, int depth)
            {
                while (depth-- > 0)
                {
                    [|text|] = "  " + text;
                }

                return text;
            }

            static string Prefix(string text, IEnumerable<string> names)
            {
                foreach (var name in names)
                {
                    [|text|] += name;
                    if (name == "stop")
                        return "stopped " + text;
                }

                if (text == "a")
                    return "nothing";
                return text;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => Indent("x", 3) + Prefix("a", new[] { "b" }) + Prefix("a", new string[0]);

            static string Indent(string text, int depth)
            {
                var textBuilder = new StringBuilder(text);
                while (depth-- > 0)
                {
                    textBuilder.Insert(0, "  ");
                }

                return textBuilder.ToString();
            }

            static string Prefix(string text, IEnumerable<string> names)
            {
                var textBuilder = new StringBuilder(text);
                foreach (var name in names)
                {
                    textBuilder.Append(name);
                    if (name == "stop")
                        return "stopped " + textBuilder.ToString();
                }

                text = textBuilder.ToString();

                if (text == "a")
                    return "nothing";
                return text;
            }
        }
        """);

    [Fact]
    public Task Starts_where_an_outer_loop_starts_the_text_anew() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => string.Join("|", M(new[] { new[] { "a", "b" }, new string[0], new[] { "c" } }));

            static List<string> M(IEnumerable<string[]> rows)
            {
                var lines = new List<string>();
                string line;
                string tail = "", extra = "e";
                foreach (var row in rows)
                {
                    line = "row ";
                    foreach (var cell in row)
                        [|line|] += cell;
                    lines.Add(line);
                    lines.Add(line + "!");

                    foreach (var cell in row)
                    {
                        [|tail|] += cell;
                    }
                    lines.Add(tail + extra);
                }

                return lines;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => string.Join("|", M(new[] { new[] { "a", "b" }, new string[0], new[] { "c" } }));

            static List<string> M(IEnumerable<string[]> rows)
            {
                var lines = new List<string>();
                string line;
                string tail = "", extra = "e";
                foreach (var row in rows)
                {
                    var lineBuilder = new StringBuilder("row ");
                    foreach (var cell in row)
                        lineBuilder.Append(cell);
                    line = lineBuilder.ToString();
                    lines.Add(line);
                    lines.Add(line + "!");

                    var tailBuilder = new StringBuilder(tail);
                    foreach (var cell in row)
                    {
                        tailBuilder.Append(cell);
                    }

                    tail = tailBuilder.ToString();
                    lines.Add(tail + extra);
                }

                return lines;
            }
        }
        """);

    [Fact]
    public Task Covers_two_loops_with_one_builder() => FixesAndRunsTheSame(
        """
        static class Program
        {
            static string Run() => M(new[] { "a", "b" });

            static string M(string[] names)
            {
                var html = "<ul>";
                html += "\n";
                foreach (var name in names)
                    [|html|] += name;
                var count = names.Length;
                html += count;
                foreach (var name in names)
                    [|html|] += name;
                html += "</ul>";
                return html.Length > 10 ? html : html.Trim();
            }
        }
        """,
        """
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" });

            static string M(string[] names)
            {
                var html = new StringBuilder("<ul>");
                html.Append("\n");
                foreach (var name in names)
                    html.Append(name);
                var count = names.Length;
                html.Append(count);
                foreach (var name in names)
                    html.Append(name);
                html.Append("</ul>");
                return html.Length > 10 ? html.ToString() : html.ToString().Trim();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Gives_two_texts_of_one_loop_a_builder_each() => FixesAndRunsTheSame(
        """
        static class Program
        {
            static string Run() => M(new[] { "a", "b" }, "x", "y") + N(new[] { "c" });

            static string M(string[] names, string first, string second)
            {
                var count = 0;

                // all of them
                foreach (var name in names)
                {
                    [|first|] += name;
                    [|second|] = name + second;
                    count++;
                }

                count++;
                second = second.Trim();
                return first + first + second + second + count;
            }

            static string N(string[] names)
            {
                string a = "", b = "";
                var c = "c";
                foreach (var name in names)
                {
                    [|a|] += name;
                    [|b|] += name;
                    [|c|] += name;
                }

                c = c.ToUpper();
                return a + a + b + c + c;
            }
        }
        """,
        """
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" }, "x", "y") + N(new[] { "c" });

            static string M(string[] names, string first, string second)
            {
                var count = 0;

                var firstBuilder = new StringBuilder(first);
                var secondBuilder = new StringBuilder(second);
                // all of them
                foreach (var name in names)
                {
                    firstBuilder.Append(name);
                    secondBuilder.Insert(0, name);
                    count++;
                }

                first = firstBuilder.ToString();

                count++;
                second = secondBuilder.ToString().Trim();
                return first + first + second + second + count;
            }

            static string N(string[] names)
            {
                string a = "", b = "";
                var cBuilder = new StringBuilder("c");
                var aBuilder = new StringBuilder(a);
                var bBuilder = new StringBuilder(b);
                foreach (var name in names)
                {
                    aBuilder.Append(name);
                    bBuilder.Append(name);
                    cBuilder.Append(name);
                }

                a = aBuilder.ToString();

                var c = cBuilder.ToString().ToUpper();
                return a + a + bBuilder.ToString() + c + c;
            }
        }
        """);

    [Fact]
    public Task Gives_the_text_back_before_a_jump_of_an_outer_loop() => FixesAndRunsTheSame(
        """
        static class Program
        {
            static string Run() => M(new[] { "a", "", "b" });

            static string M(string[] names)
            {
                var all = new System.Collections.Generic.List<string>();
                var line = "";
                foreach (var name in names)
                {
                    all.Add(line + line.Length);
                    line = "<";
                    foreach (var c in name)
                        [|line|] += c;
                    if (name == "")
                        continue;
                    line = line.Trim();
                }

                return string.Join(";", all);
            }
        }
        """,
        """
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "", "b" });

            static string M(string[] names)
            {
                var all = new System.Collections.Generic.List<string>();
                var line = "";
                foreach (var name in names)
                {
                    all.Add(line + line.Length);
                    var lineBuilder = new StringBuilder("<");
                    foreach (var c in name)
                        lineBuilder.Append(c);
                    line = lineBuilder.ToString();
                    if (name == "")
                        continue;
                    line = line.Trim();
                }

                return string.Join(";", all);
            }
        }
        """);

    [Fact]
    public Task Chooses_a_name_that_is_free() => Fixes(
        """
        class C
        {
            void M(string[] names, string textBuilder)
            {
                var text = "";
                foreach (var name in names)
                    [|text|] += name + textBuilder;
                Use(text, text);
                Use(text, "");
            }

            void Use(string a, string b) { }
        }
        """,
        """
        using System.Text;

        class C
        {
            void M(string[] names, string textBuilder)
            {
                var textBuilder2 = new StringBuilder();
                foreach (var name in names)
                    textBuilder2.Append(name).Append(textBuilder);
                var text = textBuilder2.ToString();
                Use(text, text);
                Use(text, "");
            }

            void Use(string a, string b) { }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_nothing_appended_would_change_null_to_empty() => ReportsWithoutFix(
        """
        #nullable disable
        class C
        {
            string M(string[] names, string start)
            {
                string a = null, b = start, c = default;
                string d = null;
                foreach (var name in names)
                {
                    [|a|] += name;
                    [|b|] += name;
                    [|c|] += name;
                    [|d|] += name;
                    [|start|] += name;
                }

                return a + b + c + d + start;
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_a_value_between_is_needed() => ReportsWithoutFix(
        """
        using System;

        class C
        {
            string M(string[] names, bool verbose)
            {
                var a = "";
                var b = "";
                var c = "";
                foreach (var name in names)
                {
                    [|a|] += name;
                    if (verbose)
                        Console.WriteLine(a);
                    if (!b.EndsWith(","))
                        [|b|] += name;
                    [|c|] += c.Length + name;
                }

                return a + b + c;
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_others_see_the_text() => ReportsWithoutFix(
        """
        using System;
        using System.Threading.Tasks;

        class C
        {
            private string _log = "";
            public string Text { get; set; } = "";

            string M(string[] names, ref string target)
            {
                var captured = "";
                Func<int> length = () => captured.Length;
                var parallel = "";
                var passed = "";
                foreach (var name in names)
                {
                    [|_log|] += name;
                    [|Text|] += name;
                    [|target|] += name;
                    [|captured|] += name;
                    [|passed|] += name;
                }

                Parallel.ForEach(names, name => { [|parallel|] += name; });
                Read(ref passed);
                return captured + length() + parallel + passed;
            }

            void Read(ref string text) { }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_the_string_is_not_equal() => ReportsWithoutFix(
        """
        class C
        {
            string M(string[] names, dynamic any)
            {
                string a = "", b = "", c = "", d = "";
                foreach (var name in names)
                {
                    [|a|] += null;
                    [|b|] = $"<{b}>";
                    [|c|] = (c ?? "") + name;
                    [|d|] = name + d + d.Length;
                }

                return a + b + c + d;
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_a_handler_reads_the_text() => ReportsWithoutFix(
        """
        using System;

        class C
        {
            string M(string[] names)
            {
                var text = "";
                try
                {
                    foreach (var name in names)
                        [|text|] += int.Parse(name);
                    text = text.Trim();
                }
                catch (FormatException)
                {
                    Console.WriteLine(text);
                }

                return text;
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_another_configuration_appends_too() => ReportsWithoutFix(
        """
        class C
        {
            string M(string[] names)
            {
                var text = "";
                foreach (var name in names)
                    [|text|] += name;
        #if VERBOSE
                text += "verbose";
        #endif
                return text;
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_an_earlier_lambda_or_a_local_function_reads_the_text() => ReportsWithoutFix(
        """
        using System;

        class C
        {
            string M(string[] names)
            {
                var a = "";
                var b = "";
                Action show = () => Console.WriteLine(a);
                foreach (var name in names)
                {
                    [|a|] += name;
                    [|b|] += name;
                    if (name == "")
                        show();
                }

                return a + Length();
                int Length() => b.Length;
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_for_aggregates_that_differ() => ReportsWithoutFix(
        """
        using System.Linq;

        class C
        {
            string M(string[] names, string? start) =>
                names.[|Aggregate|]((all, name) => all + ", " + name)
                + names.[|Aggregate|]("", (all, name) => all == "" ? name : all + "," + name)
                + names.[|Aggregate|](start, (all, name) => all + name)
                + names.[|Aggregate<string, string>|]("", (all, name) => all + name + ";");
        }
        """);
}
