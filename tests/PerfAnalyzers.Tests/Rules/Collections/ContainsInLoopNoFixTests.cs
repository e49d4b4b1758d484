using PerfAnalyzers.Rules.Collections;

namespace PerfAnalyzers.Tests.Rules.Collections;

/// <summary>Where no set is proven to answer the same, nothing is offered.</summary>
public sealed class ContainsInLoopNoFixTests : RuleTests<ContainsInLoopAnalyzer, ContainsInLoopFix>
{
    [Theory]
    // Somebody else may change the list while the loop runs.
    [InlineData("foreach (var x in xs) { if (_ids.[|Contains|](x)) Other(x); }")]
    [InlineData("foreach (var x in xs) { if (list.[|Contains|](x)) Change(list); }")]
    [InlineData("var alias = _ids; foreach (var x in xs) { if (alias.[|Contains|](x)) Other(x); }")]
    [InlineData("foreach (var x in xs) { if (order.Ids.[|Contains|](x)) Keep(order); }")]
    [InlineData("foreach (var x in xs) { if (order.Ids.[|Contains|](x)) order.Grow(x); }")]
    [InlineData("foreach (var x in xs) { if (!order.Ids.[|Contains|](x)) Write(order.Key); }")]
    [InlineData("void Grow(int x) => list.Add(x); foreach (var x in xs) { if (list.[|Contains|](x)) Grow(x); }")]
    [InlineData("foreach (var x in xs) { if (list.[|Contains|](x)) list.Insert(0, x + 1); }")]
    [InlineData("foreach (var x in xs) { if (!list.[|Contains|](x)) list.Add(Next()); }")]
    [InlineData("foreach (var x in xs) { if (orders.Select(o => o.Key).[|Contains|](x)) orders[0].Key = x; }")]
    // Walking it may have an effect, even when the loop runs zero times.
    [InlineData("foreach (var x in xs) { if (sequence.[|Contains|](x)) Write(x); }")]
    [InlineData("var lazy = Lazy(); foreach (var x in xs) { if (lazy.[|Contains|](x)) Write(x); }")]
    [InlineData("var lazy = Lazy().Where(x => x > 0); foreach (var x in xs) { if (lazy.[|Contains|](x)) Write(x); }")]
    // A set compares differently.
    [InlineData("foreach (var x in xs) { if (doubles.[|Exists|](d => d == x)) Write(x); }")]
    [InlineData("foreach (var o in orders) { if (names.[|Any|](n => n.Equals(o.Name, StringComparison.CurrentCulture))) Write(o); }")]
    [InlineData("foreach (var o in orders) { if (names.[|Contains|](o.Name, new OwnComparer())) Write(o); }")]
    [InlineData("foreach (var p in points) { if (others.[|Contains|](p)) p.X++; }")]
    // No place for a statement.
    [InlineData("if (xs.Count == 3) Write(1); else if (xs.Any(x => list.[|Contains|](x))) Write(2);")]
    // The collection does not exist before the statement.
    [InlineData("if (map.TryGetValue(1, out var some) && xs.Any(x => some.[|Contains|](x))) Write(1);")]
    public Task Offers_nothing_in(string code) => ReportsWithoutFix(Around($"void M(List<int> xs, List<int> list, IEnumerable<int> sequence, Order order, List<Order> orders, List<double> doubles, List<string> names, List<Point> points, List<Point> others, Dictionary<int, List<int>> map) {{ {code} }}"));

    [Theory]
    [InlineData("static readonly List<int> s_all = Load(); bool _any = Load().Any(x => s_all.[|Contains|](x));")]
    [InlineData("static readonly int[] s_table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; int M(List<int> xs) => xs.Count(x => s_table.[|Contains|](x));")]
    [InlineData("IEnumerable<int> M(List<int> xs, List<int> list) { foreach (var x in xs) { if (list.[|Contains|](x)) yield return x; } }")]
    public Task Offers_nothing_for(string members) => ReportsWithoutFix(Around(members));

    private static string Around(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class Order { public List<int> Ids { get; } = new(); public string Name { get; set; } = ""; public int Key { get; set; } public void Grow(int x) => Ids.Add(x); }

        class Point { public int X; public override bool Equals(object? other) => other is Point p && p.X == X; public override int GetHashCode() => X; }

        class OwnComparer : IEqualityComparer<string> { public bool Equals(string? a, string? b) => a == b; public int GetHashCode(string s) => s.Length; }

        class C
        {
            private readonly List<int> _ids = new();
            private int _next;

            void Other(int x) => _ids.Add(x);
            void Keep(Order order) => order.Ids.Add(1);
            static void Change(List<int> list) => list.Add(1);
            int Next() => _next++;
            static IEnumerable<int> Lazy() { yield return 1; }
            static void Write(object x) => Console.WriteLine(x);
            static List<int> Load() => new() { 1 };

            {{members}}
        }
        """;
}
