namespace PerfAnalyzers.Tests.Fixing;

public sealed class KinTests : GoAsyncTests
{
    [Fact]
    public Task An_interface_with_three_implementations_of_which_one_waits() => ConvertsAndRunsTheSame(
        """
        interface IClock
        {
            int Now(int zone);
            void Reset();
        }

        class Slow : IClock
        {
            public int Now(int zone) { [|Thread.Sleep(1)|]; return zone; }
            public void Reset() { [|Thread.Sleep(1)|]; }
        }

        class Fixed : IClock
        {
            private int _resets;

            public int Now(int zone)
            {
                if (zone > 1)
                    return _resets;

                return 42;
            }

            public void Reset()
            {
                if (_resets > 3)
                    return;

                _resets++;
            }
        }

        class Hidden : IClock
        {
            private int _now = 5;
            int IClock.Now(int zone) => zone + _now;
            void IClock.Reset() => _now = 0;
        }

        static class Program
        {
            static string Tell(IClock clock) { clock.Reset(); return clock.Now(1) + " " + clock.Now(2); }

            public static async Task<string> Run()
            {
                await Task.Yield();
                return string.Join(";", Tell(new Slow()), Tell(new Fixed()), Tell(new Hidden()));
            }
        }
        """,
        """
        interface IClock
        {
            Task<int> NowAsync(int zone);
            Task ResetAsync();
        }

        class Slow : IClock
        {
            public async Task<int> NowAsync(int zone) { await Task.Delay(1); return zone; }
            public async Task ResetAsync() { await Task.Delay(1); }
        }

        class Fixed : IClock
        {
            private int _resets;

            public Task<int> NowAsync(int zone)
            {
                if (zone > 1)
                    return Task.FromResult(_resets);

                return Task.FromResult(42);
            }

            public Task ResetAsync()
            {
                if (_resets > 3)
                    return Task.CompletedTask;

                _resets++;
                return Task.CompletedTask;
            }
        }

        class Hidden : IClock
        {
            private int _now = 5;
            Task<int> IClock.NowAsync(int zone) => Task.FromResult(zone + _now);
            Task IClock.ResetAsync()
            {
                _now = 0;
                return Task.CompletedTask;
            }
        }

        static class Program
        {
            static async Task<string> TellAsync(IClock clock) { await clock.ResetAsync(); return await clock.NowAsync(1) + " " + await clock.NowAsync(2); }

            public static async Task<string> Run()
            {
                await Task.Yield();
                return string.Join(";", await TellAsync(new Slow()), await TellAsync(new Fixed()), await TellAsync(new Hidden()));
            }
        }
        """);

    [Fact]
    public Task Two_implementations_wait_and_results_need_their_type_named() => ConvertsAndRunsTheSame(
        """
        interface IReader { IEnumerable<string> Read(string? key); string? Title(); }

        class A : IReader
        {
            public IEnumerable<string> Read(string? key) { [|Thread.Sleep(1)|]; return new List<string> { "a" }; }
            public string? Title() => null;
        }

        class B : IReader
        {
            public IEnumerable<string> Read(string? key) { [|Thread.Sleep(1)|]; return ["b"]; }
            public string? Title() { [|Thread.Sleep(1)|]; return "B"; }
        }

        class C : IReader
        {
            public IEnumerable<string> Read(string? key) => key is null ? [] : new List<string> { key };
            public string? Title() => "C";
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var text = "";
                foreach (IReader reader in new IReader[] { new A(), new B(), new C() })
                    text += string.Concat(reader.Read("k")) + (reader.Title() ?? "-");

                return text;
            }
        }
        """,
        """
        interface IReader { Task<IEnumerable<string>> ReadAsync(string? key); Task<string?> TitleAsync(); }

        class A : IReader
        {
            public async Task<IEnumerable<string>> ReadAsync(string? key) { await Task.Delay(1); return new List<string> { "a" }; }
            public Task<string?> TitleAsync() => Task.FromResult<string?>(null);
        }

        class B : IReader
        {
            public async Task<IEnumerable<string>> ReadAsync(string? key) { await Task.Delay(1); return ["b"]; }
            public async Task<string?> TitleAsync() { await Task.Delay(1); return "B"; }
        }

        class C : IReader
        {
            public Task<IEnumerable<string>> ReadAsync(string? key) => Task.FromResult<IEnumerable<string>>(key is null ? [] : new List<string> { key });
            public Task<string?> TitleAsync() => Task.FromResult<string?>("C");
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var text = "";
                foreach (IReader reader in new IReader[] { new A(), new B(), new C() })
                    text += string.Concat(await reader.ReadAsync("k")) + (await reader.TitleAsync() ?? "-");

                return text;
            }
        }
        """);

    [Fact]
    public Task Overrides_over_three_levels_with_base_calls() => ConvertsAndRunsTheSame(
        """
        abstract class Step
        {
            public string Log = "";
            public void Run() { Before(); Do(); }
            protected virtual void Before() => Log += "before;";
            protected abstract void Do();
        }

        class Load : Step
        {
            protected override void Do() { [|Thread.Sleep(1)|]; Log += "load;"; }
        }

        class Reload : Load
        {
            protected override void Before() { base.Before(); Log += "again;"; }
            protected override void Do() { Log += "re"; base.Do(); }
        }

        class Skip : Step
        {
            protected override void Do() { }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var steps = new Step[] { new Load(), new Reload(), new Skip() };
                foreach (var step in steps)
                    step.Run();

                return string.Concat(steps.Select(step => step.Log));
            }
        }
        """,
        """
        abstract class Step
        {
            public string Log = "";
            public async Task RunAsync() { Before(); await DoAsync(); }
            protected virtual void Before() => Log += "before;";
            protected abstract Task DoAsync();
        }

        class Load : Step
        {
            protected override async Task DoAsync() { await Task.Delay(1); Log += "load;"; }
        }

        class Reload : Load
        {
            protected override void Before() { base.Before(); Log += "again;"; }
            protected override async Task DoAsync() { Log += "re"; await base.DoAsync(); }
        }

        class Skip : Step
        {
            protected override Task DoAsync() { return Task.CompletedTask; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var steps = new Step[] { new Load(), new Reload(), new Skip() };
                foreach (var step in steps)
                    await step.RunAsync();

                return string.Concat(steps.Select(step => step.Log));
            }
        }
        """);

    [Fact]
    public Task A_generic_interface_and_an_inherited_implementation() => ConvertsAndRunsTheSame(
        """
        interface IStore<T> { T Get(int id); }
        class StoreBase<T> { public T Get(int id) { [|Thread.Sleep(1)|]; return default!; } }
        class NumberStore : StoreBase<int>, IStore<int>;
        class TextStore : IStore<string> { public string Get(int id) => "t" + id; }

        static class Program
        {
            static string Show<T>(IStore<T> store) => $"{store.Get(1)}";

            public static async Task<string> Run()
            {
                await Task.Yield();
                return Show(new NumberStore()) + Show(new TextStore());
            }
        }
        """,
        """
        interface IStore<T> { Task<T> GetAsync(int id); }
        class StoreBase<T> { public async Task<T> GetAsync(int id) { await Task.Delay(1); return default!; } }
        class NumberStore : StoreBase<int>, IStore<int>;
        class TextStore : IStore<string> { public Task<string> GetAsync(int id) => Task.FromResult("t" + id); }

        static class Program
        {
            static async Task<string> ShowAsync<T>(IStore<T> store) => $"{await store.GetAsync(1)}";

            public static async Task<string> Run()
            {
                await Task.Yield();
                return await ShowAsync(new NumberStore()) + await ShowAsync(new TextStore());
            }
        }
        """);

    [Fact]
    public Task Interface_in_one_project_implementation_and_callers_in_others() => Fixes(
        """
        using System.Threading.Tasks;
        using Lib;

        class Caller(ICounter counter)
        {
            // counts twice
            int Twice() => counter.Count("a") + counter.Count("b");

            async Task<int> Four() => await Task.FromResult(1) + Twice() + Twice();
        }

        class Fake : ICounter { public int Count(string key) => 1; }
        """,
        """
        using System.Threading.Tasks;
        using Lib;

        class Caller(ICounter counter)
        {
            // counts twice
            async Task<int> TwiceAsync() => await counter.CountAsync("a") + await counter.CountAsync("b");

            async Task<int> Four() => await Task.FromResult(1) + await TwiceAsync() + await TwiceAsync();
        }

        class Fake : ICounter { public Task<int> CountAsync(string key) => Task.FromResult(1); }
        """,
        test =>
        {
            test.TestState.Project("Lib").Sources.Add(
                """
                namespace Lib;

                public interface ICounter
                {
                    /// <summary>Counts, see <see cref="Count(string)"/>.</summary>
                    int Count(string key);
                }
                """);
            test.TestState.Project("Lib").Sources.Add(
                """
                using System.Threading;

                namespace Lib;

                class Counter : ICounter
                {
                    public int Count(string key)
                    {
                        [|Thread.Sleep(key.Length)|];
                        return nameof(Count).Length;
                    }
                }
                """);
            test.FixedState.Project("Lib").Sources.Add(
                """
                using System.Threading.Tasks;

                namespace Lib;

                public interface ICounter
                {
                    /// <summary>Counts, see <see cref="CountAsync(string)"/>.</summary>
                    Task<int> CountAsync(string key);
                }
                """);
            test.FixedState.Project("Lib").Sources.Add(
                """
                using System.Threading;
                using System.Threading.Tasks;

                namespace Lib;

                class Counter : ICounter
                {
                    public async Task<int> CountAsync(string key)
                    {
                        await Task.Delay(key.Length);
                        return nameof(CountAsync).Length;
                    }
                }
                """);
        });
}
