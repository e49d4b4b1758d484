using PerfAnalyzers.Rules.Collections;

namespace PerfAnalyzers.Tests.Rules.Collections;

/// <summary>A local that nobody uses as a list becomes a set itself.</summary>
public sealed class ContainsInLoopLocalSetTests : RuleTests<ContainsInLoopAnalyzer, ContainsInLoopFix>
{
    [Fact]
    public Task A_list_of_what_was_seen() => FixesAndRuns(
        """
        static string Distinct(List<int> xs)
        {
            var result = "";
            var seen = new List<int>();
            foreach (var x in xs)
            {
                if (!seen.[|Contains|](x))
                {
                    seen.Add(x);
                    result += x;
                }
            }

            return result;
        }

        static string Run() => Distinct(new List<int> { 3, 1, 3, 2, 1 });
        """,
        """
        static string Distinct(List<int> xs)
        {
            var result = "";
            var seen = new HashSet<int>();
            foreach (var x in xs)
            {
                if (seen.Add(x))
                {
                    result += x;
                }
            }

            return result;
        }

        static string Run() => Distinct(new List<int> { 3, 1, 3, 2, 1 });
        """);

    [Fact]
    public Task A_list_whose_adding_is_the_test() => FixesAndRuns(
        """
        static bool Any(List<int> xs, List<int> ys)
        {
            List<int> seen = new();
            foreach (var x in xs)
                if (!seen.[|Contains|](x))
                    seen.Add(x);

            foreach (var y in ys)
                if (seen.[|Contains|](y))
                    return true;

            return seen.Count == 0;
        }

        static string Run() => Any(new List<int> { 3, 3 }, new List<int> { 1 }) + "," + Any(new List<int>(), new List<int>()) + "," + Any(new List<int> { 4 }, new List<int> { 4 });
        """,
        """
        static bool Any(List<int> xs, List<int> ys)
        {
            HashSet<int> seen = new();
            foreach (var x in xs)
                seen.Add(x);

            foreach (var y in ys)
                if (seen.Contains(y))
                    return true;

            return seen.Count == 0;
        }

        static string Run() => Any(new List<int> { 3, 3 }, new List<int> { 1 }) + "," + Any(new List<int>(), new List<int>()) + "," + Any(new List<int> { 4 }, new List<int> { 4 });
        """, once: true);

    [Theory]
    [InlineData("var ids = orders.Select(o => o.Id).ToList();", "var ids = orders.Select(o => o.Id).ToHashSet();")]
    [InlineData("var ids = orders.Select(o => o.Id).ToArray();", "var ids = orders.Select(o => o.Id).ToHashSet();")]
    [InlineData("List<int> ids = orders.Select(o => o.Id).ToList();", "HashSet<int> ids = orders.Select(o => o.Id).ToHashSet();")]
    [InlineData("var ids = orders.Select(o => o.Id);", "var ids = orders.Select(o => o.Id).ToHashSet();")]
    public Task A_copy_that_is_only_asked(string declaration, string fixedDeclaration) => FixesAndRuns(
        $$"""
        sealed record Order(int Id);

        static string Rest(List<Order> orders, List<int> xs)
        {
            {{declaration}}
            var rest = xs.Where(x => !ids.[|Contains|](x)).ToList();
            rest.RemoveAll(ids.[|Contains|]);
            return string.Join(",", rest);
        }

        static string Run() => Rest(new List<Order> { new(1), new(2) }, new List<int> { 2, 3, 3 });
        """,
        $$"""
        sealed record Order(int Id);

        static string Rest(List<Order> orders, List<int> xs)
        {
            {{fixedDeclaration}}
            var rest = xs.Where(x => !ids.Contains(x)).ToList();
            rest.RemoveAll(ids.Contains);
            return string.Join(",", rest);
        }

        static string Run() => Rest(new List<Order> { new(1), new(2) }, new List<int> { 2, 3, 3 });
        """, once: true);

    [Fact]
    public Task Comparers_and_ranges_go_along() => FixesAndRuns(
        """
        static int Count(string[] names, string[] more)
        {
            var known = new List<string>(more);
            known.AddRange(names.Take(1));
            var count = 0;
            foreach (var name in names)
            {
                if (known.[|Contains|](name, StringComparer.OrdinalIgnoreCase))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new[] { "a", "B", "c" }, new[] { "b", "b" }).ToString();
        """,
        """
        static int Count(string[] names, string[] more)
        {
            var known = new HashSet<string>(more, StringComparer.OrdinalIgnoreCase);
            known.UnionWith(names.Take(1));
            var count = 0;
            foreach (var name in names)
            {
                if (known.Contains(name))
                    count++;
            }

            return count;
        }

        static string Run() => Count(new[] { "a", "B", "c" }, new[] { "b", "b" }).ToString();
        """);

    [Fact]
    public Task A_list_that_is_returned_gets_a_set_beside_it() => FixesAndRuns(
        """
        static List<int> Distinct(List<int> xs)
        {
            var result = new List<int>();
            foreach (var x in xs)
            {
                if (result.[|Contains|](x))
                    continue;

                result.Add(x);
            }

            return result;
        }

        static string Run() => string.Join(",", Distinct(new List<int> { 3, 1, 3, 2, 1 }));
        """,
        """
        static List<int> Distinct(List<int> xs)
        {
            var result = new List<int>();
            var resultSet = new HashSet<int>();
            foreach (var x in xs)
            {
                if (resultSet.Contains(x))
                    continue;

                result.Add(x);
                resultSet.Add(x);
            }

            return result;
        }

        static string Run() => string.Join(",", Distinct(new List<int> { 3, 1, 3, 2, 1 }));
        """);

    [Fact]
    public Task A_list_that_a_query_provider_reads_stays_one() => Fixes(
        Around("""
        static int Count(IQueryable<int> db, List<int> xs)
        {
            var ids = xs.Where(x => x > 0).ToList();
            var count = db.Count(x => ids.Contains(x));
            foreach (var x in xs)
            {
                if (ids.[|Contains|](x))
                    count++;
            }

            return count;
        }
        """),
        Around("""
        static int Count(IQueryable<int> db, List<int> xs)
        {
            var ids = xs.Where(x => x > 0).ToList();
            var count = db.Count(x => ids.Contains(x));
            var idsSet = ids.ToHashSet();
            foreach (var x in xs)
            {
                if (idsSet.Contains(x))
                    count++;
            }

            return count;
        }
        """));

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
            {{members.Replace("\n", "\n    ").Replace("    \n", "\n")}}
        }

        """;
}
