namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Every kind of function that can become async, as the one that waits and as its caller.</summary>
public sealed class FunctionShapes : ShapeTests
{
    [Fact]
    public Task Local_functions_static_nested_generic_and_used_before_they_stand() => Becomes("FirstAsync InnerAsync OfAsync Program.UseAsync",
        """
        public static class Program
        {
            static string Use(int start)
            {
                var sum = start;
                First(2);
                return sum + Of("x");

                void First(int x)
                {
                    sum += Inner(x);
                    static int Inner(int y) { Thread.Sleep(1); return Log.Write(y); }
                }

                T Of<T>(T value) where T : class { Thread.Sleep(1); sum++; return Log.Write(value); }
            }
            public static async Task<string> Run() { await Task.Yield(); return Use(1) + Log.Text; }
        }
        """);

    [Fact]
    public Task Functions_that_return_tasks_without_async() => Becomes("C.Get C.Put C.Fast C.Tail Program.LoadAsync",
        """
        class C
        {
            public Task<int> Get(int n) { Program.Load(n); if (n == 0) return Task.FromResult(Log.Write(n)); return n == 1 ? Task.FromResult(5) : Other(); }
            public Task Put(int n) { Program.Load(n); if (n == 0) return Task.CompletedTask; if (n == 1) return Other(); Log.Write("put"); return Task.CompletedTask; }
            public ValueTask<int> Fast() => new ValueTask<int>(Program.Load(9));
            public Task Tail() { Program.Load(7); return Put(8); }
            private async Task<int> Other() { await Task.Yield(); return Log.Write(6); }
        }
        public static class Program
        {
            internal static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            public static async Task<string> Run()
            {
                var c = new C();
                var sum = await c.Get(0) + await c.Get(1) + await c.Get(2) + await c.Fast();
                await c.Put(0); await c.Put(1); await c.Put(2); await c.Tail();
                return sum + Log.Text;
            }
        }
        """);

    [Fact]
    public Task Async_iterators_and_disposal() => Becomes("Program.LoadAsync",
        """
        class Held : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Program.Load(9); } }
        public static class Program
        {
            internal static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            static async IAsyncEnumerable<int> Some() { for (var i = 0; i < Load(3); i++) { await Task.Yield(); yield return Load(i); } }
            public static async Task<string> Run()
            {
                await using (new Held()) { await foreach (var x in Some()) Load(x + 10); }
                return Log.Text;
            }
        }
        """);

    [Fact]
    public Task Generic_methods_with_constraints_tuples_nullables_and_arrays() => Becomes("G.MakeAsync G.PairAsync G.MapAsync G.MaybeAsync G.ManyAsync Program.UseAsync",
        """
        static class G
        {
            public static T Make<T>() where T : new() { Thread.Sleep(1); Log.Write(typeof(T).Name); return new T(); }
            public static (int Count, string? Name) Pair(int x) { Thread.Sleep(1); return (x, null); }
            public static Dictionary<TKey, List<TValue>> Map<TKey, TValue>(TKey key, params TValue[] values) where TKey : notnull { Thread.Sleep(1); return new() { [key] = [.. values] }; }
            public static T? Maybe<T>(T? value) where T : struct { Thread.Sleep(1); return value; }
            public static int[][] Many() { Thread.Sleep(1); return [[1], [2, 3]]; }
        }
        public static class Program
        {
            static string Use()
            {
                var (count, name) = G.Pair(2);
                return G.Make<object>().GetType().Name + G.Pair(3).Count + count + name + G.Map("k", 1, 2)["k"].Count + G.Map<int, string>(1).Count + G.Maybe<int>(null) + G.Maybe<long>(4)!.Value + G.Many()[1][0];
            }
            public static async Task<string> Run() { await Task.Yield(); return Use() + Log.Text; }
        }
        """);

    [Fact]
    public Task Extension_methods_called_both_ways_and_chained() => Becomes("E.SlowAsync E.ThenAsync Program.UseAsync",
        """
        static class E
        {
            public static string Slow(this string text) { Thread.Sleep(1); return Log.Write(text + "s"); }
            public static string Then(this string text, int n = 1) => text.Slow() + n;
        }
        public static class Program
        {
            static string Use() => "a".Slow().Slow().Then() + E.Slow("b") + E.Then("c", 2) + "d".Then(n: 3).Length;
            public static async Task<string> Run() { await Task.Yield(); return Use() + Log.Text; }
        }
        """);

    [Fact]
    public Task Partial_methods_records_nested_and_generic_types() => Becomes("C.StepAsync C.StepAsync Box.GetAsync Row.LoadAsync Inner.WaitAsync Program.UseAsync",
        """
        partial class C { public partial int Step(int x); }
        partial class C { public partial int Step(int x) { Thread.Sleep(1); return Log.Write(x); } }
        class Box<T>(T value) { public T Get() { Thread.Sleep(1); return Log.Write(value); } public class Inner { public static void Wait() { Thread.Sleep(1); Log.Write(typeof(T).Name); } } }
        record Row(int Id) { public Row Load() { Thread.Sleep(1); return this with { Id = Id + 1 }; } }
        public static class Program
        {
            static string Use() { Box<int>.Inner.Wait(); return new C().Step(1) + new Box<string>("b").Get() + new Row(2).Load().Load(); }
            public static async Task<string> Run() { await Task.Yield(); return Use() + Log.Text; }
        }
        """);

    [Fact]
    public Task A_null_conditional_statement() => Becomes("Hook.FireAsync",
        """
        class Hook { public int Count; public void Fire(int x) { Thread.Sleep(1); Count += Log.Write(x); } }
        public static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var hook = new Hook();
                Hook? none = Environment.TickCount64 < 0 ? hook : null;
                hook?.Fire(1);
                if (none is null) none?.Fire(2); else hook?.Fire(3);
                return hook!.Count + Log.Text;
            }
        }
        """);

    [Fact]
    public Task Nameof_documentation_and_overloads() => Becomes("Program.LoadAsync Program.LoadAsync Program.KeepAsync",
        """
        /// <summary>See <see cref="Load(int)"/>, <see cref="Program.Keep(int)"/>.</summary>
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            static int Load(string x) { Thread.Sleep(1); return Log.Write(x).Length; }
            static int Keep(int x) { Thread.Sleep(1); return Log.Write(x); }
            static int Keep(string x) => x.Length;
            public static async Task<string> Run() { await Task.Yield(); return Load(1) + Load("a") + Keep(2) + Keep("b") + nameof(Keep) + Log.Text; }
        }
        """);

    [Theory]
    [InlineData("static int Main(string[] args) { var x = L.Load(args.Length + 5); return x + Log.Text.Length; }", "Program.Main L.LoadAsync")]
    [InlineData("static int Main() => L.Load(7) * Log.Text.Length;", "Program.Main L.LoadAsync")]
    public Task Main_waits_for_its_task(string main, string functions) => Becomes(functions,
        $$"""
        static class Program { {{main}} }
        public static class L { public static int Load(int x) { Thread.Sleep(1); return Log.Write(x); } public static async Task<int> Other() => await Task.FromResult(Load(1)); }
        """);

    [Fact]
    public Task Top_level_statements_and_their_local_functions() => Becomes("L.LoadAsync DoubleAsync",
        """
        var sum = L.Load(1);
        for (var i = 0; i < 2; i++)
            sum += Double(i);

        return sum * 100 + Log.Text.Length;

        int Double(int x) => L.Load(x) * 2 + sum;

        public static class L { public static int Load(int x) { Thread.Sleep(1); return Log.Write(x); } public static async Task<int> Other() => await Task.FromResult(Load(1)); }
        """);

    [Fact]
    public Task Awaits_that_leave_their_context() => Becomes("Program.LoadAsync Program.UseAsync",
        """
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            static string Use() { foreach (var x in new[] { Load(1), Load(2) }) Load(x); return Load(3).ToString() + Load(4); }
            public static async Task<string> Run() { await Task.Delay(1).ConfigureAwait(false); return Use() + Log.Text; }
        }
        """);

    [Fact]
    public Task Explicit_implementations_called_by_a_cast_and_by_a_constraint() => Becomes("IA.GetAsync:task IB.GetAsync:task C.GetAsync C.GetAsync C.OfAsync Program.OfAsync Program.UseAsync",
        """
        interface IA { int Get(); }
        interface IB { int Get(); }
        class C : IA, IB { int IA.Get() { Thread.Sleep(1); return Log.Write(1); } int IB.Get() => Of(this) + 1; static int Of<T>(T of) where T : IA => of.Get(); }
        public static class Program
        {
            static int Of<T>(T of) where T : IA => of.Get();
            static int Use() => ((IA)new C()).Get() + ((IB)new C()).Get() + Of(new C());
            public static async Task<string> Run() { await Task.Yield(); return Use() + Log.Text; }
        }
        """);
}
