using PerfAnalyzers.Rules.Collections;

namespace PerfAnalyzers.Tests.Rules.Collections;

public sealed class ContainsInLoopFlagTests : RuleTests<ContainsInLoopAnalyzer, ContainsInLoopFix>
{
    [Theory]
    [InlineData("List<int>")]
    [InlineData("int[]")]
    [InlineData("IList<int>")]
    [InlineData("ICollection<int>")]
    [InlineData("IReadOnlyList<int>")]
    [InlineData("IReadOnlyCollection<int>")]
    [InlineData("IEnumerable<int>")]
    [InlineData("ImmutableArray<int>")]
    [InlineData("ImmutableList<int>")]
    [InlineData("Queue<int>")]
    [InlineData("Stack<int>")]
    [InlineData("Collection<int>")]
    [InlineData("ReadOnlyCollection<int>")]
    [InlineData("ConcurrentBag<int>")]
    [InlineData("Dictionary<string, int>.ValueCollection")]
    [InlineData("Own")]
    public Task Flags_Contains_on(string type) => FlagsIn($"void M({type} ids) {{ foreach (var x in xs) {{ if (ids.[|Contains|](x)) Use(x); }} }}");

    [Theory]
    [InlineData("if (ids.[|IndexOf|](x) >= 0) Use(x);")]
    [InlineData("if (ids.[|IndexOf|](x) != -1) Use(x);")]
    [InlineData("if (ids.[|IndexOf|](x) > -1) Use(x);")]
    [InlineData("if (ids.[|IndexOf|](x) == -1) Use(x);")]
    [InlineData("if (0 > ids.[|IndexOf|](x)) Use(x);")]
    [InlineData("if (Array.[|IndexOf|](array, x) < 0) Use(x);")]
    [InlineData("if (ids.[|Exists|](id => id == x)) Use(x);")]
    [InlineData("if (ids.[|Any|](id => x.Equals(id))) Use(x);")]
    [InlineData("if (Array.[|Exists|](array, id => id == x)) Use(x);")]
    [InlineData("if (Enumerable.[|Contains|](ids, x)) Use(x);")]
    [InlineData("if (ids?.[|Contains|](x) == true) Use(x);")]
    [InlineData("if (names.[|Contains|](x.ToString(), StringComparer.OrdinalIgnoreCase)) Use(x);")]
    [InlineData("if (names.[|Any|](n => string.Equals(n, x.ToString(), StringComparison.OrdinalIgnoreCase))) Use(x);")]
    [InlineData("if (ids.Select(id => id + 1).[|Contains|](x)) Use(x);")]
    public Task Flags_the_spelling(string test) => FlagsIn($"void M(List<int> ids, int[] array, List<string> names) {{ foreach (var x in xs) {{ {test} }} }}");

    [Theory]
    [InlineData("for (var i = 0; i < xs.Count; i++) if (ids.[|Contains|](xs[i])) Use(i);")]
    [InlineData("while (reader.Read()) if (ids.[|Contains|](reader.GetInt32(0))) Use(0);")]
    [InlineData("Use(xs.Where(x => ids.[|Contains|](x)).ToList());")]
    [InlineData("xs.RemoveAll(x => !ids.[|Contains|](x));")]
    [InlineData("Use(xs.Where(ids.[|Contains|]).ToArray());")]
    [InlineData("Use((from x in xs where ids.[|Contains|](x) select x).Count());")]
    [InlineData("Parallel.ForEach(xs, x => { if (ids.[|Contains|](x)) Use(x); });")]
    [InlineData("foreach (var x in xs.Where(x => !ids.[|Contains|](x))) Use(x);")]
    [InlineData("var rest = xs.Where(x => !ids.[|Contains|](x)); Use(rest.Count()); foreach (var x in rest) Use(x);")]
    [InlineData("foreach (var order in orders) foreach (var x in xs) if (order.Tags.[|Contains|](x)) Use(x);")]
    [InlineData("more.AddRange(xs.Where(x => !ids.[|Contains|](x)));")]
    [InlineData("foreach (var x in xs) { if (!more.[|Contains|](x)) more.Add(x); }")]
    public Task Flags_in(string loop) => FlagsIn($"void M(List<int> ids, List<Order> orders, List<int> more, System.Data.IDataReader reader) {{ {loop} }}");

    [Fact]
    public Task Flags_fields_and_properties_of_a_request() => Flags(
        """
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.AspNetCore.Mvc;

        public record RemoveRequest(List<int> Ids);

        public class WishController : ControllerBase
        {
            private readonly List<int> _known = new();

            public void Add(int id) => _known.Add(id);

            [HttpPost]
            public IActionResult Remove(RemoveRequest request, List<int> wishes)
            {
                wishes = wishes.Where(w => !request.Ids.[|Contains|](w) && _known.[|Contains|](w)).ToList();
                return Ok(wishes);
            }
        }
        """);

    [Fact]
    public Task Flags_a_constant_table_longer_than_the_option() => FlagsIn(
        """
        static readonly string[] s_extensions = { "a", "b", "c" };
        void M(List<string> files) { foreach (var file in files) if (s_extensions.[|Contains|](file)) Use(file); }
        """, "perf_analyzers.small_loop = 2");

    private Task FlagsIn(string members, params string[] settings) => Flags(Around(members), test =>
    {
        if (settings.Length > 0)
            Set(test, settings);
    });

    private static string Around(string members) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Linq;
        using System.Threading.Tasks;

        class Own : List<int> { }

        class Order { public List<int> Tags { get; } = new(); }

        class C
        {
            readonly List<int> xs = new();
            public void Fill(int x) => xs.Add(x);
            static void Use<T>(T value) { }
            {{members}}
        }
        """;
}
