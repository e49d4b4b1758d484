using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncWaitFixTests : RuleTests<SyncWaitAnalyzer, SyncWaitFix>
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    private const string Work = "static Task<int> GetAsync(int id = 0) => Task.Run(() => id); static Task SaveAsync() => Task.Run(() => { }); static async ValueTask<int> ReadAsync() { await Task.Yield(); return 1; }";

    private const string Helper = " static class Waiting { public static void Await(this Task task) => task.GetAwaiter().GetResult(); }";

    [Theory]
    [InlineData("var x = GetAsync().[|Result|];", "var x = await GetAsync();")]
    [InlineData("var x = GetAsync().[|Result|].ToString().Length;", "var x = (await GetAsync()).ToString().Length;")]
    [InlineData("var x = 1 + GetAsync(GetAsync().[|Result|]).[|Result|] * 2;", "var x = 1 + await GetAsync(await GetAsync()) * 2;")]
    [InlineData("var x = (long)GetAsync().GetAwaiter().[|GetResult|]();", "var x = (long)await GetAsync();")]
    [InlineData("var x = GetAsync().ConfigureAwait(true).GetAwaiter().[|GetResult|]();", "var x = await GetAsync().ConfigureAwait(true);")]
    [InlineData("var x = $\"{GetAsync().[|Result|]:N} {!(GetAsync().[|Result|] > 1)}\";", "var x = $\"{await GetAsync():N} {!(await GetAsync() > 1)}\";")]
    [InlineData("/* now */ SaveAsync().[|Wait|](); /* saved */", "/* now */ await SaveAsync(); /* saved */")]
    [InlineData("SaveAsync().[|Wait|](stop);", "await SaveAsync().WaitAsync(stop);")]
    [InlineData("SaveAsync().[|Wait|](CancellationToken.None);", "await SaveAsync();")]
    [InlineData("SaveAsync().[|Wait|](Timeout.Infinite, stop);", "await SaveAsync().WaitAsync(stop);")]
    [InlineData("SaveAsync().[|Wait|](-1);", "await SaveAsync();")]
    [InlineData("try { SaveAsync().[|Wait|](500); } catch { }", "try { await SaveAsync().WaitAsync(TimeSpan.FromMilliseconds(500)); } catch { }")]
    [InlineData("try { SaveAsync().[|Wait|](TimeSpan.FromSeconds(1), stop); } catch (Exception) { }", "try { await SaveAsync().WaitAsync(TimeSpan.FromSeconds(1), stop); } catch (Exception) { }")]
    [InlineData("Task.[|WaitAll|](SaveAsync(), GetAsync());", "await Task.WhenAll(SaveAsync(), GetAsync());")]
    [InlineData("var all = new List<Task> { SaveAsync() }; Task.[|WaitAll|](all.ToArray());", "var all = new List<Task> { SaveAsync() }; await Task.WhenAll(all);")]
    [InlineData("Task.[|WaitAll|](new[] { SaveAsync() }, stop);", "await Task.WhenAll(new[] { SaveAsync() }).WaitAsync(stop);")]
    [InlineData("Task.[|WaitAll|](new[] { SaveAsync() }, -1);", "await Task.WhenAll(new[] { SaveAsync() });")]
    [InlineData("Task.[|WaitAny|](SaveAsync(), GetAsync());", "await Task.WhenAny(SaveAsync(), GetAsync());")]
    [InlineData("var all = new[] { GetAsync(1), GetAsync(2) }; var x = all[Task.[|WaitAny|](all)].Result;", "var all = new[] { GetAsync(1), GetAsync(2) }; var x = (await Task.WhenAny(all)).Result;")]
    [InlineData("var all = new[] { GetAsync(1), GetAsync(2) }; var x = Task.[|WaitAny|](all);", "var all = new[] { GetAsync(1), GetAsync(2) }; var x = Array.IndexOf(all, await Task.WhenAny(all));")]
    [InlineData("var all = new List<Task> { SaveAsync() }; all.RemoveAt(Task.[|WaitAny|](all.ToArray()));", "var all = new List<Task> { SaveAsync() }; all.RemoveAt(all.IndexOf(await Task.WhenAny(all)));")]
    [InlineData("var x = ReadAsync().AsTask().[|Result|];", "var x = await ReadAsync();")]
    [InlineData("var x = Task.Run(() => GetAsync(1)).[|Result|];", "var x = await GetAsync(1);")]
    [InlineData("Task.Run(async () => await SaveAsync()).GetAwaiter().[|GetResult|]();", "await SaveAsync();")]
    [InlineData("var x = Task.Run(() => 1 + 1).[|Result|];", "var x = await Task.Run(() => 1 + 1);")]
    [InlineData("var x = Task.Run(async () => { await SaveAsync(); return 1; }).[|Result|];", "var x = await Task.Run(async () => { await SaveAsync(); return 1; });")]
    [InlineData("var x = Task.WhenAny(GetAsync(1), GetAsync(2)).[|Result|].Result;", "var x = (await Task.WhenAny(GetAsync(1), GetAsync(2))).Result;")]
    [InlineData("var x = (stop.CanBeCanceled ? GetAsync(1) : GetAsync(2)).[|Result|];", "var x = await (stop.CanBeCanceled ? GetAsync(1) : GetAsync(2));")]
    [InlineData("SaveAsync().[|Await|]();", "await SaveAsync();")]
    [InlineData("var load = GetAsync(); load.[|Wait|](); var x = load.Result;", "var load = GetAsync(); await load; var x = load.Result;")]
    public Task One_wait(string body, string fixedBody) => Fixes(
        $"{Usings}class C {{ {Work} async Task M(CancellationToken stop) {{ await Task.Yield(); {body} }} }}{Helper}",
        $"{Usings}class C {{ {Work} async Task M(CancellationToken stop) {{ await Task.Yield(); {fixedBody} }} }}{Helper}");

    [Theory]
    [InlineData("bool M() => SaveAsync().[|Wait|](500);")]
    [InlineData("void M() { SaveAsync().[|Wait|](500); }")]
    [InlineData("void M() { try { SaveAsync().[|Wait|](500); Console.WriteLine(); } catch { } }")]
    [InlineData("bool M(Task[] all) => Task.[|WaitAll|](all, 500);")]
    [InlineData("int M(Task[] all) => Task.[|WaitAny|](all, 500);")]
    [InlineData("int M() => Task.[|WaitAny|](SaveAsync(), GetAsync());")]
    [InlineData("int M() { try { return GetAsync().[|Result|]; } catch (AggregateException) { return 0; } }")]
    [InlineData("int M() { try { return GetAsync().[|Result|]; } catch (Exception e) when (e.InnerException is TimeoutException) { return 0; } }")]
    [InlineData("int M() { try { return GetAsync().[|Result|]; } catch (Exception e) { throw e.InnerException!; } }")]
    [InlineData("int Load() => GetAsync().[|Result|]; int M() { try { return Load(); } catch (AggregateException) { return 0; } }")]
    [InlineData("C() { SaveAsync().[|Wait|](); }")]
    [InlineData("int Count => GetAsync().[|Result|];")]
    [InlineData("void M() { lock (this) SaveAsync().[|Wait|](); }")]
    [InlineData("int? M(Task<int>? load) => load?.[|Result|];")]
    [InlineData("IEnumerable<int> M() { yield return GetAsync().[|Result|]; }")]
    [InlineData("void M(out int x) { x = GetAsync().[|Result|]; }")]
    [InlineData("int M() => GetAsync() /* which */ .[|Result|];")]
    [InlineData("List<int> M(int[] ids) { var all = ids.Select(async id => { await SaveAsync(); return id; }).Select(t => t.[|Result|]).ToList(); return all; }")]
    public Task Has_no_safe_fix(string member) => ReportsWithoutFix($"#nullable enable\n{Usings}class C {{ {Work} {member} }}", test => test.ActionsMayChangeNothing = true);

    [Fact]
    public Task Dispose_stays() => ReportsWithoutFix(Usings +
        """
        class C : IDisposable
        {
            private readonly Task _loop = Task.Run(() => { });
            public void Dispose() => _loop.[|Wait|]();
        }
        """);

    [Fact]
    public Task A_dead_handler_does_not_stand_in_the_way() => Fixes(
        $"{Usings}class C {{ {Work} async Task<int> M() {{ try {{ await SaveAsync(); return GetAsync().GetAwaiter().[|GetResult|](); }} catch (AggregateException) {{ return 0; }} }} }}",
        $"{Usings}class C {{ {Work} async Task<int> M() {{ try {{ await SaveAsync(); return await GetAsync(); }} catch (AggregateException) {{ return 0; }} }} }}");

    [Fact]
    public Task Values_order_and_exceptions_are_the_same() => FixesAndRunsTheSame(Usings +
        """
        static class Program
        {
            private static readonly List<string> s_log = [];

            private static async Task<int> LoadAsync(int id)
            {
                s_log.Add("start " + id);
                await Task.Yield();
                if (id > 7)
                    throw new ArgumentException("too high");

                return id;
            }

            private static int Sum(int a, int b)
            {
                var other = LoadAsync(b);
                return LoadAsync(a).[|Result|] - other.GetAwaiter().[|GetResult|]();
            }

            private static string Try(int id)
            {
                try
                {
                    return Sum(id, 2).ToString();
                }
                catch (ArgumentException e) when (e.Message.Length > 3)
                {
                    return e.Message;
                }
            }

            private static int First(Task<int>[] all) => Task.[|WaitAny|](all);

            public static async Task<string> Run()
            {
                await Task.Yield();
                var all = new[] { Task.FromResult(4), LoadAsync(5) };
                Task.[|WaitAll|](all);
                s_log.Add(Sum(3, 1) + " " + First(all) + " " + all.Sum(t => t.Result));
                return string.Join(";", s_log);
            }
        }
        """, Usings +
        """
        static class Program
        {
            private static readonly List<string> s_log = [];

            private static async Task<int> LoadAsync(int id)
            {
                s_log.Add("start " + id);
                await Task.Yield();
                if (id > 7)
                    throw new ArgumentException("too high");

                return id;
            }

            private static async Task<int> SumAsync(int a, int b)
            {
                var other = LoadAsync(b);
                return await LoadAsync(a) - await other;
            }

            private static async Task<string> TryAsync(int id)
            {
                try
                {
                    return (await SumAsync(id, 2)).ToString();
                }
                catch (ArgumentException e) when (e.Message.Length > 3)
                {
                    return e.Message;
                }
            }

            private static async Task<int> FirstAsync(Task<int>[] all) => Array.IndexOf(all, await Task.WhenAny(all));

            public static async Task<string> Run()
            {
                await Task.Yield();
                var all = new[] { Task.FromResult(4), LoadAsync(5) };
                await Task.WhenAll(all);
                s_log.Add(await SumAsync(3, 1) + " " + await FirstAsync(all) + " " + all.Sum(t => t.Result));
                return string.Join(";", s_log);
            }
        }
        """);

    [Fact]
    public Task A_service_behind_an_interface_goes_async_with_its_callers() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public interface IRates { decimal Get(string currency); }

        public class Rates : IRates
        {
            private readonly HttpClient _http;
            public Rates(HttpClient http) => _http = http;

            public decimal Get(string currency)
            {
                // the bank is slow in the morning
                var text = Task.Run(() => _http
                    .GetStringAsync("rates/" + currency)).GetAwaiter().[|GetResult|]();
                return decimal.Parse(text);
            }
        }

        public class FixedRates : IRates
        {
            public decimal Get(string currency) => 1;
        }

        [ApiController]
        public class RatesController(IRates rates) : ControllerBase
        {
            [HttpGet]
            public ActionResult<decimal> Get(string currency) => rates.Get(currency);
        }
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public interface IRates { Task<decimal> GetAsync(string currency); }

        public class Rates : IRates
        {
            private readonly HttpClient _http;
            public Rates(HttpClient http) => _http = http;

            public async Task<decimal> GetAsync(string currency)
            {
                // the bank is slow in the morning
                var text = await _http
                    .GetStringAsync("rates/" + currency);
                return decimal.Parse(text);
            }
        }

        public class FixedRates : IRates
        {
            public Task<decimal> GetAsync(string currency) => Task.FromResult<decimal>(1);
        }

        [ApiController]
        public class RatesController(IRates rates) : ControllerBase
        {
            [HttpGet]
            public async Task<ActionResult<decimal>> Get(string currency) => await rates.GetAsync(currency);
        }
        """);

    [Fact]
    public Task Callers_move_to_the_twin() => Fixes(
        """
        using System.Threading.Tasks;

        public interface IStore { string Get(int id); Task<string> GetAsync(int id); }

        public class Store : IStore
        {
            public string Get(int id) => GetAsync(id).[|Result|];
            public async Task<string> GetAsync(int id) { await Task.Yield(); return id.ToString(); }
        }

        public class Page(IStore store)
        {
            public string Title(int id) => store.Get(id).Trim();
            public string Name => store.Get(1);
        }
        """,
        """
        using System.Threading.Tasks;

        public interface IStore { string Get(int id); Task<string> GetAsync(int id); }

        public class Store : IStore
        {
            public string Get(int id) => GetAsync(id).[|Result|];
            public async Task<string> GetAsync(int id) { await Task.Yield(); return id.ToString(); }
        }

        public class Page(IStore store)
        {
            public async Task<string> TitleAsync(int id) => (await store.GetAsync(id)).Trim();
            public string Name => store.Get(1);
        }
        """, test => test.ActionsMayChangeNothing = true);

    [Fact]
    public Task A_query_becomes_a_loop() => Fixes(Usings +
        $$"""
        class C
        {
            {{Work}}

            List<int> M(int[] ids)
            {
                return ids.Select(id => GetAsync(id).[|Result|]).ToList();
            }
        }
        """, Usings +
        $$"""
        class C
        {
            {{Work}}

            async Task<List<int>> MAsync(int[] ids)
            {
                var results = new List<int>();
                foreach (var id in ids)
                {
                    results.Add(await GetAsync(id));
                }

                return results;
            }
        }
        """);

    [Fact]
    public Task A_type_that_leaves_the_context_goes_on_doing_so() => Fixes(Usings +
        $$"""
        class C
        {
            {{Work}}

            async Task M()
            {
                await SaveAsync().ConfigureAwait(false);
                var x = GetAsync().[|Result|] + GetAsync().ConfigureAwait(false).GetAwaiter().[|GetResult|]();
            }
        }
        """, Usings +
        $$"""
        class C
        {
            {{Work}}

            async Task M()
            {
                await SaveAsync().ConfigureAwait(false);
                var x = await GetAsync().ConfigureAwait(false) + await GetAsync().ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task A_plain_library_keeps_the_thread_change() => Fixes(
        $"{Usings}public class C {{ {Work} public async Task<int> M() {{ await Task.Yield(); return Task.Run(() => GetAsync()).[|Result|]; }} }}",
        $"{Usings}public class C {{ {Work} public async Task<int> M() {{ await Task.Yield(); return await Task.Run(() => GetAsync()); }} }}",
        test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task Public_members_stay_where_the_user_says_so() => ReportsWithoutFix(
        $"{Usings}public class C {{ {Work} public int M() => GetAsync().[|Result|]; }}", test => Set(test, "perf_analyzers.keep_public_api = true"));
}
