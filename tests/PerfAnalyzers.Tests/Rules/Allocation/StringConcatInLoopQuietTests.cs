using PerfAnalyzers.Rules.Allocation;

namespace PerfAnalyzers.Tests.Rules.Allocation;

public sealed class StringConcatInLoopQuietTests : RuleTests<StringConcatInLoopAnalyzer, StringConcatInLoopFix>
{
    [Fact]
    public Task Is_quiet_where_the_text_starts_anew_in_every_iteration() => IsQuietOn(
        """
        using System.Collections.Generic;

        class C
        {
            private string _line = "";

            void M(IEnumerable<string> names, List<string> to)
            {
                string shared = "";
                string cleared = "";
                foreach (var name in names)
                {
                    var own = "a";
                    own += name;
                    own += "b";
                    shared = name;
                    if (name.Length > 3)
                        shared += "!";
                    shared = shared + "?";
                    _line = "";
                    _line += name;
                    cleared += name;
                    to.Add(own + shared + _line);
                    cleared = "";
                }
            }
        }
        """);

    [Fact]
    public Task Is_quiet_where_at_most_one_append_runs() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;

        class C
        {
            string M(IEnumerable<string> names)
            {
                var s = "";
                foreach (var name in names)
                {
                    s += name;
                    break;
                }

                foreach (var name in names)
                {
                    if (name.StartsWith("a"))
                    {
                        s += name;
                        s += "!";
                        return s;
                    }

                    if (name == "")
                    {
                        s += "empty";
                        throw new InvalidOperationException(s);
                    }
                }

                while (true)
                {
                    s += "end";
                    if (s.Length > 3)
                        break;
                    else
                        return s;
                }

                return s;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_small_loops() => IsQuietOn(
        """
        using System;
        using System.Linq;

        class C
        {
            string M(int id)
            {
                var s = "";
                for (var i = 0; i < 4; i++)
                    s += (char)('A' + id);
                foreach (var part in new[] { "a", "b", "c" })
                    s += part;
                foreach (var day in Enum.GetValues<DayOfWeek>())
                    s += day;
                return s + new[] { "a", "b" }.Aggregate("", (all, part) => all + part);
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_padding() => IsQuietOn(
        """
        class C
        {
            string M(string token, int id)
            {
                while (token.Length % 4 != 0)
                    token += "=";
                while (token.Length % 4 > 0)
                    token = token + '=';
                var number = id.ToString();
                while (number.Length < 10)
                    number = "0" + number;
                for (; 10 > number.Length;)
                    number = $"0{number}";
                return token + number;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_where_every_value_is_used() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;
        using System.IO;

        class C
        {
            IEnumerable<string> Paths(IEnumerable<string> steps)
            {
                var path = "";
                foreach (var step in steps)
                {
                    path += "/" + step;
                    yield return path;
                }
            }

            string Free(string name, HashSet<string> taken, List<string> tried, Dictionary<string, int> counts)
            {
                while (taken.Contains(name))
                    name += "_";
                while (File.Exists(name))
                    name = name + "x";
                var key = "";
                foreach (var c in name)
                {
                    key += c;
                    if (counts.TryGetValue(key, out var count))
                        tried.Add(count.ToString());
                }

                var log = "";
                foreach (var c in name)
                {
                    log += c;
                    tried.Add($"so far: {log}");
                }

                var nested = "";
                foreach (var c in name)
                {
                    tried.Add(nested += c);
                }

                var deferred = "";
                var later = new List<Func<string>>();
                foreach (var c in name)
                {
                    deferred += c;
                    later.Add(() => deferred + tried.Count);
                }

                var own = "";
                foreach (var c in name)
                    own += Path.Combine(own, c.ToString());

                return name;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_a_string_of_each_element() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Linq;

        class Item
        {
            public string Name { get; set; } = "";
            public Item? Parent { get; set; }
        }

        class C
        {
            private Item _current = new();

            void M(List<Item> items, Dictionary<int, string> texts, string[] lines, IEnumerator<Item> walk)
            {
                foreach (var item in items)
                {
                    item.Name += "!";
                    item.Name = item.Name + "?";
                    item.Parent!.Name += "!";
                    var same = item;
                    same.Name += "!";
                    _current = item;
                    _current.Name += "!";
                }

                for (var i = 0; i < items.Count; i++)
                {
                    items[i].Name += i;
                    texts[i] += i;
                    lines[i] += "x";
                    items.First().Name += i;
                }

                while (walk.MoveNext())
                    walk.Current.Name += "!";

                items.ForEach(item => item.Name += "x");
                Item? node = items[0];
                while (node != null)
                {
                    node.Name += "x";
                    node = node.Parent;
                }
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_what_is_not_a_string() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;

        class Money
        {
            public static Money operator +(Money left, string right) => left;
            public static string operator +(string left, Money right) => left;
        }

        class C
        {
            event Action? Done;

            void M(int[] numbers, Money money)
            {
                var sum = 0;
                object box = "";
                dynamic any = "";
                string text = "";
                double average = 0;
                TimeSpan time = default;
                foreach (var number in numbers)
                {
                    sum += number;
                    average = average + number;
                    time += TimeSpan.FromSeconds(number);
                    Done += () => { };
                    money += "x";
                    text += money;
                    any += "x";
                    box = box + "x";
                }
            }
        }
        """);

    [Fact]
    public Task Is_quiet_outside_loops() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            string M(List<string> names)
            {
                var s = "a";
                s += names.Count;
                s = s + names[0];
                foreach (var name in Add(s += "x"))
                {
                    void Later() => s += name;
                    Action later = () => s += name;
                    names.Add(later.ToString());
                }

                for (s += "start"; names.Count < 100;)
                    names.Add("");

                Func<string, string> append = t => { t += "x"; return t; };
                return append(s);
            }

            List<string> Add(string s) => new() { s };
        }
        """);

    [Fact]
    public Task Is_quiet_where_the_text_is_replaced_not_extended() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class Other { public string Text { get; set; } = ""; }

        class C
        {
            public string Text { get; set; } = "";

            string M(List<string> names, string fallback)
            {
                string s = "", last = "", t = "";
                foreach (var name in names)
                {
                    s = name + "x";
                    last = s + name;
                    t = t ?? (name + "x");
                    s = s.Replace(name, "x");
                    s = $"{s,10}";
                    s = string.Join(",", name, "x");
                    var other = new Other { Text = Text + name };
                    last = other.Text + t;
                }

                return last + names.Aggregate("", (all, name) => name) + names.Aggregate(s, (all, name) => all.Replace(name, ""))
                    + names.Aggregate(0, (sum, name) => sum + name.Length);
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_properties_that_do_more_than_store() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;

        interface IShape { string Name { get; set; } }

        class C
        {
            private string _text = "";
            public string Loud { get => _text; set { _text = value; Console.WriteLine(value); } }
            public string Trimmed { get => _text.Trim(); set => _text = value; }

            void M(IEnumerable<string> names, IShape shape)
            {
                foreach (var name in names)
                {
                    Loud += name;
                    Trimmed += name;
                    shape.Name += name;
                }
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_expression_trees_and_queries_of_a_provider() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Linq.Expressions;

        class C
        {
            string M(IQueryable<string> names, List<IQueryable<string>> all)
            {
                Expression<Func<List<string>, string>> tree = list => list.Aggregate("", (text, name) => text + name);
                return names.Aggregate("", (text, name) => text + name) + tree;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_climbing_a_few_levels() => IsQuietOn(
        """
        using System;

        class Category { public string Name = ""; public Category? Parent { get; set; } }

        class C
        {
            string M(Exception? e, Category category, Type? type)
            {
                var s = "";
                while (e != null)
                {
                    s += e.Message;
                    e = e.InnerException;
                }

                var path = category.Name;
                for (var parent = category.Parent; parent != null; parent = parent.Parent)
                    path = $"{parent.Name} >> {path}";
                do
                {
                    s += type!.Name;
                    type = type.DeclaringType;
                }
                while (type != null);
                return s + path;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_with_a_builder_and_with_join() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Text;

        class C
        {
            string M(IEnumerable<string> names)
            {
                var builder = new StringBuilder();
                foreach (var name in names)
                    builder.Append(name).Append(builder.Length + "x");
                return builder + string.Join(",", names) + string.Concat(names);
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_a_method_that_a_loop_calls() => IsQuietOn(
        """
        using System.Collections.Generic;

        class C
        {
            void M(List<string> names)
            {
                foreach (var name in names)
                    Add(name);

                string text = "";
                foreach (var name in names)
                {
                    Append();
                    void Append() => text += name;
                }
            }

            string Add(string s)
            {
                s += "x";
                return s;
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_code_that_does_not_bind() => IsQuietOn(
        """
        class C
        {
            void M(string[] names)
            {
                foreach (var name in names)
                {
                    missing += name;
                    unknown.Text += name;
                    string s = s + ;
                    s += 
                }
            }
        """, test => test.AllowCompilerErrors = true);
}
