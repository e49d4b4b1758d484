namespace PerfAnalyzers.Tests.Fixing;

public sealed class ChainTests : GoAsyncTests
{
    [Fact]
    public Task One_function_with_an_async_caller() => ConvertsAndRunsTheSame(
        """
        static class Store
        {
            public static int Load(int id)
            {
                [|Thread.Sleep(1)|];
                return id * 2;
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                return $"{Store.Load(2)} {Store.Load(3) + 1}";
            }
        }
        """,
        """
        static class Store
        {
            public static async Task<int> LoadAsync(int id)
            {
                await Task.Delay(1);
                return id * 2;
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                return $"{await Store.LoadAsync(2)} {await Store.LoadAsync(3) + 1}";
            }
        }
        """);

    [Fact]
    public Task Four_functions_deep_with_every_kind_of_body() => ConvertsAndRunsTheSame(
        """
        class Repository
        {
            public readonly List<string> Log = new();
            private void Wait() => [|Thread.Sleep(1)|];
            internal string Query(string key) { Wait(); Log.Add(key); return key.ToUpperInvariant(); }
        }

        class Service(Repository repository)
        {
            public string? Find(string key) => key.Length > 0 ? repository.Query(key) : null;

            public void Warm()
            {
                if (Find("a")!.Length == 1 && !string.IsNullOrEmpty(Find("b")))
                    Find("c");
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var repository = new Repository();
                new Service(repository).Warm();
                return string.Join(",", repository.Log);
            }
        }
        """,
        """
        class Repository
        {
            public readonly List<string> Log = new();
            private async Task WaitAsync() => await Task.Delay(1);
            internal async Task<string> QueryAsync(string key) { await WaitAsync(); Log.Add(key); return key.ToUpperInvariant(); }
        }

        class Service(Repository repository)
        {
            public async Task<string?> FindAsync(string key) => key.Length > 0 ? await repository.QueryAsync(key) : null;

            public async Task WarmAsync()
            {
                if ((await FindAsync("a"))!.Length == 1 && !string.IsNullOrEmpty(await FindAsync("b")))
                    await FindAsync("c");
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var repository = new Repository();
                await new Service(repository).WarmAsync();
                return string.Join(",", repository.Log);
            }
        }
        """);

    [Fact]
    public Task Two_findings_in_one_function_and_a_diamond_above() => ConvertsAndRunsTheSame(
        """
        static class Program
        {
            static int s_count;
            static void Work() { [|Thread.Sleep(1)|]; s_count++; [|Thread.Sleep(2)|]; }
            static void Left() => Work();
            static void Right() { Work(); Work(); }
            static int Top() { Left(); Right(); return s_count; }

            public static async Task<string> Run()
            {
                await Task.Yield();
                return Top().ToString();
            }
        }
        """,
        """
        static class Program
        {
            static int s_count;
            static async Task WorkAsync() { await Task.Delay(1); s_count++; await Task.Delay(2); }
            static async Task LeftAsync() => await WorkAsync();
            static async Task RightAsync() { await WorkAsync(); await WorkAsync(); }
            static async Task<int> TopAsync() { await LeftAsync(); await RightAsync(); return s_count; }

            public static async Task<string> Run()
            {
                await Task.Yield();
                return (await TopAsync()).ToString();
            }
        }
        """);

    [Fact]
    public Task Recursion_and_mutual_recursion() => ConvertsAndRunsTheSame(
        """
        static class Program
        {
            static int Fib(int n)
            {
                [|Thread.Sleep(1)|];
                return n < 2 ? n : Fib(n - 1) + Fib(n - 2);
            }

            static bool IsEven(int n) => n == 0 || IsOdd(n - 1);
            static bool IsOdd(int n) { [|Thread.Sleep(1)|]; return n != 0 && IsEven(n - 1); }

            public static async Task<string> Run()
            {
                await Task.Yield();
                return $"{Fib(5)} {IsEven(4)}";
            }
        }
        """,
        """
        static class Program
        {
            static async Task<int> FibAsync(int n)
            {
                await Task.Delay(1);
                return n < 2 ? n : await FibAsync(n - 1) + await FibAsync(n - 2);
            }

            static async Task<bool> IsEvenAsync(int n) => n == 0 || await IsOddAsync(n - 1);
            static async Task<bool> IsOddAsync(int n) { await Task.Delay(1); return n != 0 && await IsEvenAsync(n - 1); }

            public static async Task<string> Run()
            {
                await Task.Yield();
                return $"{await FibAsync(5)} {await IsEvenAsync(4)}";
            }
        }
        """);

    [Fact]
    public Task A_call_in_every_place_of_an_expression() => ConvertsAndRunsTheSame(
        """
        class Item : IDisposable
        {
            public int X;
            public int[] Values = [1, 2];
            public void Dispose() { }
        }

        static class Program
        {
            static Item Load(int x) { [|Thread.Sleep(1)|]; return new Item { X = x }; }
            static int Number() { [|Thread.Sleep(1)|]; return 3; }

            public static async Task<string> Run()
            {
                await Task.Yield();
                var sum = Load(1).X + Load(2).Values[1] - -Number();
                foreach (var value in Load(3).Values)
                    sum += value * Number();

                using (Load(4))
                using (var item = Load(5))
                    sum += item.X;

                var made = new Item { X = Number(), Values = new[] { Number(), (int)Number() } };
                var array = new int[Number()];
                array[Number() - 1] = Number();
                sum += Number() switch { 3 => Number(), _ => 0 };
                for (var i = 0; i < Number(); i++)
                    sum += made.Values[1];

                while (sum < Number()) sum++;
                do sum++; while (sum < Number());
                switch (Number()) { case 3 when Number() == 3: sum++; break; }
                if (Load(Number()) is { X: 3 } found) sum += found.X;
                return $"{sum} {Number():D2} {(Number() > 2 ? Number() : 0)} {array[2]} {Load(1)?.X}";
            }
        }
        """,
        """
        class Item : IDisposable
        {
            public int X;
            public int[] Values = [1, 2];
            public void Dispose() { }
        }

        static class Program
        {
            static async Task<Item> LoadAsync(int x) { await Task.Delay(1); return new Item { X = x }; }
            static async Task<int> NumberAsync() { await Task.Delay(1); return 3; }

            public static async Task<string> Run()
            {
                await Task.Yield();
                var sum = (await LoadAsync(1)).X + (await LoadAsync(2)).Values[1] - -await NumberAsync();
                foreach (var value in (await LoadAsync(3)).Values)
                    sum += value * await NumberAsync();

                using (await LoadAsync(4))
                using (var item = await LoadAsync(5))
                    sum += item.X;

                var made = new Item { X = await NumberAsync(), Values = new[] { await NumberAsync(), (int)await NumberAsync() } };
                var array = new int[await NumberAsync()];
                array[await NumberAsync() - 1] = await NumberAsync();
                sum += (await NumberAsync()) switch { 3 => await NumberAsync(), _ => 0 };
                for (var i = 0; i < await NumberAsync(); i++)
                    sum += made.Values[1];

                while (sum < await NumberAsync()) sum++;
                do sum++; while (sum < await NumberAsync());
                switch (await NumberAsync()) { case 3 when await NumberAsync() == 3: sum++; break; }
                if (await LoadAsync(await NumberAsync()) is { X: 3 } found) sum += found.X;
                return $"{sum} {await NumberAsync():D2} {(await NumberAsync() > 2 ? await NumberAsync() : 0)} {array[2]} {(await LoadAsync(1))?.X}";
            }
        }
        """);

    [Fact]
    public Task Local_functions_and_generic_and_extension_methods() => ConvertsAndRunsTheSame(
        """
        static class Extensions
        {
            public static T Slow<T>(this T value) where T : notnull { [|Thread.Sleep(1)|]; return value; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var total = 0;
                Add(1.Slow());
                Add(Extensions.Slow<int>(2));
                return total + "x".Slow();

                void Add(int value)
                {
                    [|Thread.Sleep(1)|];
                    total += value;
                }
            }
        }
        """,
        """
        static class Extensions
        {
            public static async Task<T> SlowAsync<T>(this T value) where T : notnull { await Task.Delay(1); return value; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var total = 0;
                await AddAsync(await 1.SlowAsync());
                await AddAsync(await Extensions.SlowAsync<int>(2));
                return total + await "x".SlowAsync();

                async Task AddAsync(int value)
                {
                    await Task.Delay(1);
                    total += value;
                }
            }
        }
        """);

    [Fact]
    public Task A_method_that_returns_tasks_without_async() => ConvertsAndRunsTheSame(
        """
        class C
        {
            public readonly List<int> Log = new();

            public Task<int> Get(int n)
            {
                [|Thread.Sleep(1)|];
                if (n == 0)
                    return Task.FromResult(n);

                return n == 1 ? Task.FromResult(5) : Other();
            }

            public Task Put(int n)
            {
                [|Thread.Sleep(1)|];
                if (n == 0) return Task.CompletedTask;
                if (n == 1) return Other();
                Log.Add(n);
                return Task.CompletedTask;
            }

            public ValueTask<int> Fast() { [|Thread.Sleep(1)|]; return new ValueTask<int>(9); }
            public Task Tail() { [|Thread.Sleep(1)|]; return Put(7); }
            private async Task<int> Other() { await Task.Yield(); Log.Add(-1); return 6; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                var c = new C();
                var sum = await c.Get(0) + await c.Get(1) + await c.Get(2) + await c.Fast();
                await c.Put(0); await c.Put(1); await c.Put(2); await c.Tail();
                return sum + string.Join(",", c.Log);
            }
        }
        """,
        """
        class C
        {
            public readonly List<int> Log = new();

            public async Task<int> Get(int n)
            {
                await Task.Delay(1);
                if (n == 0)
                    return n;

                return await (n == 1 ? Task.FromResult(5) : Other());
            }

            public async Task Put(int n)
            {
                await Task.Delay(1);
                if (n == 0) return;
                if (n == 1)
                {
                    await Other();
                    return;
                }
                Log.Add(n);
            }

            public async ValueTask<int> Fast() { await Task.Delay(1); return 9; }
            public async Task Tail() { await Task.Delay(1); await Put(7); }
            private async Task<int> Other() { await Task.Yield(); Log.Add(-1); return 6; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                var c = new C();
                var sum = await c.Get(0) + await c.Get(1) + await c.Get(2) + await c.Fast();
                await c.Put(0); await c.Put(1); await c.Put(2); await c.Tail();
                return sum + string.Join(",", c.Log);
            }
        }
        """);

    [Fact]
    public Task A_guarded_call_statement() => ConvertsAndRunsTheSame(
        """
        class Hook
        {
            public int Count;
            public void Fire() { [|Thread.Sleep(1)|]; Count++; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var hook = new Hook();
                Hook? none = Environment.TickCount64 < 0 ? hook : null;
                hook?.Fire();
                none?.Fire();
                return hook!.Count.ToString();
            }
        }
        """,
        """
        class Hook
        {
            public int Count;
            public async Task FireAsync() { await Task.Delay(1); Count++; }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var hook = new Hook();
                Hook? none = Environment.TickCount64 < 0 ? hook : null;
                if (hook is not null)
                {
                    await hook.FireAsync();
                }
                if (none is not null)
                {
                    await none.FireAsync();
                }
                return hook!.Count.ToString();
            }
        }
        """);

    [Fact]
    public Task An_exception_travels_the_same_way() => ConvertsAndRunsTheSame(
        """
        static class Program
        {
            static void Fail() { [|Thread.Sleep(1)|]; throw new InvalidOperationException("boom"); }
            static string Guard()
            {
                try { Fail(); return "no"; }
                catch (InvalidOperationException e) { return e.Message; }
                finally { [|Thread.Sleep(1)|]; }
            }

            public static async Task<string> Run() { await Task.Yield(); return Guard(); }
        }
        """,
        """
        static class Program
        {
            static async Task FailAsync() { await Task.Delay(1); throw new InvalidOperationException("boom"); }
            static async Task<string> GuardAsync()
            {
                try { await FailAsync(); return "no"; }
                catch (InvalidOperationException e) { return e.Message; }
                finally { await Task.Delay(1); }
            }

            public static async Task<string> Run() { await Task.Yield(); return await GuardAsync(); }
        }
        """);
}
