using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

public sealed class StringConcatInLoopFlagTests : RuleTests<StringConcatInLoopAnalyzer, StringConcatInLoopFix>
{
    [Fact]
    public Task Flags_every_way_to_write_an_append() => Flags(
        """
        using System;
        using System.Collections.Generic;

        class C
        {
            string M(IEnumerable<string> names, int number)
            {
                string s = "";
                foreach (var name in names)
                {
                    [|s|] += name;
                    [|s|] = s + name;
                    [|s|] = s + ", " + name + number;
                    [|s|] = name + s;
                    [|s|] = (s) + (name + "x");
                    [|s|] = $"{s}{name}";
                    [|s|] = $"<{s}>";
                    [|s|] = string.Concat(s, name);
                    [|s|] = String.Concat(name, "x", s);
                    [|s|] = (s ?? "") + name;
                    [|s|] += number;
                    [|s|] += number > 1 ? "a" : null;
                }

                return s;
            }
        }
        """);

    [Fact]
    public Task Flags_every_kind_of_loop() => Flags(
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;

        class C
        {
            async Task<string> M(List<string> names, IAsyncEnumerable<string> stream, TextReader reader, int count)
            {
                string a = "", b = "", c = "", d = "", e = "", f = "", g = "";
                for (var i = 0; i < count; i++)
                    [|a|] += names[i];
                for (var i = 0; i < count; i++, [|b|] += " ")
                    Console.WriteLine(i);
                await foreach (var name in stream)
                    [|c|] += name;
                while (reader.ReadLine() is { } line)
                    [|d|] += line;
                do
                {
                    [|e|] += await reader.ReadLineAsync();
                }
                while (reader.Peek() >= 0);
                names.ForEach(name => [|f|] += name);
                foreach (var (name, index) in names.Select((n, i) => (n, i)))
                    [|g|] += name + index;
                return a + b + c + d + e + f + g;
            }
        }
        """);

    [Fact]
    public Task Flags_fields_properties_parameters_and_members_of_other_objects() => Flags(
        """
        using System.Collections.Generic;

        class Page
        {
            public string Body { get; set; } = "";
            public string Title = "";
        }

        record Line(string Text) { public string Text { get; set; } = Text; }

        class C
        {
            private string _log = "";
            private static string s_all = "";
            private string _text = "";
            public string Text { get { return _text; } set { _text = value; } }
            public string Short { get => _text; set => _text = value; }
            public string Half { get => field; set; } = "";

            void M(IEnumerable<string> names, string prefix, ref string target, Page page, Line line)
            {
                foreach (var name in names)
                {
                    [|_log|] += name;
                    this.[|_log|] = _log + name;
                    [|s_all|] += name;
                    C.[|s_all|] += name;
                    [|Text|] += name;
                    this.[|Short|] += name;
                    [|Half|] += name;
                    [|prefix|] += name;
                    [|target|] += name;
                    page.[|Body|] += name;
                    page.[|Title|] = page.Title + name;
                    line.[|Text|] += name;
                }
            }
        }
        """);

    [Fact]
    public Task Flags_a_text_that_lives_across_the_outer_loop_only() => Flags(
        """
        using System.Collections.Generic;

        class C
        {
            string M(IEnumerable<string> names)
            {
                var all = "";
                foreach (var name in names)
                {
                    for (var i = 0; i < 3; i++)
                        [|all|] += name;

                    var line = "";
                    line += name;
                    [|all|] += line;
                    if (name == "end")
                    {
                        [|all|] += "!";
                        continue;
                    }
                }

                return all;
            }
        }
        """);

    [Fact]
    public Task Flags_both_texts_of_nested_loops() => Flags(
        """
        using System.Collections.Generic;

        class C
        {
            string M(IEnumerable<IEnumerable<string>> rows)
            {
                var csv = "";
                foreach (var row in rows)
                {
                    var line = "";
                    foreach (var cell in row)
                    {
                        if (line.Length > 0)
                            [|line|] += ";";
                        [|line|] += cell;
                    }

                    [|csv|] += line + "\n";
                }

                return csv;
            }
        }
        """);

    [Fact]
    public Task Flags_tokens_that_are_started_anew_only_now_and_then() => Flags(
        """
        using System.Collections.Generic;

        class C
        {
            List<string> Split(string text)
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
        """);

    [Fact]
    public Task Flags_appends_in_branches_switches_and_handlers() => Flags(
        """
        using System;
        using System.Collections.Generic;

        class C
        {
            string M(IEnumerable<Action> steps)
            {
                var errors = "";
                foreach (var step in steps)
                {
                    try
                    {
                        step();
                    }
                    catch (InvalidOperationException e) when (e.Message != "")
                    {
                        [|errors|] += e.Message;
                    }
                    catch (Exception e)
                    {
                        [|errors|] += e;
                    }
                    finally
                    {
                        [|errors|] += ";";
                    }

                    switch (errors.Length)
                    {
                        case 1:
                            [|errors|] += "one";
                            break;
                        default:
                            if (errors.EndsWith("x"))
                                break;
                            [|errors|] += "more";
                            break;
                    }
                }

                return errors;
            }
        }
        """);

    [Fact]
    public Task Flags_an_append_before_a_conditional_exit() => Flags(
        """
        using System.Collections.Generic;

        class C
        {
            string M(IEnumerable<string> names)
            {
                var s = "";
                foreach (var name in names)
                {
                    [|s|] += name;
                    if (name == "last")
                        return s;
                }

                return s;
            }
        }
        """);

    [Fact]
    public Task Flags_what_is_read_only_now_and_then() => Flags(
        """
        using System;
        using System.Collections.Generic;

        class C
        {
            void M(List<string> names, bool verbose)
            {
                var s = "";
                for (var i = 0; i < names.Count; i++)
                {
                    if (s != "" && !string.IsNullOrEmpty(s) && s[0] != ' ')
                        [|s|] += ",";
                    [|s|] += names[i];
                    if (verbose)
                        Console.WriteLine(s);
                }

                Console.WriteLine(s);
            }
        }
        """);

    [Fact]
    public Task Flags_aggregates() => Flags(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            string M(List<string> names, int[] numbers) =>
                names.[|Aggregate|]("", (all, name) => all + name)
                + names.[|Aggregate|]((all, name) => all + ", " + name)
                + numbers.[|Aggregate|]("", (all, number) => $"{all}{number};")
                + numbers.[|Aggregate|]("x", (all, number) => { return all + number; }, all => all.Trim())
                + names.Where(n => n != "").[|Aggregate|]((all, name) => all == "" ? name : all + "," + name)
                + names.[|Aggregate|]("", string.Concat)
                + Enumerable.[|Aggregate|](names, "", (string all, string name) => string.Concat(name, all));
        }
        """);

    [Fact]
    public Task Flags_in_constructors_properties_local_functions_top_level_code_and_initialisers() => Flags(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        var s = "";
        foreach (var arg in args)
            [|s|] += arg;
        Console.WriteLine(s);

        string Local(IEnumerable<string> names)
        {
            var t = "";
            foreach (var name in names)
                [|t|] += name;
            return t;
        }

        Console.WriteLine(Local(args));

        class C
        {
            private readonly List<string> _names = new();
            private readonly Func<List<string>, string> _join = names =>
            {
                var t = "";
                foreach (var name in names)
                    [|t|] += name;
                return t;
            };

            public C(string[] names)
            {
                var t = "";
                foreach (var name in names)
                    [|t|] += name;
                _names.Add(t);
            }

            public string All
            {
                get
                {
                    var t = "";
                    _names.ForEach(delegate(string name) { [|t|] += name; });
                    return t;
                }
            }
        }
        """, test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Flags_small_loops_where_the_setting_says_so() => Flags(
        """
        class C
        {
            string M()
            {
                var s = "";
                for (var i = 0; i < 3; i++)
                    [|s|] += i;
                return s;
            }
        }
        """, test => Set(test, "perf_analyzers.PERF501.small_loop = 2"));

    [Fact]
    public Task Says_what_happens_and_what_to_do() => Flags(
        """
        class C
        {
            string M(string[] names)
            {
                var all = "";
                foreach (var name in names)
                    {|#0:all|} += name;
                return all;
            }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult(StringConcatInLoopAnalyzer.Rule.Descriptor).WithLocation(0).WithArguments("all", "")));
}
