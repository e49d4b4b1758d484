using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class ThreadSleepTests : RuleTests<ThreadSleepAnalyzer, ThreadSleepFix>
{
    [Fact]
    public Task Fixes_every_call_in_the_file_and_keeps_comments_and_imports() => Fixes(
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

    [Fact]
    public Task Offers_no_fix_inside_a_lock_where_await_is_illegal() => ReportsWithoutFix(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M()
            {
                lock (this) [|Thread.Sleep(1)|];
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_a_yield_of_the_time_slice() => IsQuietOn(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M() { Thread.Sleep(0); await Task.Yield(); }
        }
        """);
}
