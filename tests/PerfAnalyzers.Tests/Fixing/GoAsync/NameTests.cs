namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Names, documents and style that a conversion must respect.</summary>
public sealed class NameTests : GoAsyncTests
{
    [Fact]
    public Task A_name_that_is_taken_is_kept() => Converts(
        """
        class C
        {
            public int LoadAsync;
            public int Load() { [|Thread.Sleep(1)|]; return 1; }
            public async Task<int> M() => await Task.FromResult(Load());
        }
        """,
        """
        class C
        {
            public int LoadAsync;
            public async Task<int> Load() { await Task.Delay(1); return 1; }
            public async Task<int> M() => await Task.FromResult(await Load());
        }
        """);

    [Fact]
    public Task A_name_that_ends_in_Async_already() => Converts(
        """
        class C
        {
            public void SaveAsync() { [|Thread.Sleep(1)|]; }
            public async Task M() { await Task.Yield(); SaveAsync(); }
        }
        """,
        """
        class C
        {
            public async Task SaveAsync() { await Task.Delay(1); }
            public async Task M() { await Task.Yield(); await SaveAsync(); }
        }
        """);

    [Fact]
    public Task Overloads_go_together_or_alone() => Converts(
        """
        class C
        {
            /// <summary>As <see cref="Load(int)"/> or <see cref="Load(string)"/>.</summary>
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public int Load(string id) { [|Thread.Sleep(1)|]; return id.Length; }
            public int Keep(int id) { [|Thread.Sleep(1)|]; return id; }
            public int Keep(string id) => id.Length;
            public async Task<string> M() => await Task.FromResult($"{Load(1)}{Load("a")}{nameof(Load)}{nameof(Keep)}{Keep(1)}{Keep("a")}");
        }
        """,
        """
        class C
        {
            /// <summary>As <see cref="LoadAsync(int)"/> or <see cref="LoadAsync(string)"/>.</summary>
            public async Task<int> LoadAsync(int id) { await Task.Delay(1); return id; }
            public async Task<int> LoadAsync(string id) { await Task.Delay(1); return id.Length; }
            public async Task<int> KeepAsync(int id) { await Task.Delay(1); return id; }
            public int Keep(string id) => id.Length;
            public async Task<string> M() => await Task.FromResult($"{await LoadAsync(1)}{await LoadAsync("a")}{nameof(LoadAsync)}{nameof(Keep)}{await KeepAsync(1)}{Keep("a")}");
        }
        """);

    [Fact]
    public Task A_partial_method_changes_in_both_parts() => Converts(
        """
        partial class C
        {
            private partial int Load(int id);
            public async Task<int> M() => await Task.FromResult(Load(1));
        }

        partial class C
        {
            private partial int Load(int id) { [|Thread.Sleep(1)|]; return id; }
        }
        """,
        """
        partial class C
        {
            private partial Task<int> LoadAsync(int id);
            public async Task<int> M() => await Task.FromResult(await LoadAsync(1));
        }

        partial class C
        {
            private async partial Task<int> LoadAsync(int id) { await Task.Delay(1); return id; }
        }
        """);

    [Fact]
    public Task Awaits_are_configured_where_the_code_around_does_so() => Converts(
        """
        class C
        {
            private void Wait() { [|Thread.Sleep(1)|]; }
            public async Task M() { await Task.Yield(); await Task.Delay(1).ConfigureAwait(false); Wait(); }
        }
        class D
        {
            public async Task M() { await Task.Yield(); [|Thread.Sleep(1)|]; }
        }
        """,
        """
        class C
        {
            private async Task WaitAsync() { await Task.Delay(1).ConfigureAwait(false); }
            public async Task M() { await Task.Yield(); await Task.Delay(1).ConfigureAwait(false); await WaitAsync().ConfigureAwait(false); }
        }
        class D
        {
            public async Task M() { await Task.Yield(); await Task.Delay(1); }
        }
        """);

    [Fact]
    public Task Task_Run_takes_the_task_of_a_lambda_or_a_method() => ConvertsAndRunsTheSame(
        """
        static class Program
        {
            static int s_sum;
            static int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            static void Tick() { [|Thread.Sleep(1)|]; s_sum += 10; }

            public static async Task<string> Run()
            {
                await Task.Run(Tick);
                await Task.Run(() => Tick());
                await Task.Run(() => { Tick(); s_sum += Load(2); });
                var loaded = await Task.Run(() => Load(1));
                Task later = Task.Run(() => Load(5));
                await later;
                return $"{s_sum} {loaded}";
            }
        }
        """,
        """
        static class Program
        {
            static int s_sum;
            static async Task<int> LoadAsync(int id) { await Task.Delay(1); return id; }
            static async Task TickAsync() { await Task.Delay(1); s_sum += 10; }

            public static async Task<string> Run()
            {
                await Task.Run(TickAsync);
                await Task.Run(async () => await TickAsync());
                await Task.Run(async () => { await TickAsync(); s_sum += await LoadAsync(2); });
                var loaded = await Task.Run(async () => await LoadAsync(1));
                Task later = Task.Run(async () => await LoadAsync(5));
                await later;
                return $"{s_sum} {loaded}";
            }
        }
        """);

    [Fact]
    public Task An_async_twin_takes_the_callers() => Fixes(Usings +
        """
        interface IStore { int Load(int id); Task<int> LoadAsync(int id, CancellationToken stop = default); }

        class Store : IStore
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public async Task<int> LoadAsync(int id, CancellationToken stop = default) { await Task.Delay(1, stop); return id; }
        }

        class User(IStore store, Store direct)
        {
            public int Get() => store.Load(1) + direct.Load(2);
        }
        """, Usings +
        """
        interface IStore { int Load(int id); Task<int> LoadAsync(int id, CancellationToken stop = default); }

        class Store : IStore
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public async Task<int> LoadAsync(int id, CancellationToken stop = default) { await Task.Delay(1, stop); return id; }
        }

        class User(IStore store, Store direct)
        {
            public async Task<int> GetAsync() => await store.LoadAsync(1) + await direct.LoadAsync(2);
        }
        """, test => test.ActionsMayChangeNothing = true);

    [Fact]
    public Task A_twin_that_works_through_a_caller_of_the_method_stays() => Leaves(
        """
        public class Store
        {
            public int Load(int id) { [|Thread.Sleep(id)|]; return id; }
            public Task<int> LoadAsync(int id) => Task.Run(() => Checked(id));
            private int Checked(int id) { return id < 0 ? 0 : Load(id); }
        }
        """);

    [Fact]
    public Task A_twin_that_calls_the_method_itself_stays() => Leaves(
        """
        class Store
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public Task<int> LoadAsync(int id) => Task.FromResult(Load(id));
        }
        """);

    [Fact]
    public Task Comments_attributes_modifiers_and_directives_stay() => Converts(
        """
        class C
        {
            // what it does
            [Obsolete] // why
            internal static /* soon */ int Load(
                int id,
                int other = 0) // trailing
            {
        #if DEBUG
                Console.WriteLine();
        #endif
                [|Thread.Sleep(id)|]; // wait
                return id; // done
            }

            void Bare() { [|Thread.Sleep(1)|]; }

            /// <summary>Uses.</summary>
            public async Task M()
            {
                await Task.Yield();
                var x = /* now */ C
                    .Load(1) // here
                    .ToString();
                Bare(); // there
            }
        }
        """,
        """
        class C
        {
            // what it does
            [Obsolete] // why
            internal static /* soon */ async Task<int> LoadAsync(
                int id,
                int other = 0) // trailing
            {
        #if DEBUG
                Console.WriteLine();
        #endif
                await Task.Delay(id); // wait
                return id; // done
            }

            async Task BareAsync() { await Task.Delay(1); }

            /// <summary>Uses.</summary>
            public async Task M()
            {
                await Task.Yield();
                var x = /* now */ (await C
                    .LoadAsync(1)) // here
                    .ToString();
                await BareAsync(); // there
            }
        }
        """);

    [Fact]
    public Task Global_usings_are_respected_and_others_added_where_needed() => Fixes(
        """
        static class L { public static int Load() { [|System.Threading.Thread.Sleep(1)|]; return 1; } }
        """,
        """
        static class L { public static async Task<int> LoadAsync() { await Task.Delay(1); return 1; } }
        """,
        test =>
        {
            test.TestState.Sources.Add("global using System.Threading.Tasks;\nclass U { int Get() => L.Load(); }");
            test.FixedState.Sources.Add("global using System.Threading.Tasks;\nclass U { async Task<int> GetAsync() => await L.LoadAsync(); }");
        });

    [Fact]
    public Task A_type_named_Task_of_the_application() => Fixes(
        """
        namespace App
        {
            class Task { public int Id; }
            class L
            {
                public Task Load() { [|System.Threading.Thread.Sleep(1)|]; return new Task(); }
                public void Touch() => Load().Id = 3;
            }
        }
        """,
        """
        namespace App
        {
            class Task { public int Id; }
            class L
            {
                public async global::System.Threading.Tasks.Task<Task> LoadAsync() { await global::System.Threading.Tasks.Task.Delay(1); return new Task(); }
                public async global::System.Threading.Tasks.Task TouchAsync() => (await LoadAsync()).Id = 3;
            }
        }
        """);
}
