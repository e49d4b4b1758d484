using PerfAnalyzers.Rules.Collections;

namespace PerfAnalyzers.Tests.Rules.Collections;

public sealed class ContainsInLoopQuietTests : RuleTests<ContainsInLoopAnalyzer, ContainsInLoopFix>
{
    [Theory]
    [InlineData("HashSet<int>")]
    [InlineData("ISet<int>")]
    [InlineData("IReadOnlySet<int>")]
    [InlineData("SortedSet<int>")]
    [InlineData("FrozenSet<int>")]
    [InlineData("ImmutableHashSet<int>")]
    [InlineData("Dictionary<int, string>.KeyCollection")]
    [InlineData("ReadOnlySpan<int>")]
    [InlineData("OwnSearch")]
    public Task Is_quiet_on_what_is_no_list(string type) => IsQuietIn($"void M({type} ids) {{ foreach (var x in xs) {{ if (ids.Contains(x)) Use(x); }} }}");

    [Theory]
    [InlineData("ICollection<int> ids = new HashSet<int>(xs);")]
    [InlineData("IEnumerable<int> ids = xs.ToHashSet();")]
    [InlineData("ICollection<int> ids; ids = new SortedSet<int>(xs);")]
    [InlineData("IEnumerable<int> ids = map.Keys;")]
    [InlineData("ICollection<int> ids = map.Keys;")]
    [InlineData("IReadOnlyCollection<int> ids = condition ? new HashSet<int>() : new HashSet<int>(xs);")]
    public Task Is_quiet_on_a_set_seen_behind_an_interface(string declaration) =>
        IsQuietIn($"void M(Dictionary<int, string> map, bool condition) {{ {declaration} foreach (var x in xs) if (ids.Contains(x)) Use(x); }}");

    [Theory]
    [InlineData("foreach (var x in xs) if (map.Keys.Contains(x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (interfaced.Keys.Contains(x)) Use(x);")]
    [InlineData("foreach (var name in names) if (name.Contains(\"a\") || name.IndexOf('b') >= 0) Use(name);")]
    [InlineData("foreach (var x in xs) if (stackalloc int[] { 1, 2 }.Contains(x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (array.AsSpan().Contains(x)) Use(x);")]
    [InlineData("foreach (var x in xs) { var i = list.IndexOf(x); if (i > 0) Use(list[i]); }")]
    [InlineData("foreach (var x in xs) if (list.IndexOf(x) > 0) Use(x);")]
    [InlineData("foreach (var x in xs) if (list.IndexOf(x, 5) >= 0) Use(x);")]
    [InlineData("foreach (var x in xs) if (list.Exists(y => y > x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (list.Exists(y => y == y + x)) Use(x);")]
    [InlineData("if (list.Contains(1)) Use(1);")]
    [InlineData("foreach (var x in xs) Use(nameof(list.Contains));")]
    public Task Is_quiet_on_other_tests(string code) =>
        IsQuietIn($"void M(Dictionary<int, string> map, IReadOnlyDictionary<int, string> interfaced, List<string> names, int[] array, List<int> list) {{ {code} }}");

    [Theory]
    [InlineData("Use(db.Where(x => list.Contains(x)).ToList());")]
    [InlineData("foreach (var x in xs) Use(db.Where(y => list.Contains(y)).ToList());")]
    [InlineData("Use((from x in db where list.Contains(x) select x).ToList());")]
    [InlineData("Expression<Func<int, bool>> tree = x => xs.Any(y => list.Contains(y)); Use(tree);")]
    public Task Is_quiet_in_an_expression_tree(string code) => IsQuietIn($"void M(IQueryable<int> db, List<int> list) {{ {code} }}");

    [Theory]
    [InlineData("foreach (var x in xs) { var near = new List<int> { x }; near.Add(x + 1); if (near.Contains(3)) Use(x); }")]
    [InlineData("foreach (var x in xs) if (Load(x).Contains(x)) Use(x);")]
    [InlineData("foreach (var order in orders) if (order.Tags.Contains(1)) Use(order);")]
    [InlineData("foreach (var order in orders) if (order.Tags.Select(t => t + 1).Contains(1)) Use(order);")]
    [InlineData("var list = new List<int>(); foreach (var x in xs) { list = Load(x); if (list.Contains(x)) Use(x); }")]
    [InlineData("Use(orders.Where(order => order.Tags.Contains(3)).ToList());")]
    public Task Is_quiet_on_a_collection_of_the_iteration(string code) => IsQuietIn($"void M(List<Order> orders) {{ {code} }}");

    [Theory]
    [InlineData("foreach (var x in xs) if (new[] { 1, 2, 3 }.Contains(x)) Use(x);")]
    [InlineData("var few = new[] { 1, 2, 3 }; foreach (var x in xs) if (few.Contains(x)) Use(x);")]
    [InlineData("List<int> few = [1, 2]; foreach (var x in xs) if (few.Contains(x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (s_few.Contains(x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (Few.Contains(x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (some.Contains(x)) Use(x);")]
    [InlineData("var days = Enum.GetValues<DayOfWeek>(); foreach (var x in xs) if (days.Contains((DayOfWeek)x)) Use(x);")]
    [InlineData("foreach (var x in xs) if (open.Contains((DayOfWeek)x)) Use(x);")]
    [InlineData("foreach (var c in text) if (invalid.Contains(c)) Use(c);")]
    [InlineData("foreach (var x in xs) if (settings.Allowed.Contains(x)) Use(x);")]
    [InlineData("foreach (var x in settings.Allowed) if (xs.Contains(x)) Use(x);")]
    [InlineData("foreach (var handler in handlers) if (handler.Ids is { } && names.Contains(handler.Name)) Use(handler);")]
    public Task Is_quiet_on_few_elements(string code) => IsQuietIn($$"""
        static readonly List<int> s_few = new() { 1, 2, 3 };
        static IReadOnlyList<int> Few => new[] { 1, 2 };
        readonly IEnumerable<IHandler> handlers = null!;
        void M(List<DayOfWeek> open, char[] invalid, string text, ShopSettings settings, List<string> names, params int[] some) { {{code}} }
        """);

    [Theory]
    [InlineData("foreach (var x in xs) if (list.Contains(x)) list.Remove(x);")]
    [InlineData("while (queue.Count > 0) { var q = queue.Dequeue(); foreach (var x in xs) if (!queue.Contains(x)) queue.Enqueue(x + q); }")]
    [InlineData("foreach (var x in xs) { if (list.Contains(x)) Use(x); list[0] = x; }")]
    [InlineData("for (var i = 0; i < xs.Count; i++) { if (list.Contains(xs[i])) { list.RemoveAt(0); } }")]
    public Task Is_quiet_where_the_loop_takes_elements_out(string code) => IsQuietIn($"void M(List<int> list, Queue<int> queue) {{ {code} }}");

    [Theory]
    [InlineData("class P : IEquatable<P> { public bool Equals(P? other) => true; }")]
    [InlineData("class P { public override bool Equals(object? other) => true; }")]
    public Task Is_quiet_on_elements_that_hash_wrongly(string type) => IsQuietOn($$"""
        #pragma warning disable
        using System;
        using System.Collections.Generic;

        {{type}}

        class C
        {
            void M(List<P> list, List<P> others) { foreach (var p in others) if (list.Contains(p)) Console.WriteLine(p); }
        }
        """);

    [Theory]
    [InlineData("IEnumerable<int> M(List<int> list) => xs.Where(x => list.Contains(x));")]
    [InlineData("IEnumerable<int> M(List<int> list) { var some = xs.Where(x => list.Contains(x)); return some.OrderBy(x => x); }")]
    [InlineData("IEnumerable<int> later = null!; void M(List<int> list) { later = xs.Where(list.Contains); }")]
    [InlineData("object M(List<int> list) => new { Rest = from x in xs where list.Contains(x) select x };")]
    [InlineData("void M(List<int> list) => Use(xs.Where(x => list.Contains(x)));")]
    [InlineData("IEnumerable<int> M(List<int> list) => xs.Where(x => list.Contains(x)).Concat(xs);")]
    public Task Is_quiet_on_a_deferred_query_that_is_handed_out(string members) => IsQuietIn(members);

    [Theory]
    [InlineData("while (names.Contains(name)) name += \"x\"; Use(name);")]
    [InlineData("do { name += \"x\"; } while (names.Contains(name)); Use(name);")]
    [InlineData("var i = 0; while (true) { var next = name + i; if (!names.Contains(next)) { Use(next); return; } i++; }")]
    [InlineData("while (name != \"\") { var taken = names.Contains(name); if (!taken) break; name = name + \"x\"; }")]
    [InlineData("foreach (var x in xs) { if (x > 3) { Use(names.Contains(name)); break; } }")]
    [InlineData("for (var i = 0; i < 4; i++) Use(names.Contains(name + i));")]
    public Task Is_quiet_in_loops_that_run_few_times(string code) => IsQuietIn($"void M(List<string> names, string name) {{ {code} }}");

    [Fact]
    public Task Is_quiet_where_a_program_starts() => IsQuietOn(
        """
        using System;
        using System.Collections.Generic;

        class Program
        {
            static void Main(string[] args)
            {
                var known = new List<string>(args);
                foreach (var arg in args)
                {
                    if (known.Contains(arg + "!"))
                        Console.WriteLine(arg);
                }
            }
        }
        """, test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Is_quiet_on_code_that_does_not_bind() => IsQuietOn(
        """
        using System.Collections.Generic;

        class C
        {
            void M(List<int> list, Missing<int> other)
            {
                foreach (var x in other) { if (list.Contains(x.)) ; other.Contains(x); undefined.Contains(x); list.Contains(); }
            }
        }
        """, test => test.AllowCompilerErrors = true);

    private Task IsQuietIn(string members) => IsQuietOn($$"""
        using System;
        using System.Collections.Frozen;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using System.Linq.Expressions;

        class OwnSearch { public bool Contains(int x) => x > 0; }

        class Order { public List<int> Tags { get; } = new(); }

        class ShopSettings { public List<int> Allowed { get; set; } = new(); }

        interface IHandler { string Name { get; } List<int> Ids { get; } }

        class C
        {
            readonly List<int> xs = new();
            public void Fill(int x) => xs.Add(x);
            static List<int> Load(int x) => new() { x };
            static void Use<T>(T value) { }
            {{members}}
        }
        """);
}
