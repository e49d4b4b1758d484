namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Lambdas of LINQ operators that wait become loops where a loop does the same.</summary>
public sealed class LinqTests : GoAsyncTests
{
    [Fact]
    public Task Select_Where_and_ForEach_become_loops_in_the_same_order() => ConvertsAndRunsTheSame(
        """
        static class Program
        {
            static string s_log = "";
            static string? Load(int id) { [|Thread.Sleep(1)|]; s_log += id; return "r" + id; }
            static bool Check(int id) { [|Thread.Sleep(1)|]; return id > 1; }

            static List<string?> All(IEnumerable<int> ids) => ids.Select(id => Load(id)).ToList();

            static string?[] Some(IEnumerable<int> ids)
            {
                // checked first
                var good = ids.Where(id => Check(id)).ToList(); // kept
                return good.Where(x => x < 9).Select(x => Load(x)).ToArray();
            }

            public static async Task<string> Run()
            {
                await Task.Yield();
                var ids = new List<int> { 1, 2, 3 };
                ids.ForEach(id => Load(id));
                Array.ForEach(new[] { 7 }, id => { if (Check(id)) Load(id); });
                IEnumerable<string?> more = ids.Select(id => Load(id) + "!").ToList();
                int[] last = [];
                last = ids.Where(id => Check(id) && id != 2).ToArray();
                return string.Join(",", All(ids)) + string.Join(",", Some(ids)) + string.Concat(more) + last.Length + s_log;
            }
        }
        """,
        """
        static class Program
        {
            static string s_log = "";
            static async Task<string?> LoadAsync(int id) { await Task.Delay(1); s_log += id; return "r" + id; }
            static async Task<bool> CheckAsync(int id) { await Task.Delay(1); return id > 1; }

            static async Task<List<string?>> AllAsync(IEnumerable<int> ids)
            {
                var results = new List<string?>();
                foreach (var id in ids)
                {
                    results.Add(await LoadAsync(id));
                }

                return results;
            }

            static async Task<string?[]> SomeAsync(IEnumerable<int> ids)
            {
                // checked first
                var good = new List<int>();
                foreach (var id in ids)
                {
                    if (await CheckAsync(id))
                        good.Add(id);
                } // kept
                var results = new List<string?>();
                foreach (var x in good.Where(x => x < 9))
                {
                    results.Add(await LoadAsync(x));
                }

                return results.ToArray();
            }

            public static async Task<string> Run()
            {
                await Task.Yield();
                var ids = new List<int> { 1, 2, 3 };
                foreach (var id in ids)
                {
                    await LoadAsync(id);
                }
                foreach (var id in new[] { 7 })
                { if (await CheckAsync(id)) await LoadAsync(id); }
                var results = new List<string>();
                foreach (var id in ids)
                {
                    results.Add(await LoadAsync(id) + "!");
                }

                IEnumerable<string?> more = results;
                int[] last = [];
                var results2 = new List<int>();
                foreach (var id in ids)
                {
                    if (await CheckAsync(id) && id != 2)
                        results2.Add(id);
                }

                last = results2.ToArray();
                return string.Join(",", await AllAsync(ids)) + string.Join(",", await SomeAsync(ids)) + string.Concat(more) + last.Length + s_log;
            }
        }
        """);

    [Theory]
    [InlineData("object M(List<int> a) => a.Select(x => L.Load(x));")]
    [InlineData("object M(List<int> a) => a.Select(x => L.Load(x)).OrderBy(x => x).ToList();")]
    [InlineData("object M(List<int> a) => a.ToDictionary(x => x, x => L.Load(x));")]
    [InlineData("bool M(List<int> a) => a.Any(x => L.Load(x) > 1);")]
    [InlineData("object M(List<int> a) => a.Select((x, i) => L.Load(x + i)).ToList();")]
    [InlineData("object M(List<int> a) => a.Select(x => new { x, Y = L.Load(x) }).ToList();")]
    [InlineData("object M(IQueryable<int> a) => a.Select(x => L.Load(x)).ToList();")]
    [InlineData("object M(List<int> a) => a.AsParallel().Select(x => L.Load(x)).ToList();")]
    [InlineData("int M(List<int> a) => a.Select(x => L.Load(x)).ToList().Count;")]
    [InlineData("void M(List<int> a) => a.ForEach(x => L.Load(x));")]
    [InlineData("void M(List<int> a) { a.ForEach(x => { if (x > 1) return; L.Load(x); }); }")]
    [InlineData("void M(List<int> a) { lock (a) { a.ForEach(x => L.Load(x)); } }")]
    public Task Others_stand_in_the_way(string member) => Leaves(
        $"class L {{ public static int Load(int x) {{ [|Thread.Sleep(1)|]; return x; }} }} class C {{ {member} }}");
}
