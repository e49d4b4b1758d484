using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncWaitFlagTests : RuleTests<SyncWaitAnalyzer, SyncWaitFix>
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    private const string Work = "Task<int> GetAsync(int id = 0) => Task.Run(() => id); Task SaveAsync() => Task.Run(() => { }); async ValueTask<int> ReadAsync() { await Task.Yield(); return 1; } async ValueTask FlushAsync() { await Task.Yield(); }";

    [Theory]
    [InlineData("async Task M() { await SaveAsync(); var x = GetAsync().[|Result|]; }")]
    [InlineData("int M() => GetAsync(1).[|Result|];")]
    [InlineData("int M() => ReadAsync().[|Result|];")]
    [InlineData("int M() => GetAsync(1).GetAwaiter().[|GetResult|]();")]
    [InlineData("int M() => GetAsync(1).ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("int M() => ReadAsync().ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("void M() { FlushAsync().GetAwaiter().[|GetResult|](); FlushAsync().AsTask().[|Wait|](); }")]
    [InlineData("void M() => SaveAsync().[|Wait|]();")]
    [InlineData("bool M(CancellationToken stop) { SaveAsync().[|Wait|](stop); return SaveAsync().[|Wait|](500) && SaveAsync().[|Wait|](TimeSpan.FromSeconds(1), stop); }")]
    [InlineData("void M() { Task.[|WaitAll|](SaveAsync(), GetAsync(1)); var first = Task.[|WaitAny|](SaveAsync(), GetAsync(1)); }")]
    [InlineData("int[] M(int[] ids) => Task.WhenAll(ids.Select(id => GetAsync(id))).[|Result|];")]
    [InlineData("int M() => Task.WhenAny(GetAsync(1), GetAsync(2)).[|Result|].Result;")]
    [InlineData("List<int> M(int[] ids) => ids.Select(id => GetAsync(id).[|Result|]).ToList();")]
    [InlineData("Lazy<int> M() => new(() => Task.Run(() => GetAsync(1)).[|Result|]);")]
    [InlineData("int Count => GetAsync(1).[|Result|];")]
    [InlineData("int? M(Task<int>? load) => load?.[|Result|];")]
    [InlineData("int M(C? other) => other?.GetAsync(1).[|Result|] ?? 0;")]
    [InlineData("readonly int _count = Task.Run(() => 1).[|Result|];")]
    [InlineData("C() { SaveAsync().[|Wait|](); }")]
    [InlineData("void Dispose() => SaveAsync().[|Wait|]();")]
    [InlineData("void M() { lock (this) SaveAsync().[|Wait|](); }")]
    public Task Every_form(string member) => Flags($"#nullable enable\n{Usings}class C {{ {Work} {member} }}");

    [Theory]
    [InlineData("var load = GetAsync(1); if (DateTime.Now.Ticks > 0) await load; return load.[|Result|];")]
    [InlineData("var load = GetAsync(1); await load; load = GetAsync(2); return load.[|Result|];")]
    [InlineData("var load = GetAsync(1); var other = GetAsync(2); await other; return load.[|Result|];")]
    [InlineData("var load = GetAsync(1); await Task.WhenAny(load, Task.Delay(5)); return load.[|Result|];")]
    [InlineData("var load = GetAsync(1); if (await Task.WhenAny(load, Task.Delay(5)) != load) return load.[|Result|]; return 0;")]
    [InlineData("var load = GetAsync(1); if (!load.IsCompleted) return load.[|Result|]; return await load;")]
    [InlineData("var load = GetAsync(1); if (load.IsCompleted || DateTime.Now.Ticks > 0) return load.[|Result|]; return await load;")]
    [InlineData("var load = GetAsync(1); return load.IsCompleted ? 0 : load.[|Result|];")]
    [InlineData("var load = GetAsync(1); try { await SaveAsync(); await load; } catch (Exception) { } return load.[|Result|];")]
    [InlineData("var load = GetAsync(1); for (var i = 0; i < 3; i++) { Console.WriteLine(load.[|Result|]); load = GetAsync(i); } return await load;")]
    [InlineData("var loads = new[] { 1, 2 }.Select(id => GetAsync(id)); await Task.WhenAll(loads); return loads.Sum(load => load.[|Result|]);")]
    [InlineData("var loads = new[] { GetAsync(1), GetAsync(2) }; await loads[0]; return loads[0].Result + loads[1].[|Result|];")]
    [InlineData("var loads = new List<Task<int>> { GetAsync(1) }; var more = new List<Task<int>>(); await Task.WhenAll(more); return loads.Sum(load => load.[|Result|]);")]
    [InlineData("var load = GetAsync(1); load.[|Wait|](10); return load.[|Result|];")]
    [InlineData("var all = Task.WhenAll(GetAsync(1), GetAsync(2)); return all.[|Result|].Length + await GetAsync(3);")]
    [InlineData("var load = GetAsync(1); var read = new Func<int>(() => load.[|Result|]); await load; return read();")]
    [InlineData("var load = GetAsync(1); return await SaveAsync().ContinueWith(done => load.[|Result|]);")]
    [InlineData("var load = GetAsync(1); switch (load.Status) { case TaskStatus.Running: return load.[|Result|]; default: return await load; }")]
    public Task What_is_not_complete_on_every_path(string body) => Flags($"{Usings}class C {{ {Work} async Task<int> M() {{ {body} }} }}");

    [Fact]
    public Task Only_the_first_of_two_waits_for_one_task() => Flags(Usings +
        """
        class C
        {
            int M(Task<int> load, Task<int> other)
            {
                load.[|Wait|]();
                Task.[|WaitAll|](new[] { other });
                return load.Result + load.GetAwaiter().GetResult() + other.Result;
            }
        }
        """);

    [Fact]
    public Task The_asynchronous_half_of_a_method_that_does_both() => Flags(
        $$"""
        {{Usings}}class C
        {
            int Get(bool async) => GetCore(1, true).[|Result|] + GetCore(2, async).[|Result|];
            async Task<int> GetCore(int id, bool async) { if (async) await Task.Delay(id); return id; }
        }
        """);

    [Fact]
    public Task A_helper_that_waits_where_it_is_called() => Flags(Usings +
        """
        static class Waiting
        {
            public static void Await(this Task task) => task.GetAwaiter().GetResult();
            public static T Await<T>(this Task<T> task) => task.GetAwaiter().GetResult();
            public static T RunSync<T>(this ValueTask<T> task) { return task.AsTask().Result; }
            public static Task<T> Await<T>(this Task<T> task, int times) => task;
            public static T Other<T>(this Task<T> task) => task.[|Result|];
        }

        class C
        {
            int M(Task<int> load, ValueTask<int> read)
            {
                load.Await(3);
                var sum = load.[|Await|]() + load.Result + read.[|RunSync|]();
                ((Task)load).Await();
                return sum;
            }
        }
        """);

    [Fact]
    public Task A_request_is_named() => Flags(
        """
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        interface IStore { string Get(int id); }

        class Store : IStore
        {
            public string Get(int id) => LoadAsync(id).GetAwaiter().{|#0:GetResult|}();
            private static async Task<string> LoadAsync(int id) { await Task.Yield(); return id.ToString(); }
        }

        class OrdersController(IStore store) : ControllerBase
        {
            public IActionResult {|#1:Show|}(int id) => Ok(store.Get(id));
        }
        """, test => test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult(SyncWaitAnalyzer.Rule.Descriptor).WithLocation(0).WithLocation(1)
            .WithArguments("GetAwaiter().GetResult()", "Store.Get", "await it", " (OrdersController.Show → Store.Get)")));

    [Fact]
    public Task A_timer_counts_in_any_program() => Flags(Usings +
        """
        class C
        {
            private readonly Timer _timer = new(state => SaveAsync().[|Wait|]());
            static Task SaveAsync() => Task.Run(() => { });
            void Elsewhere() => SaveAsync().Wait();
        }
        """, test => test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net);

    [Theory]
    [InlineData("auto", "int M(Task<int> load) => load.Result;")]
    [InlineData("auto", "async Task<int> M(Task<int> load) { await Task.Yield(); return load.[|Result|]; }")]
    [InlineData("all", "int M(Task<int> load) => load.[|Result|];")]
    public Task Scope_in_a_library(string scope, string member) => Flags($"{Usings}public class C {{ public {member} }}", test =>
    {
        test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net;
        Set(test, $"perf_analyzers.scope = {scope}");
    });

    [Fact]
    public Task Strict_scope_in_a_server() => IsQuietOn($"{Usings}public class C {{ public int M(Task<int> load) => load.Result; }}", test => Set(test, "perf_analyzers.scope = strict"));
}
