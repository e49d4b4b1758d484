namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Lambdas that wait, or call what waits, where their delegate can take a task or a loop can stand for it.</summary>
public sealed class LambdaShapes : ShapeTests
{
    [Fact]
    public Task A_local_function_of_a_lambda_and_a_lambda_of_a_local_function() => Becomes("lambda lambda InnerAsync StepAsync Program.UseAsync",
        """
        public static class Program
        {
            static int Use()
            {
                return Step(1) + 1;
                int Step(int x)
                {
                    var a = Task.Run(() => { return Inner(x); int Inner(int y) { Thread.Sleep(1); return Log.Write(y); } });
                    var b = Task.Run(() => Thread.Sleep(1));
                    Thread.Sleep(2);
                    return x + (a.IsCompleted || b.IsCompleted || x > 0 ? 1 : 0);
                }
            }
            public static async Task<string> Run() { await Task.Yield(); var got = Use(); return got + ""; }
        }
        """);

    [Fact]
    public Task Lambdas_that_are_async_already() => Becomes("Program.LoadAsync",
        """
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            public static async Task<string> Run()
            {
                Func<int, Task<int>> a = async x => { await Task.Yield(); return Load(x); };
                Func<int, Task<int>> b = async x => await Task.FromResult(1) + Load(x);
                Func<Task> c = async delegate { await Task.Yield(); Load(3); };
                Func<ValueTask<int>> d = static async () => { await Task.Yield(); return Load(4); };
                await c();
                return await a(1) + await b(2) + await d() + Log.Text;
            }
        }
        """);

    [Fact]
    public Task Lambdas_that_return_tasks() => Becomes("Program.LoadAsync lambda lambda lambda",
        """
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            static async Task<int> Twice(Func<int, Task<int>> get) => await get(1) + await get(2);
            public static async Task<string> Run()
            {
                Func<Task> done = () => { Load(0); return Task.CompletedTask; };
                await done();
                return await Twice(x => Task.FromResult(Load(x))) + await Twice(x => { if (x > 1) Thread.Sleep(1); return Task.FromResult(Log.Write(-x)); }) + Log.Text;
            }
        }
        """);

    [Fact]
    public Task Async_void_handlers_go_on_as_they_are() => Becomes("Program.LoadAsync",
        """
        public static class Program
        {
            static event EventHandler? Fired;
            static readonly TaskCompletionSource s_done = new();
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            public static async Task<string> Run()
            {
                Fired += async (_, _) => { await Task.Yield(); Load(1); s_done.SetResult(); };
                Fired?.Invoke(null, EventArgs.Empty);
                await s_done.Task;
                return Log.Text;
            }
        }
        """);

    [Fact]
    public Task Task_Run_takes_lambdas_and_method_groups() => Becomes("Program.LoadAsync Program.TickAsync lambda lambda lambda",
        """
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            static void Tick() { Thread.Sleep(1); Log.Write("tick"); }
            public static async Task<string> Run()
            {
                await Task.Run(Tick);
                await Task.Run(() => { Tick(); Load(1); }, CancellationToken.None);
                var a = await Task.Run(() => Load(2));
                var b = await Task.Run<int>(delegate { return Load(3); });
                return a + b + Log.Text;
            }
        }
        """);

    [Fact]
    public Task Lambdas_of_LINQ_become_loops_in_the_same_order() => Becomes("Program.LoadAsync Program.CheckAsync Program.AllAsync Program.SomeAsync",
        """
        public static class Program
        {
            static string Load(int id) { Thread.Sleep(1); return Log.Write("r" + id); }
            static bool Check(int id) { Thread.Sleep(1); return Log.Write(id) > 1; }
            static List<string> All(IEnumerable<int> ids) => ids.Select(id => Load(id)).ToList();
            static string[] Some(IEnumerable<int> ids) { var good = ids.Where(id => Check(id)).ToList(); good.ForEach(x => { if (Check(x)) Load(-x); }); return good.Select(x => Load(x) + "!").ToArray(); }
            public static async Task<string> Run() { await Task.Yield(); return string.Concat(All([1, 2, 3]).Concat(Some([1, 2, 3]))) + Log.Text; }
        }
        """);
}
