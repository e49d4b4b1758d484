using PerfAnalyzers.Rules.Collections;

namespace PerfAnalyzers.Tests.Rules.Collections;

/// <summary>A set beside the collection, made before the loop.</summary>
public sealed class ContainsInLoopFixTests : RuleTests<ContainsInLoopAnalyzer, ContainsInLoopFix>
{
    [Fact]
    public Task Makes_one_set_before_the_outermost_loop_for_all_tests() => FixesAndRuns(
        """
        static string Common(List<int> ids, int[][] rows)
        {
            var found = new List<int>();

            // every row
            foreach (var row in rows)
            {
                foreach (var x in row)
                {
                    if (ids.[|Contains|](x) && ids.[|IndexOf|](x + 1) >= 0 && ids.[|IndexOf|](x + 2) == -1)
                        found.Add(x);
                }
            }

            return string.Join(",", found);
        }

        static string Run() => Common(new List<int> { 1, 2, 2, 5 }, new[] { new[] { 1, 5 }, new[] { 2 } }) + Common(new List<int>(), new[] { new int[0] });
        """,
        """
        static string Common(List<int> ids, int[][] rows)
        {
            var found = new List<int>();

            var idsSet = ids.ToHashSet();
            // every row
            foreach (var row in rows)
            {
                foreach (var x in row)
                {
                    if (idsSet.Contains(x) && idsSet.Contains(x + 1) && !idsSet.Contains(x + 2))
                        found.Add(x);
                }
            }

            return string.Join(",", found);
        }

        static string Run() => Common(new List<int> { 1, 2, 2, 5 }, new[] { new[] { 1, 5 }, new[] { 2 } }) + Common(new List<int>(), new[] { new int[0] });
        """, once: true);

    [Fact]
    public Task Makes_a_block_of_an_expression_body() => FixesAndRuns(
        """
        static List<int> Both(List<int> xs, IReadOnlyList<int> ids) => xs.Where(x => ids.[|Contains|](x)).ToList();

        static string Run() => string.Join(",", Both(new List<int> { 3, 1, 3 }, new[] { 3 }));
        """,
        """
        static List<int> Both(List<int> xs, IReadOnlyList<int> ids)
        {
            var idsSet = ids.ToHashSet();
            return xs.Where(x => idsSet.Contains(x)).ToList();
        }

        static string Run() => string.Join(",", Both(new List<int> { 3, 1, 3 }, new[] { 3 }));
        """);

    [Fact]
    public Task Makes_a_block_of_an_expression_lambda() => FixesAndRuns(
        """
        static string Run()
        {
            Func<List<int>, List<int>, int> count = (xs, ids) => xs.Count(x => !ids.[|Contains|](x));
            return count(new List<int> { 1, 2, 3 }, new List<int> { 2 }).ToString();
        }
        """,
        """
        static string Run()
        {
            Func<List<int>, List<int>, int> count = (xs, ids) =>
            {
                var idsSet = ids.ToHashSet();
                return xs.Count(x => !idsSet.Contains(x));
            };
            return count(new List<int> { 1, 2, 3 }, new List<int> { 2 }).ToString();
        }
        """);

    [Fact]
    public Task Makes_a_block_of_an_embedded_statement() => FixesAndRuns(
        """
        static int Count(bool all, List<int> xs, List<int> ids)
        {
            var count = 0;
            if (all)
                foreach (var x in xs)
                    if (ids.[|Contains|](x))
                        count++;
            return count;
        }

        static string Run() => Count(true, new List<int> { 1, 2 }, new List<int> { 2 }).ToString();
        """,
        """
        static int Count(bool all, List<int> xs, List<int> ids)
        {
            var count = 0;
            if (all)
            {
                var idsSet = ids.ToHashSet();
                foreach (var x in xs)
                    if (idsSet.Contains(x))
                        count++;
            }
            return count;
        }

        static string Run() => Count(true, new List<int> { 1, 2 }, new List<int> { 2 }).ToString();
        """);

    [Fact]
    public Task Keeps_the_comparer() => FixesAndRuns(
        """
        static int Count(string[] names, List<string> known)
        {
            var count = 0;
            foreach (var name in names)
            {
                if (known.[|Contains|](name, StringComparer.OrdinalIgnoreCase) || known.[|Any|](k => string.Equals(k, name + "!", StringComparison.Ordinal)))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new[] { "A", "b", "c" }, new List<string> { "a", "B", "c!" }).ToString();
        """,
        """
        static int Count(string[] names, List<string> known)
        {
            var count = 0;
            var knownSet = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
            var knownSet2 = known.ToHashSet();
            foreach (var name in names)
            {
                if (knownSet.Contains(name) || knownSet2.Contains(name + "!"))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new[] { "A", "b", "c" }, new List<string> { "a", "B", "c!" }).ToString();
        """);

    [Fact]
    public Task Stays_inside_the_null_test_around_the_loop() => FixesAndRuns(
        """
        static int Count(List<int> xs, List<int>? ids)
        {
            var count = 0;
            if (ids != null)
            {
                foreach (var x in xs)
                {
                    if (ids.[|Contains|](x))
                        count++;
                }
            }

            return count;
        }

        static string Run() => Count(new List<int> { 1 }, null) + "," + Count(new List<int> { 1, 2 }, new List<int> { 2, 1 });
        """,
        """
        static int Count(List<int> xs, List<int>? ids)
        {
            var count = 0;
            if (ids != null)
            {
                var idsSet = ids.ToHashSet();
                foreach (var x in xs)
                {
                    if (idsSet.Contains(x))
                        count++;
                }
            }

            return count;
        }

        static string Run() => Count(new List<int> { 1 }, null) + "," + Count(new List<int> { 1, 2 }, new List<int> { 2, 1 });
        """);

    [Fact]
    public Task A_null_test_in_the_loop_makes_an_empty_set() => FixesAndRuns(
        """
        static int Count(List<int> xs, List<int>? ids)
        {
            var count = 0;
            foreach (var x in xs)
            {
                if (ids == null || ids.[|Contains|](x))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new List<int> { 1, 5 }, null) + "," + Count(new List<int> { 1, 2 }, new List<int> { 2 });
        """,
        """
        static int Count(List<int> xs, List<int>? ids)
        {
            var count = 0;
            var idsSet = ids?.ToHashSet() ?? [];
            foreach (var x in xs)
            {
                if (ids == null || idsSet.Contains(x))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new List<int> { 1, 5 }, null) + "," + Count(new List<int> { 1, 2 }, new List<int> { 2 });
        """);

    [Fact]
    public Task A_conditional_access_keeps_null() => FixesAndRuns(
        """
        static int Count(List<int> xs, int[]? ids) => xs.Count(x => ids?.[|Contains|](x) ?? true);

        static string Run() => Count(new List<int> { 1, 5 }, null) + "," + Count(new List<int> { 1, 2 }, new[] { 2 });
        """,
        """
        static int Count(List<int> xs, int[]? ids)
        {
            var idsSet = ids?.ToHashSet();
            return xs.Count(x => idsSet?.Contains(x) ?? true);
        }

        static string Run() => Count(new List<int> { 1, 5 }, null) + "," + Count(new List<int> { 1, 2 }, new[] { 2 });
        """);

    [Fact]
    public Task Without_annotations_null_still_fails_in_the_loop_only() => FixesAndRuns(
        """
        #nullable disable
        static int Count(List<int> xs, List<int> ids)
        {
            var count = 0;
            foreach (var x in xs)
            {
                if (ids.[|Contains|](x))
                    count++;
            }

            return count;
        }

        static string Run()
        {
            var empty = Count(new List<int>(), null);
            try { return empty + Count(new List<int> { 1 }, null).ToString(); } catch (NullReferenceException) { return empty + " null"; }
        }
        """,
        """
        #nullable disable
        static int Count(List<int> xs, List<int> ids)
        {
            var count = 0;
            var idsSet = ids?.ToHashSet();
            foreach (var x in xs)
            {
                if (idsSet.Contains(x))
                    count++;
            }

            return count;
        }

        static string Run()
        {
            var empty = Count(new List<int>(), null);
            try { return empty + Count(new List<int> { 1 }, null).ToString(); } catch (NullReferenceException) { return empty + " null"; }
        }
        """);

    [Fact]
    public Task Adds_to_list_and_set_where_the_loop_tests_and_adds() => FixesAndRuns(
        """
        static List<int> Merge(List<int> all, List<int> more)
        {
            foreach (var x in more)
            {
                if (!all.[|Contains|](x))
                {
                    all.Add(x);
                    Console.Write("");
                }

                if (x > 8)
                    all.Add(x);
            }

            return all;
        }

        static string Run() => string.Join(",", Merge(new List<int> { 1, 1 }, new List<int> { 2, 1, 9, 2, 9 }));
        """,
        """
        static List<int> Merge(List<int> all, List<int> more)
        {
            var allSet = all.ToHashSet();
            foreach (var x in more)
            {
                if (allSet.Add(x))
                {
                    all.Add(x);
                    Console.Write("");
                }

                if (x > 8)
                {
                    all.Add(x);
                    allSet.Add(x);
                }
            }

            return all;
        }

        static string Run() => string.Join(",", Merge(new List<int> { 1, 1 }, new List<int> { 2, 1, 9, 2, 9 }));
        """);

    [Fact]
    public Task Keeps_comments_and_lines_where_it_adds_statements() => FixesAndRuns(
        """
        static List<int> Merge(bool really, List<int> all, List<int> more)
        {
            if (really)
                // what is new
                foreach (var x in more)
                {
                    if (x < 0)
                    {
                        // the sign is dropped
                        all.Add(x); // twice
                        continue;
                    }

                    if (all.[|Contains|](x)) continue;
                    else all.Add(x);
                }

            return all;
        }

        static string Run() => string.Join(",", Merge(true, new List<int> { 1 }, new List<int> { 2, -1, 1, 2, -1 }));
        """,
        """
        static List<int> Merge(bool really, List<int> all, List<int> more)
        {
            if (really)
            {
                var allSet = all.ToHashSet();
                // what is new
                foreach (var x in more)
                {
                    if (x < 0)
                    {
                        // the sign is dropped
                        all.Add(x); // twice
                        allSet.Add(x);
                        continue;
                    }

                    if (allSet.Contains(x)) continue;
                    else
                    {
                        all.Add(x);
                        allSet.Add(x);
                    }
                }
            }

            return all;
        }

        static string Run() => string.Join(",", Merge(true, new List<int> { 1 }, new List<int> { 2, -1, 1, 2, -1 }));
        """);

    [Fact]
    public Task Makes_a_set_of_a_request_s_list_beside_another_in_one_statement() => FixesAndRuns(
        """
        sealed record Request(List<int> Ids, List<int> Locked);

        static List<int> Rest(Request request, List<int> items)
        {
            items = items.Where(i => !request.Ids.[|Contains|](i) || request.Locked.[|Contains|](i)).ToList();
            items.RemoveAll(request.Locked.[|Contains|]);
            return items;
        }

        static string Run() => string.Join(",", Rest(new Request(new List<int> { 1, 2 }, new List<int> { 2 }), new List<int> { 1, 2, 3 }));
        """,
        """
        sealed record Request(List<int> Ids, List<int> Locked);

        static List<int> Rest(Request request, List<int> items)
        {
            var idsSet = request.Ids.ToHashSet();
            var lockedSet = request.Locked.ToHashSet();
            items = items.Where(i => !idsSet.Contains(i) || lockedSet.Contains(i)).ToList();
            var lockedSet2 = request.Locked.ToHashSet();
            items.RemoveAll(lockedSet2.Contains);
            return items;
        }

        static string Run() => string.Join(",", Rest(new Request(new List<int> { 1, 2 }, new List<int> { 2 }), new List<int> { 1, 2, 3 }));
        """);

    [Fact]
    public Task Projects_into_the_set() => FixesAndRuns(
        """
        sealed record Item(int Id);

        static int Count(List<Item> items, List<int> ids)
        {
            var count = 0;
            foreach (var id in ids)
            {
                if (!items.Select(i => i.Id).[|Contains|](id))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new List<Item> { new(1), new(3) }, new List<int> { 1, 2 }).ToString();
        """,
        """
        sealed record Item(int Id);

        static int Count(List<Item> items, List<int> ids)
        {
            var count = 0;
            var itemsSet = items.Select(i => i.Id).ToHashSet();
            foreach (var id in ids)
            {
                if (!itemsSet.Contains(id))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new List<Item> { new(1), new(3) }, new List<int> { 1, 2 }).ToString();
        """);

    [Fact]
    public Task A_field_that_only_the_constructor_fills_is_safe_whatever_the_loop_calls() => Fixes(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class Filter
        {
            private readonly List<string> _blocked = new();

            public Filter(IEnumerable<string> blocked) => _blocked.AddRange(blocked);

            public int Size => _blocked.Count;

            public int Send(List<string> messages, Func<string, bool> send)
            {
                return messages.Count(m => !_blocked.[|Contains|](m) && send(m));
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class Filter
        {
            private readonly List<string> _blocked = new();

            public Filter(IEnumerable<string> blocked) => _blocked.AddRange(blocked);

            public int Size => _blocked.Count;

            public int Send(List<string> messages, Func<string, bool> send)
            {
                var blockedSet = _blocked.ToHashSet();
                return messages.Count(m => !blockedSet.Contains(m) && send(m));
            }
        }
        """);

    [Fact]
    public Task Works_in_top_level_statements() => Fixes(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        var handlers = new List<Func<List<int>, List<int>, int>>();
        handlers.Add((xs, ids) => xs.Count(x => ids.[|Contains|](x)));
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        var handlers = new List<Func<List<int>, List<int>, int>>();
        handlers.Add((xs, ids) =>
        {
            var idsSet = ids.ToHashSet();
            return xs.Count(x => idsSet.Contains(x));
        });
        """, test => test.TestState.OutputKind = test.FixedState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Works_in_switch_sections_of_local_functions() => Fixes(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        void M(string kind, List<int> xs, List<int> ids)
        {
            switch (kind)
            {
                case "a":
                    foreach (var x in xs)
                    {
                        if (ids.[|Contains|](x))
                            Console.WriteLine(x);
                    }

                    break;
            }
        }

        Action<string, List<int>, List<int>> later = M;
        later("a", new List<int>(), new List<int>());
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        void M(string kind, List<int> xs, List<int> ids)
        {
            switch (kind)
            {
                case "a":
                    var idsSet = ids.ToHashSet();
                    foreach (var x in xs)
                    {
                        if (idsSet.Contains(x))
                            Console.WriteLine(x);
                    }

                    break;
            }
        }

        Action<string, List<int>, List<int>> later = M;
        later("a", new List<int>(), new List<int>());
        """, test => test.TestState.OutputKind = test.FixedState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    private Task FixesAndRuns(string members, string fixedMembers, bool once = false) => FixesAndRunsTheSame(Around(members), Around(fixedMembers), test =>
    {
        if (once)
            test.NumberOfIncrementalIterations = 1;
    });

    private static string Around(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;

        static class Program
        {
            {{members.Replace("\n", "\n    ").Replace("    \n", "\n").Replace("    #", "#")}}
        }

        """;
}
