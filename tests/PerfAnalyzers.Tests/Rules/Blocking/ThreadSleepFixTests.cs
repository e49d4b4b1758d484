using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class ThreadSleepFixTests : RuleTests<ThreadSleepAnalyzer, ThreadSleepFix>
{
    private const string Usings = "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    [Fact]
    public Task Every_call_in_the_file_with_comments_and_imports_kept() => Fixes(
        """
        using static System.Threading.Thread;
        using System.Threading.Tasks;

        class C
        {
            async Task M()
            {
                // back off
                [|Sleep(System.TimeSpan.FromSeconds(1))|]; // a second
                await Task.Run(async () => { [|System.Threading.Thread.Sleep(2)|]; await Task.Yield(); });
            }
        }
        """,
        """
        using static System.Threading.Thread;
        using System.Threading.Tasks;

        class C
        {
            async Task M()
            {
                // back off
                await Task.Delay(System.TimeSpan.FromSeconds(1)); // a second
                await Task.Run(async () => { await Task.Delay(2); await Task.Yield(); });
            }
        }
        """);

    [Theory]
    [InlineData("async Task M(CancellationToken stop) { [|Thread.Sleep(5)|]; await Task.Yield(); }", "async Task M(CancellationToken stop) { await Task.Delay(5, stop); await Task.Yield(); }")]
    [InlineData("async Task M(int n) { [|Thread.Sleep(millisecondsTimeout: n)|]; await Task.Yield(); }", "async Task M(int n) { await Task.Delay(n); await Task.Yield(); }")]
    [InlineData("async Task M(TimeSpan t) { if (t > TimeSpan.Zero) [|Thread.Sleep(t)|]; await Task.Yield(); }", "async Task M(TimeSpan t) { if (t > TimeSpan.Zero) await Task.Delay(t); await Task.Yield(); }")]
    [InlineData("async Task M(CancellationToken stop) { [|Task.Delay(5, stop).Wait()|]; await Task.Yield(); }", "async Task M(CancellationToken stop) { await Task.Delay(5, stop); await Task.Yield(); }")]
    [InlineData("async Task M() { [|Task.Delay(5).Wait()|]; await Task.Yield(); }", "async Task M() { await Task.Delay(5); await Task.Yield(); }")]
    [InlineData("async Task M(CancellationToken stop) { [|Task.Delay(TimeSpan.FromSeconds(1)).Wait()|]; await Task.Yield(); }", "async Task M(CancellationToken stop) { await Task.Delay(TimeSpan.FromSeconds(1), stop); await Task.Yield(); }")]
    [InlineData("async Task M(CancellationToken stop) { try { await Task.Yield(); } catch { [|Thread.Sleep(5)|]; } finally { [|Thread.Sleep(6)|]; } }", "async Task M(CancellationToken stop) { try { await Task.Yield(); } catch { await Task.Delay(5); } finally { await Task.Delay(6); } }")]
    [InlineData("Task M() { [|Thread.Sleep(1)|]; return Task.CompletedTask; }", "async Task M() { await Task.Delay(1); }")]
    [InlineData("void M() => [|Thread.Sleep(1)|];", "async Task MAsync() => await Task.Delay(1);")]
    [InlineData("Func<Task> M() => () => { [|Thread.Sleep(1)|]; return Task.CompletedTask; };", "Func<Task> M() => async () => { await Task.Delay(1); };")]
    public Task One_call(string member, string fixedMember) => Fixes($"{Usings}class C {{ {member} }}", $"{Usings}class C {{ {fixedMember} }}");

    [Fact]
    public Task Spinning_on_a_condition_becomes_a_loop() => FixesAndRunsTheSame(Usings +
        """
        static class Program
        {
            static int s_calls;
            static volatile bool s_busy;
            static bool IsDone() => ++s_calls > 2;

            public static async Task<string> Run()
            {
                await Task.Yield();
                [|SpinWait.SpinUntil(() => IsDone())|];
                [|SpinWait.SpinUntil(() => !s_busy)|]; // idle
                if (s_calls > 0)
                    [|SpinWait.SpinUntil(() => s_calls < 0 || s_busy, 20)|];

                return s_calls.ToString();
            }
        }
        """,
        """
        using System;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;
        static class Program
        {
            static int s_calls;
            static volatile bool s_busy;
            static bool IsDone() => ++s_calls > 2;

            public static async Task<string> Run()
            {
                await Task.Yield();
                while (!IsDone())
                {
                    await Task.Delay(1);
                }
                while (s_busy)
                {
                    await Task.Delay(1);
                } // idle
                if (s_calls > 0)
                    for (var waited = Stopwatch.StartNew(); !(s_calls < 0 || s_busy) && waited.ElapsedMilliseconds < 20;)
                    {
                        await Task.Delay(1);
                    }

                return s_calls.ToString();
            }
        }
        """);

    [Theory]
    [InlineData("async Task M() { lock (this) [|Thread.Sleep(1)|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|Thread.SpinWait(20)|]; await Task.Yield(); }")]
    [InlineData("async Task<bool> M() { await Task.Yield(); return [|SpinWait.SpinUntil(() => true, 100)|]; }")]
    [InlineData("async Task M(int t) { [|SpinWait.SpinUntil(() => true, t)|]; await Task.Yield(); }")]
    [InlineData("async Task M(Func<bool> done) { [|SpinWait.SpinUntil(done)|]; await Task.Yield(); }")]
    [InlineData("async Task M(CancellationToken stop) { try { [|Task.Delay(1, stop).Wait()|]; } catch (AggregateException) { } await Task.Yield(); }")]
    [InlineData("async Task<bool> M() { await Task.Yield(); return [|Task.Delay(10).Wait(5)|]; }")]
    [InlineData("object M() => new Timer(_ => [|Thread.Sleep(1)|], null, 0, 1000);")]
    [InlineData("object M() => new Timer(Tick); void Tick(object? state) { [|Thread.Sleep(1)|]; }")]
    public Task Nothing_where_no_exact_wait_exists(string member) => Fixes($"{Usings}class C {{ {member} }}", $"{Usings}class C {{ {member} }}");
}
