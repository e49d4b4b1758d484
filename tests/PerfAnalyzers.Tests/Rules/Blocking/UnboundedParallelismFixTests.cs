using PerfAnalyzers.Rules.Blocking;
using static PerfAnalyzers.Tests.Rules.Blocking.ParallelSources;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class UnboundedParallelismFixTests : RuleTests<UnboundedParallelismAnalyzer, UnboundedParallelismFix>
{
    private const string Half = "MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2)";

    [Theory]
    [InlineData("public void Get(int n) => [|Parallel.For|](0, n, Work);", "public void Get(int n) => Parallel.For(0, n, new ParallelOptions { HALF }, Work);")]
    [InlineData("public void Get(long n) => [|Parallel.For|](0L, n, (i, state) => { if (i > 9) state.Break(); });",
        "public void Get(long n) => Parallel.For(0L, n, new ParallelOptions { HALF }, (i, state) => { if (i > 9) state.Break(); });")]
    [InlineData("public void Get(int[] ids) { var sum = 0; [|Parallel.ForEach|](ids, () => 0, (id, _, part) => part + id, part => Interlocked.Add(ref sum, part)); }",
        "public void Get(int[] ids) { var sum = 0; Parallel.ForEach(ids, new ParallelOptions { HALF }, () => 0, (id, _, part) => part + id, part => Interlocked.Add(ref sum, part)); }")]
    [InlineData("public void Get(int[] ids) => [|Parallel.ForEach|](Partitioner.Create(ids, true), (id, state, index) => Work(id));",
        "public void Get(int[] ids) => Parallel.ForEach(Partitioner.Create(ids, true), new ParallelOptions { HALF }, (id, state, index) => Work(id));")]
    [InlineData("public void Get(int a) => [|Parallel.Invoke|](() => Work(a), () => Work(a + 1));", "public void Get(int a) => Parallel.Invoke(new ParallelOptions { HALF }, () => Work(a), () => Work(a + 1));")]
    [InlineData("public void Get(Action[] all) => [|Parallel.Invoke|](all);", "public void Get(Action[] all) => Parallel.Invoke(new ParallelOptions { HALF }, all);")]
    [InlineData("public void Get(int[] ids) => [|Parallel.ForEach|](body: id => Work(id), source: ids);", "public void Get(int[] ids) => Parallel.ForEach(body: id => Work(id), source: ids, parallelOptions: new ParallelOptions { HALF });")]
    [InlineData("public void Get(int[] ids, CancellationToken stop) => [|Parallel.ForEach|](ids, Work);",
        "public void Get(int[] ids, CancellationToken stop) => Parallel.ForEach(ids, new ParallelOptions { HALF, CancellationToken = stop }, Work);")]
    // Code that runs because something failed runs to its end.
    [InlineData("public void Get(int[] ids, CancellationToken stop) { try { Work(1); } finally { [|Parallel.ForEach|](ids, Work); } }",
        "public void Get(int[] ids, CancellationToken stop) { try { Work(1); } finally { Parallel.ForEach(ids, new ParallelOptions { HALF }, Work); } }")]
    public Task Calls_get_options(string before, string after) => Fixes(Controller(before), Controller(after.Replace("HALF", Half, StringComparison.Ordinal)));

    [Theory]
    [InlineData("public void Get(int[] ids, CancellationToken stop) => [|Parallel.ForEach|](ids, new ParallelOptions(), Work);",
        "public void Get(int[] ids, CancellationToken stop) => Parallel.ForEach(ids, new ParallelOptions { HALF, CancellationToken = stop }, Work);")]
    [InlineData("public void Get(int[] ids, CancellationToken stop) => [|Parallel.ForEach|](ids, new ParallelOptions { CancellationToken = stop }, Work);",
        "public void Get(int[] ids, CancellationToken stop) => Parallel.ForEach(ids, new ParallelOptions { HALF, CancellationToken = stop }, Work);")]
    [InlineData("public void Get(int[] ids) => [|Parallel.ForEach|](ids, new ParallelOptions { MaxDegreeOfParallelism = -1 }, Work);", "public void Get(int[] ids) => Parallel.ForEach(ids, new ParallelOptions { HALF }, Work);")]
    [InlineData("public void Get(int[] ids, CancellationToken stop) { var options = new ParallelOptions(); options.CancellationToken = stop; [|Parallel.ForEach|](ids, options, Work); }",
        "public void Get(int[] ids, CancellationToken stop) { var options = new ParallelOptions { HALF }; options.CancellationToken = stop; Parallel.ForEach(ids, options, Work); }")]
    public Task Options_get_a_degree(string before, string after) => Fixes(Controller(before), Controller(after.Replace("HALF", Half, StringComparison.Ordinal)));

    /// <summary>One edit mends both calls.</summary>
    [Fact]
    public Task Options_of_several_calls_get_one_degree() => Fixes(
        Controller("private readonly ParallelOptions _options = new(); public void Get(int[] ids) { [|Parallel.ForEach|](ids, _options, Work); [|Parallel.For|](0, ids.Length, _options, Work); }"),
        Controller($"private readonly ParallelOptions _options = new() {{ {Half} }}; public void Get(int[] ids) {{ Parallel.ForEach(ids, _options, Work); Parallel.For(0, ids.Length, _options, Work); }}"),
        test => test.NumberOfIncrementalIterations = 1);

    [Theory]
    [InlineData("public int Get(int[] ids) => ids.[|AsParallel|]().Where(id => id > 0).Sum();", "public int Get(int[] ids) => ids.AsParallel().HALF.Where(id => id > 0).Sum();")]
    [InlineData("public int? Get(int[]? ids) => ids?.[|AsParallel|]().Sum();", "public int? Get(int[]? ids) => ids?.AsParallel().HALF.Sum();")]
    [InlineData("public int Get(int[] ids) => (from id in ids.[|AsParallel|]() where id > 1 select Compute(id)).Max();", "public int Get(int[] ids) => (from id in ids.AsParallel().HALF where id > 1 select Compute(id)).Max();")]
    [InlineData("public int Get(int[] ids) => ParallelEnumerable.[|AsParallel|](ids).Count();", "public int Get(int[] ids) => ParallelEnumerable.AsParallel(ids).HALF.Count();")]
    // Only right behind AsParallel may AsOrdered stand.
    [InlineData("public int[] Get(int[] ids) => ids.[|AsParallel|]().AsOrdered().Select(Compute).ToArray();", "public int[] Get(int[] ids) => ids.AsParallel().AsOrdered().HALF.Select(Compute).ToArray();")]
    public Task Queries_get_a_degree(string before, string after) =>
        Fixes(Controller(before), Controller(after.Replace("HALF", "WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount / 2))", StringComparison.Ordinal)));

    /// <summary>On a machine with two processors they would run one after the other, and wait for ever.</summary>
    [Theory]
    [InlineData("public void Get(int[] ids) { using var queue = new BlockingCollection<int>(4); [|Parallel.Invoke|](() => { foreach (var id in ids) queue.Add(id); queue.CompleteAdding(); }, () => { foreach (var id in queue.GetConsumingEnumerable()) Work(id); }); }")]
    [InlineData("private readonly Barrier _all = new(3); public void Get(int n) => [|Parallel.For|](0, n, Meet); private void Meet(int i) => _all.SignalAndWait();")]
    public Task Has_no_fix_where_the_parts_wait_for_each_other(string member) => ReportsWithoutFix(Controller(member));

    [Theory]
    [InlineData("public int[] Get(int[] ids) { var query = ids.[|AsParallel|](); return query.AsOrdered().Select(Compute).ToArray(); }")]
    [InlineData("public int Get(System.Collections.ArrayList ids) => ids.[|AsParallel|]().Cast<int>().Sum();")]
    public Task Has_no_fix_where_a_query_cannot_take_a_degree(string member) => ReportsWithoutFix(Controller(member));

    [Fact]
    public Task Arguments_keep_their_lines_and_comments() => Fixes(
        Controller(
            """
            public void Post(int[] ids)
            {
                [|Parallel.ForEach|](
                    ids, // all of them
                    id =>
                    {
                        Work(id);
                    });

                [|Parallel.Invoke|](
                    // first
                    () => Work(1),
                    () => Work(2)); // both
            }

            public int Sum(int[] ids)
            {
                return ids
                    .[|AsParallel|]() // cheap
                    .Select(Compute)
                    .Sum();
            }
            """),
        Controller(
            $$"""
            public void Post(int[] ids)
            {
                Parallel.ForEach(
                    ids, // all of them
                    new ParallelOptions { {{Half}} },
                    id =>
                    {
                        Work(id);
                    });

                Parallel.Invoke(
                    new ParallelOptions { {{Half}} },
                    // first
                    () => Work(1),
                    () => Work(2)); // both
            }

            public int Sum(int[] ids)
            {
                return ids
                    .AsParallel() // cheap
                    .WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount / 2))
                    .Select(Compute)
                    .Sum();
            }
            """));

    [Fact]
    public Task Imports_what_it_names() => Fixes(
        """
        using System.Threading.Tasks;

        public class Thumbnails
        {
            public void Make(int[] ids) => [|Parallel.ForEach|](ids, id => id.ToString());
        }
        """,
        """
        using System;
        using System.Threading.Tasks;

        public class Thumbnails
        {
            public void Make(int[] ids) => Parallel.ForEach(ids, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2) }, id => id.ToString());
        }
        """);

    [Fact]
    public Task Operations_wait_for_a_place() => Fixes(
        Controller(
            """
            public async Task<IActionResult> Post(Request request)
            {
                // All prices at once.
                var ids = await [|Task.WhenAll|](request.Ids.Select(async id =>
                {
                    // One of them.
                    var price = await _prices.OfAsync(id);
                    if (price < 0)
                        return 0;

                    return (int)price; // whole
                }));

                await [|Task.WhenAll|](ids.Select(id => SaveAsync(id)));
                return Ok(ids);
            }

            public async Task Get(int[] ids, CancellationToken stop)
            {
                var tasks = ids.Select(async id => await _prices.OfAsync(id, stop)).ToList();
                await [|Task.WhenAll|](tasks);
            }

            public async Task<int[]> Put(int[] ids)
            {
                Work(1);

                return await [|Task.WhenAll|](ids.Select(LoadAsync));
            }
            """),
        Controller(
            """
            public async Task<IActionResult> Post(Request request)
            {
                using var throttle = new SemaphoreSlim(8);
                // All prices at once.
                var ids = await Task.WhenAll(request.Ids.Select(async id =>
                {
                    await throttle.WaitAsync();
                    try
                    {
                        // One of them.
                        var price = await _prices.OfAsync(id);
                        if (price < 0)
                            return 0;

                        return (int)price; // whole
                    }
                    finally
                    {
                        throttle.Release();
                    }
                }));

                using var throttle2 = new SemaphoreSlim(8);
                await Task.WhenAll(ids.Select(async id =>
                {
                    await throttle2.WaitAsync();
                    try
                    {
                        await SaveAsync(id);
                    }
                    finally
                    {
                        throttle2.Release();
                    }
                }));
                return Ok(ids);
            }

            public async Task Get(int[] ids, CancellationToken stop)
            {
                using var throttle = new SemaphoreSlim(8);
                var tasks = ids.Select(async id =>
                {
                    await throttle.WaitAsync(stop);
                    try
                    {
                        return await _prices.OfAsync(id, stop);
                    }
                    finally
                    {
                        throttle.Release();
                    }
                }).ToList();
                await Task.WhenAll(tasks);
            }

            public async Task<int[]> Put(int[] ids)
            {
                Work(1);

                using var throttle = new SemaphoreSlim(8);
                return await Task.WhenAll(ids.Select(async id =>
                {
                    await throttle.WaitAsync();
                    try
                    {
                        return await LoadAsync(id);
                    }
                    finally
                    {
                        throttle.Release();
                    }
                }));
            }
            """), AllowReviewInFixAll);

    [Fact]
    public Task How_many_is_a_setting_and_awaits_follow_the_code_around() => Fixes(
        Service("await [|Task.WhenAll|](ids.Select(id => http.GetAsync(id))).ConfigureAwait(false);"),
        Service(
            """
            using var throttle = new SemaphoreSlim(3);
                    await Task.WhenAll(ids.Select(async id =>
                    {
                        await throttle.WaitAsync().ConfigureAwait(false);
                        try
                        {
                            return await http.GetAsync(id).ConfigureAwait(false);
                        }
                        finally
                        {
                            throttle.Release();
                        }
                    })).ConfigureAwait(false);
            """), test =>
        {
            Set(test, "perf_analyzers.concurrent_operations = 3", "perf_analyzers.fix_all_review = true");
        });

    [Fact]
    public Task Bodies_keep_their_lines() => Fixes(
        Controller(
            """
            public async Task Post(List<Line> lines)
            {
                var tasks = lines.Select(line => _http.PostAsync(
                    line.Name,
                    new StringContent(
                        line.Name)));

                await [|Task.WhenAll|](tasks);
            }

            public async Task Put(List<Line> lines)
            {
                await [|Task.WhenAll|](lines
                    .Where(line => line.Id > 0)
                    .Select(line =>
                        // its name alone
                        line.SendAsync(_http)));
            }

            public async Task Patch(List<Line> lines)
            {
                await [|Task.WhenAll|](lines.Select(_prices.KeepAsync));
            }
            """).Replace("public interface IPrices {", "public interface IPrices { Task KeepAsync(Line obj);", StringComparison.Ordinal),
        Controller(
            """
            public async Task Post(List<Line> lines)
            {
                using var throttle = new SemaphoreSlim(8);
                var tasks = lines.Select(async line =>
                {
                    await throttle.WaitAsync();
                    try
                    {
                        return await _http.PostAsync(
                            line.Name,
                            new StringContent(
                                line.Name));
                    }
                    finally
                    {
                        throttle.Release();
                    }
                });

                await Task.WhenAll(tasks);
            }

            public async Task Put(List<Line> lines)
            {
                using var throttle = new SemaphoreSlim(8);
                await Task.WhenAll(lines
                    .Where(line => line.Id > 0)
                    .Select(async line =>
                    {
                        await throttle.WaitAsync();
                        try
                        {
                            // its name alone
                            await line.SendAsync(_http);
                        }
                        finally
                        {
                            throttle.Release();
                        }
                    }));
            }

            public async Task Patch(List<Line> lines)
            {
                using var throttle = new SemaphoreSlim(8);
                await Task.WhenAll(lines.Select(async line =>
                {
                    await throttle.WaitAsync();
                    try
                    {
                        await _prices.KeepAsync(line);
                    }
                    finally
                    {
                        throttle.Release();
                    }
                }));
            }
            """).Replace("public interface IPrices {", "public interface IPrices { Task KeepAsync(Line obj);", StringComparison.Ordinal), AllowReviewInFixAll);

    [Theory]
    // Nobody here waits for the end.
    [InlineData("public Task Get(int[] ids) => [|Task.WhenAll|](ids.Select(LoadAsync));")]
    [InlineData("public async Task Get(int[] ids) { var all = [|Task.WhenAll|](ids.Select(LoadAsync)); await SaveAsync(1); await all; }")]
    // A loop and a query have no function that could wait.
    [InlineData("public async Task Get(int[] ids) { var tasks = new List<Task>(); foreach (var id in ids) tasks.Add(SaveAsync(id)); await [|Task.WhenAll|](tasks); }")]
    [InlineData("public async Task Get(int[] ids) { await [|Task.WhenAll|](from id in ids select LoadAsync(id)); }")]
    // Up to the first await each element ran alone.
    [InlineData("public async Task Get(int[] ids) { var sum = 0; await [|Task.WhenAll|](ids.Select(async id => { sum += id; await SaveAsync(id); })); }")]
    [InlineData("public async Task Get(int[] ids) { var seen = new List<int>(); await [|Task.WhenAll|](ids.Select(async id => { seen.Add(id); await SaveAsync(id); })); }")]
    [InlineData("private int _count; public async Task Get(int[] ids) { await [|Task.WhenAll|](ids.Select(id => LoadAsync(_count++))); }")]
    // Something lies between start and wait, and may throw.
    [InlineData("public async Task Get(int[] ids) { var tasks = ids.Select(LoadAsync).ToList(); Work(1); await [|Task.WhenAll|](tasks); }")]
    public Task Has_no_fix_where_the_end_or_the_turn_is_not_seen(string member) => ReportsWithoutFix(Controller(member), AllowReviewInFixAll);

    [Fact]
    public Task Operations_take_no_part_in_fix_all_unasked() => Fixes(
        Controller("public async Task Get(int[] ids) { [|Parallel.ForEach|](ids, Work); await Parallel.ForEachAsync(ids, async (id, _) => await SaveAsync(id)); }"),
        Controller($"public async Task Get(int[] ids) {{ Parallel.ForEach(ids, new ParallelOptions {{ {Half} }}, Work); await Parallel.ForEachAsync(ids, async (id, _) => await SaveAsync(id)); }}"));

    [Fact]
    public Task Loops_run_the_same() => FixesAndRunsTheSame(
        Loops("[|Parallel.For|](0, n, i => squares[i] = i * i);", "[|Parallel.ForEach|](squares, () => 0L, (x, _, part) => part + x, part => Interlocked.Add(ref sum, part));", "squares.[|AsParallel|]().AsOrdered().Where(x => x % 2 == 0).Take(5)",
            "[|Parallel.Invoke|](() => a = n, () => throw new InvalidOperationException(\"no\"));"),
        Loops($"Parallel.For(0, n, new ParallelOptions {{ {Half} }}, i => squares[i] = i * i);", $"Parallel.ForEach(squares, new ParallelOptions {{ {Half} }}, () => 0L, (x, _, part) => part + x, part => Interlocked.Add(ref sum, part));",
            "squares.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount / 2)).Where(x => x % 2 == 0).Take(5)",
            $"Parallel.Invoke(new ParallelOptions {{ {Half} }}, () => a = n, () => throw new InvalidOperationException(\"no\"));"));

    /// <summary>All operations run, the results keep their order, the first exception is the same, and no more than the places run at once.</summary>
    [Fact]
    public Task Operations_run_the_same() => FixesAndRunsTheSame(
        Operations(
            """
            return await [|Task.WhenAll|](ids.Select(async id =>
                    {
                        return await OneAsync(id);
                    }));
            """),
        Operations(
            """
            using var throttle = new SemaphoreSlim(8);
                    return await Task.WhenAll(ids.Select(async id =>
                    {
                        await throttle.WaitAsync();
                        try
                        {
                            return await OneAsync(id);
                        }
                        finally
                        {
                            throttle.Release();
                        }
                    }));
            """), AllowReviewInFixAll);

    private static string Service(string statement) =>
        $$"""
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        public class Loader
        {
            public async Task LoadAsync(string[] ids, HttpClient http)
            {
                {{statement}}
            }
        }
        """;

    private static string Loops(string one, string two, string query, string invoke) =>
        $$"""
        using System;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        public class Squares
        {
            public string Of(int n)
            {
                var squares = new int[n];
                var sum = 0L;
                var a = 0;
                {{one}}
                {{two}}
                var text = string.Join(",", {{query}});
                try
                {
                    {{invoke}}
                }
                catch (AggregateException e)
                {
                    text += e.InnerExceptions.Count + e.InnerExceptions[0].Message;
                }

                return text + sum + a;
            }
        }

        static class Program
        {
            public static string Run() => new Squares().Of(50) + new Squares().Of(0);
        }
        """;

    private static string Operations(string statement) =>
        $$"""
        using System;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        public class Loader
        {
            private int _done;

            public int Done => _done;

            public async Task<string[]> LoadAsync(int[] ids)
            {
                {{statement}}
            }

            private async Task<string> OneAsync(int id)
            {
                await Task.Yield();
                Interlocked.Increment(ref _done);
                return id % 10 == 7 ? throw new InvalidOperationException("no " + id) : "#" + id;
            }
        }

        static class Program
        {
            public static string Run()
            {
                var loader = new Loader();
                var text = string.Join("", loader.LoadAsync(new[] { 3, 1, 2 }).GetAwaiter().GetResult());
                try
                {
                    loader.LoadAsync(Enumerable.Range(0, 40).ToArray()).GetAwaiter().GetResult();
                }
                catch (InvalidOperationException e)
                {
                    text += e.Message + loader.Done;
                }

                return text;
            }
        }
        """;
}
