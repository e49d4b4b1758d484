using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class AsyncVoidTests : RuleTests<AsyncVoidAnalyzer, AsyncVoidFix>
{
    [Theory]
    [InlineData("async void [|Send|]() => await Task.Yield();")]
    [InlineData("public static async void [|Send|](int id) { await Wait(id); }")]
    [InlineData("protected virtual async void [|OnSaved|]() { await Task.Yield(); }")]
    [InlineData("async void [|Send|]<T>(T item) { await Task.Yield(); }")]
    [InlineData("void M() { async void [|Local|]() { await Task.Yield(); } Local(); }")]
    [InlineData("void M(List<int> ids) { ids.ForEach([|async|] id => await Wait(id)); }")]
    [InlineData("void M(List<int> ids) { Parallel.ForEach(ids, [|async|] id => await Wait(id)); }")]
    [InlineData("void M() { Action later = [|async|] () => await Task.Yield(); later(); }")]
    [InlineData("void M() { Run([|async|] delegate { await Task.Yield(); }); } void Run(Action action) => action();")]
    [InlineData("Timer M() => new Timer([|async|] _ => await Task.Yield());")]
    [InlineData("Timer M() => new Timer(Tick); async void [|Tick|](object? state) { await Task.Yield(); }")]
    [InlineData("void M(CancellationToken stop) => stop.Register([|async|] () => await Task.Yield());")]
    [InlineData("void M(ThreadStart start) => M([|async|] () => await Task.Yield());")]
    [InlineData("async void [|Report|](object sender, string text) { await Task.Yield(); }")]
    public Task Flags_async_void(string members) => Flags(Class(members));

    [Theory]
    [InlineData("async Task Send() => await Task.Yield();")]
    [InlineData("async ValueTask Send() => await Task.Yield();")]
    [InlineData("void Send() { }")]
    [InlineData("async void OnClicked(object sender, EventArgs e) { await Task.Yield(); }")]
    [InlineData("async void OnFailed(object? sender, UnhandledExceptionEventArgs e) { await Task.Yield(); }")]
    [InlineData("event Action? Saved; void M() { Saved += async () => await Task.Yield(); Saved?.Invoke(); }")]
    [InlineData("event Action? Saved; void M() { Saved += OnSaved; Saved?.Invoke(); } async void OnSaved() { await Task.Yield(); }")]
    [InlineData("void M(System.IO.FileSystemWatcher watcher) { watcher.Changed += async (_, e) => await Task.Yield(); }")]
    [InlineData("void M() { EventHandler handler = async (_, _) => await Task.Yield(); handler(this, EventArgs.Empty); }")]
    [InlineData("Task M() => Task.Run(async () => await Task.Yield());")]
    [InlineData("void M(List<int> ids) { var tasks = ids.Select(async id => await Wait(id)).ToList(); }")]
    [InlineData("void M() { Func<Task> later = async () => await Task.Yield(); later(); }")]
    [InlineData("class Dis : IObserver<int> { public async void OnNext(int value) { await Task.Yield(); } public void OnCompleted() { } public void OnError(Exception e) { } }")]
    [InlineData("class Ctx : SynchronizationContext { public override async void Post(SendOrPostCallback d, object? state) { await Task.Yield(); d(state); } }")]
    public Task Is_quiet(string members) => IsQuietOn(Class(members));

    [Fact]
    public Task Is_quiet_outside_servers_unless_the_scope_is_all() => IsQuietOn(
        "using System.Threading.Tasks; class Window { async void Load() { await Task.Yield(); } }", test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task Looks_everywhere_where_the_scope_is_all() => Flags(
        "using System.Threading.Tasks; class Window { async void [|Load|]() { await Task.Yield(); } }", test =>
        {
            test.ReferenceAssemblies = ReferenceAssemblies.Net;
            Set(test, "perf_analyzers.scope = all");
        });

    [Fact]
    public Task Is_quiet_on_code_being_typed() => IsQuietOn(Class("void M() { {|CS0103:Missing|}(async () => await Task.Yield()); {|CS0246:Unknown|} x = async () => await Task.Yield(); }"));

    [Theory]
    [InlineData("async Task Place() { Note(1); await Task.Yield(); } async void [|Note|](int x) { await Wait(x); }",
        "async Task Place() { await NoteAsync(1); await Task.Yield(); } async Task NoteAsync(int x) { await Wait(x); }")]
    [InlineData("void Place() { if (Environment.HasShutdownStarted) Note(1); } async void [|Note|](int x) { await Wait(x); }",
        "async Task PlaceAsync() { if (Environment.HasShutdownStarted) await NoteAsync(1); } async Task NoteAsync(int x) { await Wait(x); }")]
    [InlineData("async void [|Outer|]() { Inner(); await Task.Yield(); } async void [|Inner|]() { await Task.Yield(); }",
        "async Task OuterAsync() { await InnerAsync(); await Task.Yield(); } async Task InnerAsync() { await Task.Yield(); }")]
    [InlineData("async Task M() { async void [|Local|]() { await Task.Yield(); return; } Local(); await Task.Yield(); }",
        "async Task M() { async Task LocalAsync() { await Task.Yield(); return; } await LocalAsync(); await Task.Yield(); }")]
    [InlineData("interface INotes { void Add(int x); } class Notes : INotes { public async void [|Add|](int x) => await Wait(x); } class Silent : INotes { public void Add(int x) { } } class Use(INotes notes) { public async Task M() { notes.Add(1); await Task.Yield(); } }",
        "interface INotes { Task AddAsync(int x); } class Notes : INotes { public async Task AddAsync(int x) => await Wait(x); } class Silent : INotes { public Task AddAsync(int x) { return Task.CompletedTask; } } class Use(INotes notes) { public async Task M() { await notes.AddAsync(1); await Task.Yield(); } }")]
    public Task Returns_a_task_that_callers_await(string before, string after) => Fixes(Class(before), Class(after), AllowReviewInFixAll);

    [Fact]
    public Task Mends_all_overrides_at_once() => Fixes(
        Class("abstract class Job { public abstract void Run(); } class Mail : Job { public override async void [|Run|]() { await Task.Yield(); } } class Sms : Job { public override async void [|Run|]() { await Task.Yield(); } } class Host { public void All(Job[] jobs) { foreach (var job in jobs) job.Run(); } }"),
        Class("abstract class Job { public abstract Task RunAsync(); } class Mail : Job { public override async Task RunAsync() { await Task.Yield(); } } class Sms : Job { public override async Task RunAsync() { await Task.Yield(); } } class Host { public async Task AllAsync(Job[] jobs) { foreach (var job in jobs) await job.RunAsync(); } }"),
        test =>
        {
            AllowReviewInFixAll(test);
            test.NumberOfIncrementalIterations = 1;
        });

    [Fact]
    public Task Makes_a_loop_of_ForEach() => Fixes(
        Class(
            """
            async Task SendAll(List<int> ids, int[] others)
            {
                // all of them
                ids.ForEach([|async|] id =>
                {
                    if (id < 0)
                        return; // not sent

                    await Wait(id);
                });
                Array.ForEach(others, [|async|] other => await Wait(other));
                await Task.Yield();
            }

            void Start(List<int> ids) => Console.WriteLine(ids.Count);

            void Go(List<int> ids)
            {
                ids.ForEach([|async|] (int id) => await Wait(id));
            }
            """),
        Class(
            """
            async Task SendAll(List<int> ids, int[] others)
            {
                // all of them
                foreach (var id in ids)
                {
                    if (id < 0)
                        continue; // not sent

                    await Wait(id);
                }
                foreach (var other in others)
                {
                    await Wait(other);
                }
                await Task.Yield();
            }

            void Start(List<int> ids) => Console.WriteLine(ids.Count);

            async Task GoAsync(List<int> ids)
            {
                foreach (int id in ids)
                {
                    await Wait(id);
                }
            }
            """), AllowReviewInFixAll);

    [Theory]
    [InlineData("Timer M() => new Timer(Tick); async void [|Tick|](object? state) { await Task.Yield(); }")]
    [InlineData("Timer M() => new Timer([|async|] _ => await Task.Yield());")]
    [InlineData("async Task M() { Note(); await Task.Yield(); } async void [|Note|]() { await Task.Delay(45000); }")]
    [InlineData("void M() => Pump(); async void [|Pump|]() { while (true) await Task.Yield(); }")]
    [InlineData("void M(CancellationToken stop) => Pump(stop); async void [|Pump|](CancellationToken stop) { while (!stop.IsCancellationRequested) await Task.Yield(); }")]
    [InlineData("void M(IAsyncEnumerable<int> rows) => Pump(rows); async void [|Pump|](IAsyncEnumerable<int> rows) { await foreach (var row in rows) Console.WriteLine(row); }")]
    [InlineData("int Count { get { Note(); return 1; } } async void [|Note|]() { await Task.Yield(); }")]
    [InlineData("void M(List<int> ids) { var all = ids.Select(id => { Note(id); return id; }); } async void [|Note|](int x) { await Wait(x); }")]
    [InlineData("void M(List<int> ids) { ids.ForEach([|async|] id => { foreach (var x in ids) { if (x == id) return; } await Wait(id); }); }")]
    [InlineData("void M(List<int> ids) { Action<int> each = [|async|] id => await Wait(id); ids.ForEach(each); }")]
    [InlineData("[Obsolete] void M() { Note(); } [System.Runtime.Serialization.OnDeserialized] async void [|Note|]() { await Task.Yield(); }")]
    public Task Has_no_fix_where_a_caller_cannot_wait(string members) => ReportsWithoutFix(Class(members));

    [Fact]
    public Task Has_no_fix_for_public_members_that_are_kept() => ReportsWithoutFix(
        "using System.Threading.Tasks; public class Api { public async void [|Send|]() { await Task.Yield(); } }", test => Set(test, "perf_analyzers.keep_public_api = true"));

    [Fact]
    public Task Runs_the_same_and_waits() => FixesAndRunsTheSame(
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        class Log
        {
            public List<string> Lines { get; } = new();
            public async Task WriteAsync(List<int> ids) { ids.ForEach([|async|] id => { Lines.Add($"begin {id}"); await Done(); }); Note("end"); await Task.Yield(); }
            private static Task Done() => Task.CompletedTask;
            private async void [|Note|](string line) { await Done(); Lines.Add(line); }
        }

        static class Program
        {
            public static string Run()
            {
                var log = new Log();
                log.WriteAsync(new List<int> { 1, 2 }).GetAwaiter().GetResult();
                return string.Join(",", log.Lines);
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        class Log
        {
            public List<string> Lines { get; } = new();
            public async Task WriteAsync(List<int> ids) { foreach (var id in ids) { Lines.Add($"begin {id}"); await Done(); } await NoteAsync("end"); await Task.Yield(); }
            private static Task Done() => Task.CompletedTask;
            private async Task NoteAsync(string line) { await Done(); Lines.Add(line); }
        }

        static class Program
        {
            public static string Run()
            {
                var log = new Log();
                log.WriteAsync(new List<int> { 1, 2 }).GetAwaiter().GetResult();
                return string.Join(",", log.Lines);
            }
        }
        """, AllowReviewInFixAll);

    private static string Class(string members) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            static Task Wait(int time) => Task.CompletedTask;
            {{string.Join('\n', members.Split('\n').Select((line, index) => index == 0 || line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
