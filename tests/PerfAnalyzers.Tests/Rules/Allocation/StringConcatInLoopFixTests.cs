using Microsoft.CodeAnalysis;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

/// <summary>The local itself becomes the builder.</summary>
public sealed class StringConcatInLoopFixTests : RuleTests<StringConcatInLoopAnalyzer, StringConcatInLoopFix>
{
    [Fact]
    public Task Adds_what_the_concatenation_adds_in_every_culture() => FixesAndRunsTheSame(
        """
        using System;
        using System.Globalization;
        using System.Linq;

        enum Size { Small, Large }

        struct Point { public override string ToString() => "point"; }

        class Silent { public override string? ToString() => null; }

        static class Program
        {
            static string Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
                char[] letters = { 'a', 'b' };
                string s = "start;";
                foreach (var i in Enumerable.Range(0, 20))
                {
                    [|s|] += i * 1.5;
                    [|s|] += i * 1000.25m + "x" + (i > 3) + 'c' + (char)('a' + i);
                    [|s|] += i + i + "sum" + i + i;
                    [|s|] = s + i + i;
                    [|s|] += 'a' + 'b';
                    [|s|] += (i == 2 ? null : "text") + (string?)null;
                    [|s|] += (int?)null;
                    [|s|] += i == 3 ? 3.5f : 1;
                    [|s|] += Size.Large + "/" + new Point() + new DateTime(2024, 1, 2) + new Silent();
                    [|s|] += letters;
                    [|s|] += new[] { 1 };
                    [|s|] += (object?)letters.Length ?? "none";
                    [|s|] += i switch { 1 => "one", _ => "many" };
                    [|s|] += -5 + "neg" + -i;
                }

                return s;
            }
        }
        """,
        """
        using System;
        using System.Globalization;
        using System.Linq;
        using System.Text;

        enum Size { Small, Large }

        struct Point { public override string ToString() => "point"; }

        class Silent { public override string? ToString() => null; }

        static class Program
        {
            static string Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
                char[] letters = { 'a', 'b' };
                var s = new StringBuilder("start;");
                foreach (var i in Enumerable.Range(0, 20))
                {
                    s.Append(i * 1.5);
                    s.Append(i * 1000.25m).Append("x").Append(i > 3).Append('c').Append((char)('a' + i));
                    s.Append(i + i).Append("sum").Append(i).Append(i);
                    s.Append(i).Append(i);
                    s.Append('a' + 'b');
                    s.Append(i == 2 ? null : "text").Append((string?)null);
                    s.Append((int?)null);
                    s.Append(i == 3 ? 3.5f : 1);
                    s.Append(Size.Large).Append("/").Append(new Point()).Append(new DateTime(2024, 1, 2)).Append(new Silent());
                    s.Append((object)letters);
                    s.Append(new[] { 1 });
                    s.Append((object?)letters.Length ?? "none");
                    s.Append(i switch { 1 => "one", _ => "many" });
                    s.Append(-5).Append("neg").Append(-i);
                }

                return s.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Keeps_interpolation_with_its_formats_and_culture() => FixesAndRunsTheSame(
        """
        using System;
        using System.Globalization;
        using System.Linq;

        static class Program
        {
            static string Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
                var s = "";
                foreach (var i in Enumerable.Range(0, 12))
                {
                    [|s|] += $"{i * 1.25:N3};{i,6}|{(object?)null}{new DateTime(2024, 3, i + 1)}";
                    [|s|] = $"{s}{i * 0.5}";
                    [|s|] = $"{s};";
                    [|s|] = $"{s}{i:D3}, {i}";
                    [|s|] = $"{s}{{{i}}}";
                    [|s|] = $@"{s}\";
                    [|s|] = $"{i}-{s}";
                    [|s|] = $"[{s}";
                    [|s|] = string.Concat(s, "a", i);
                    [|s|] = string.Concat("b", s);
                }

                return s;
            }
        }
        """,
        """
        using System;
        using System.Globalization;
        using System.Linq;
        using System.Text;

        static class Program
        {
            static string Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
                var s = new StringBuilder();
                foreach (var i in Enumerable.Range(0, 12))
                {
                    s.Append($"{i * 1.25:N3};{i,6}|{(object?)null}{new DateTime(2024, 3, i + 1)}");
                    s.Append(i * 0.5);
                    s.Append(";");
                    s.Append($"{i:D3}, {i}");
                    s.Append($"{{{i}}}");
                    s.Append(@"\");
                    s.Insert(0, $"{i}-");
                    s.Insert(0, "[");
                    s.Append("a").Append(i);
                    s.Insert(0, "b");
                }

                return s.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Inserts_at_the_front() => FixesAndRunsTheSame(
        """
        static class Program
        {
            static string Run() => Binary(77) + Binary(0);

            static string Binary(int number)
            {
                var bits = string.Empty;
                while (number > 0)
                {
                    [|bits|] = number % 2 + bits;
                    number /= 2;
                    [|bits|] = "(" + number + "," + bits;
                    [|bits|] = '<' + bits + '>' + number;
                }

                return bits;
            }
        }
        """,
        """
        using System.Text;

        static class Program
        {
            static string Run() => Binary(77) + Binary(0);

            static string Binary(int number)
            {
                var bits = new StringBuilder();
                while (number > 0)
                {
                    bits.Insert(0, number % 2);
                    number /= 2;
                    bits.Insert(0, "(" + number + ",");
                    bits.Insert(0, '<').Append('>').Append(number);
                }

                return bits.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Gives_nested_loops_a_builder_each() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => Write(new[] { new[] { "a", "b" }, new string[0], new[] { "c" } });

            static string Write(IEnumerable<IEnumerable<string>> rows)
            {
                // header first
                string csv = "x;y\n"; // as agreed
                foreach (var row in rows)
                {
                    var line = "";
                    foreach (var cell in row)
                    {
                        if (line.Length > 0)
                            [|line|] += ";"; // between
                        [|line|] += cell;
                    }

                    [|csv|] += line + "\n";
                }

                return csv;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => Write(new[] { new[] { "a", "b" }, new string[0], new[] { "c" } });

            static string Write(IEnumerable<IEnumerable<string>> rows)
            {
                // header first
                var csv = new StringBuilder("x;y\n"); // as agreed
                foreach (var row in rows)
                {
                    var line = new StringBuilder();
                    foreach (var cell in row)
                    {
                        if (line.Length > 0)
                            line.Append(";"); // between
                        line.Append(cell);
                    }

                    csv.Append(line).Append("\n");
                }

                return csv.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 2);

    [Fact]
    public Task Keeps_emptiness_tests_and_reads_right() => FixesAndRunsTheSame(
        """
        using System;
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => M(new[] { "a", "b", "c" }, true) + M(new string[0], false);

            static string M(IEnumerable<string> names, bool loud)
            {
                var s = "";
                foreach (var name in names)
                {
                    if (s != "" && !string.IsNullOrEmpty(s))
                        [|s|] += ", ";
                    if (s == string.Empty || "" == s || string.IsNullOrEmpty(s) || !(s != ""))
                        [|s|] += "first: ";
                    [|s|] += name;
                    if (name == "stop")
                        return s;
                }

                s += loud ? "!" : ".";
                if (s.Length > 2 && s != "")
                    return s.ToUpperInvariant();
                return $"<{s}>" + s.Length;
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "b", "c" }, true) + M(new string[0], false);

            static string M(IEnumerable<string> names, bool loud)
            {
                var s = new StringBuilder();
                foreach (var name in names)
                {
                    if (s.Length > 0 && s.Length > 0)
                        s.Append(", ");
                    if (s.Length == 0 || s.Length == 0 || s.Length == 0 || !(s.Length > 0))
                        s.Append("first: ");
                    s.Append(name);
                    if (name == "stop")
                        return s.ToString();
                }

                s.Append(loud ? "!" : ".");
                if (s.Length > 2 && s.Length > 0)
                    return s.ToString().ToUpperInvariant();
                return $"<{s.ToString()}>" + s.Length;
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Keeps_the_names_that_the_local_gives_and_early_reads_empty() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => $"{M(new[] { "a", "b" })} {M(new string[0])} {N(new[] { "c" }).table}";

            static object M(string[] names)
            {
                var text = string.Empty;
                if (names.Length == 0)
                    return new { text };

                for (var i = 0; i < names.Length; i++)
                    [|text|] += names[i];
                return new { text, names.Length };
            }

            static (string table, int Length) N(string[] names)
            {
                var table = "";
                foreach (var name in names)
                    [|table|] = table + "|" + name;
                var pair = (table, names.Length);
                return (pair.table, pair.Length);
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => $"{M(new[] { "a", "b" })} {M(new string[0])} {N(new[] { "c" }).table}";

            static object M(string[] names)
            {
                var text = new StringBuilder();
                if (names.Length == 0)
                    return new { text = string.Empty };

                for (var i = 0; i < names.Length; i++)
                    text.Append(names[i]);
                return new { text = text.ToString(), names.Length };
            }

            static (string table, int Length) N(string[] names)
            {
                var table = new StringBuilder();
                foreach (var name in names)
                    table.Append("|").Append(name);
                var pair = (table: table.ToString(), names.Length);
                return (pair.table, pair.Length);
            }
        }
        """);

    [Fact]
    public Task Clears_a_token_where_it_is_started_anew() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => string.Join("|", Split("ab,,cde"));

            static List<string> Split(string text)
            {
                var tokens = new List<string>();
                var token = "";
                foreach (var c in text)
                {
                    if (c == ',')
                    {
                        tokens.Add(token);
                        token = "";
                        continue;
                    }

                    [|token|] += c;
                }

                tokens.Add(token);
                return tokens;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => string.Join("|", Split("ab,,cde"));

            static List<string> Split(string text)
            {
                var tokens = new List<string>();
                var token = new StringBuilder();
                foreach (var c in text)
                {
                    if (c == ',')
                    {
                        tokens.Add(token.ToString());
                        token.Clear();
                        continue;
                    }

                    token.Append(c);
                }

                tokens.Add(token.ToString());
                return tokens;
            }
        }
        """);

    [Fact]
    public Task Keeps_the_lines_of_a_long_concatenation() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" });

            static string M(IEnumerable<string> names)
            {
                var html = "<ul>" + "\n";
                foreach (var name in names)
                {
                    [|html|] += "<li>" +
                        "<b>" + name + "</b>" +
                        "</li>";
                    [|html|] += "<li>" // open
                        + name;
                }

                html += "</ul>";
                return html;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", "b" });

            static string M(IEnumerable<string> names)
            {
                var html = new StringBuilder("<ul>" + "\n");
                foreach (var name in names)
                {
                    html.Append("<li>")
                        .Append("<b>").Append(name).Append("</b>")
                        .Append("</li>");
                    html.Append("<li>" // open
                        + name);
                }

                html.Append("</ul>");
                return html.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Fixes_list_for_each_incrementors_and_top_level_code() => Fixes(
        """
        using System;
        using System.Linq;

        var s = "";
        args.ToList().ForEach(arg => [|s|] += arg);
        Array.ForEach(args, arg => { [|s|] += arg + ";"; });
        for (var i = 0; i < args.Length; i++, [|s|] += " ")
            Console.Write(i);
        Console.WriteLine(s);
        """,
        """
        using System;
        using System.Linq;
        using System.Text;

        var s = new StringBuilder();
        args.ToList().ForEach(arg => s.Append(arg));
        Array.ForEach(args, arg => { s.Append(arg).Append(";"); });
        for (var i = 0; i < args.Length; i++, s.Append(" "))
            Console.Write(i);
        Console.WriteLine(s.ToString());
        """, test =>
        {
            test.TestState.OutputKind = OutputKind.ConsoleApplication;
            test.FixedState.OutputKind = OutputKind.ConsoleApplication;
            test.NumberOfIncrementalIterations = 1;
        });

    [Fact]
    public Task Appends_whole_what_may_fail_inside_a_try() => FixesAndRunsTheSame(
        """
        using System;
        using System.Collections.Generic;

        static class Program
        {
            static string Run() => M(new[] { "1", "x", "3" });

            static string M(IEnumerable<string> names)
            {
                var s = "";
                foreach (var name in names)
                {
                    try
                    {
                        [|s|] += name + "=" + int.Parse(name) + ";";
                        [|s|] += name + "|";
                    }
                    catch (FormatException)
                    {
                        [|s|] = s + name + (name.Length + 1) + name.Trim();
                        [|s|] += "?";
                    }
                }

                return s;
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "1", "x", "3" });

            static string M(IEnumerable<string> names)
            {
                var s = new StringBuilder();
                foreach (var name in names)
                {
                    try
                    {
                        s.Append(name + "=" + int.Parse(name) + ";");
                        s.Append(name).Append("|");
                    }
                    catch (FormatException)
                    {
                        s.Append(name + (name.Length + 1) + name.Trim());
                        s.Append("?");
                    }
                }

                return s.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Appends_what_is_awaited_in_an_interpolated_string() => FixesAndRunsTheSame(
        """
        using System.Threading.Tasks;

        static class Program
        {
            static Task<string> Run() => M(new[] { "a", "b" });

            static async Task<string> M(string[] names)
            {
                var s = "";
                foreach (var name in names)
                {
                    [|s|] += $"<{await Load(name)}>{name}";
                    [|s|] = s + name + await Load(name);
                }

                return s;
            }

            static async Task<string> Load(string name)
            {
                await Task.Yield();
                return name + name;
            }
        }
        """,
        """
        using System.Text;
        using System.Threading.Tasks;

        static class Program
        {
            static Task<string> Run() => M(new[] { "a", "b" });

            static async Task<string> M(string[] names)
            {
                var s = new StringBuilder();
                foreach (var name in names)
                {
                    s.Append($"<{await Load(name)}>{name}");
                    s.Append(name).Append(await Load(name));
                }

                return s.ToString();
            }

            static async Task<string> Load(string name)
            {
                await Task.Yield();
                return name + name;
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Converts_as_the_concatenation_does() => Fixes(
        """
        using System;
        using System.Collections.Generic;
        using Microsoft.Extensions.Primitives;

        class Money { public static implicit operator int(Money money) => 1; }

        class C
        {
            string M<T>(IEnumerable<StringValues> headers, Money money, T item, Memory<char> memory, ReadOnlySpan<char> span)
            {
                var s = "";
                foreach (var header in headers)
                {
                    [|s|] += header + ";";
                    [|s|] += money + ":" + item;
                    [|s|] += memory;
                    [|s|] = string.Concat(s, span);
                }

                return s;
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Text;
        using Microsoft.Extensions.Primitives;

        class Money { public static implicit operator int(Money money) => 1; }

        class C
        {
            string M<T>(IEnumerable<StringValues> headers, Money money, T item, Memory<char> memory, ReadOnlySpan<char> span)
            {
                var s = new StringBuilder();
                foreach (var header in headers)
                {
                    s.Append((string?)header).Append(";");
                    s.Append((object)money).Append(":").Append(item);
                    s.Append((object)memory);
                    s.Append(span);
                }

                return s.ToString();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Writes_the_type_where_the_settings_want_it() => Fixes(
        """
        class C
        {
            string M(string[] names)
            {
                string text = "";
                foreach (string name in names)
                    [|text|] += name;
                return text;
            }
        }
        """,
        """
        using System.Text;

        class C
        {
            string M(string[] names)
            {
                StringBuilder text = new StringBuilder();
                foreach (string name in names)
                    text.Append(name);
                return text.ToString();
            }
        }
        """, test => Set(test, "csharp_style_var_when_type_is_apparent = false:warning"));

    [Fact]
    public Task Follows_a_local_through_all_sections_of_a_switch() => Fixes(
        """
        class C
        {
            string M(string[] names, int kind)
            {
                switch (kind)
                {
                    case 1:
                        string text = "";
                        foreach (var name in names)
                            [|text|] += name;
                        return text;
                    default:
                        text = "other";
                        return text;
                }
            }

            string N(string[] names, int kind)
            {
                switch (kind)
                {
                    case 1:
                        var text = "";
                        foreach (var name in names)
                            [|text|] += name;
                        return text;
                    default:
                        return "";
                }
            }
        }
        """,
        """
        using System.Text;

        class C
        {
            string M(string[] names, int kind)
            {
                switch (kind)
                {
                    case 1:
                        string text = "";
                        foreach (var name in names)
                            [|text|] += name;
                        return text;
                    default:
                        text = "other";
                        return text;
                }
            }

            string N(string[] names, int kind)
            {
                switch (kind)
                {
                    case 1:
                        var text = new StringBuilder();
                        foreach (var name in names)
                            text.Append(name);
                        return text.ToString();
                    default:
                        return "";
                }
            }
        }
        """);

    [Fact]
    public Task Uses_the_full_name_where_the_simple_one_means_something_else() => Fixes(
        """
        using System.Threading.Tasks;
        using System.Collections.Generic;

        class StringBuilder;

        class C
        {
            async Task<string> M(IAsyncEnumerable<string> names)
            {
                string s = $"{names}";
                await foreach (var name in names)
                    [|s|] += await Load(name);
                return s;
            }

            Task<string> Load(string name) => Task.FromResult(name);
        }
        """,
        """
        using System.Threading.Tasks;
        using System.Collections.Generic;

        class StringBuilder;

        class C
        {
            async Task<string> M(IAsyncEnumerable<string> names)
            {
                var s = new global::System.Text.StringBuilder($"{names}");
                await foreach (var name in names)
                    s.Append(await Load(name));
                return s.ToString();
            }

            Task<string> Load(string name) => Task.FromResult(name);
        }
        """);

    [Fact]
    public Task Fixes_aggregates_that_start_with_a_text() => FixesAndRunsTheSame(
        """
        using System.Linq;

        static class Program
        {
            static string Run() => M(new[] { "a", null, "c" }, new[] { 1, 2 }) + M(new string[0], new int[0]);

            static string M(string?[] names, int[] numbers) =>
                names.Where(n => n != "b").[|Aggregate|]("", (all, name) => all + name)
                + numbers.[|Aggregate|]("", (all, number) => $"{all}{number};")
                + numbers.[|Aggregate|]("x", (all, number) => all + number, all => all.Trim() + all.Length)
                + names.[|Aggregate|](string.Empty, (all, name) => { return name + ", " + all; })
                + names.[|Aggregate|]("", string.Concat)
                + Enumerable.[|Aggregate|](numbers, "", (all, number) => all + number);
        }
        """,
        """
        using System.Linq;
        using System.Text;

        static class Program
        {
            static string Run() => M(new[] { "a", null, "c" }, new[] { 1, 2 }) + M(new string[0], new int[0]);

            static string M(string?[] names, int[] numbers) =>
                string.Concat(names.Where(n => n != "b"))
                + numbers.Aggregate(new StringBuilder(), (all, number) => all.Append($"{number};"), all => all.ToString())
                + numbers.Aggregate(new StringBuilder("x"), (all, number) => all.Append(number), all => all.ToString().Trim() + all.Length)
                + names.Aggregate(new StringBuilder(), (all, name) => { return all.Insert(0, name + ", "); }, all => all.ToString())
                + string.Concat(names)
                + string.Concat(numbers);
        }
        """);
}
