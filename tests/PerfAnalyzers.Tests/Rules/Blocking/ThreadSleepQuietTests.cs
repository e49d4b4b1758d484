using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class ThreadSleepQuietTests : RuleTests<ThreadSleepAnalyzer, ThreadSleepFix>
{
    private const string Usings = "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    [Theory]
    [InlineData("void M() { new Thread(() => { while (true) Thread.Sleep(1000); }).Start(); }")]
    [InlineData("void M() { var thread = new Thread(Run) { IsBackground = true }; thread.Start(); } private void Run() { Thread.Sleep(1); }")]
    [InlineData("void M() { new Thread(new ThreadStart(this.Run)).Start(); } private void Run() { Thread.Sleep(1); }")]
    [InlineData("private Thread _t; public C() { _t = new Thread(Run); _t.Start(1); } private void Run(object? state) { while (true) { Step(); } } private void Step() => Thread.Sleep(1);")]
    [InlineData("void M() { Task.Factory.StartNew(() => Thread.Sleep(1), TaskCreationOptions.LongRunning); }")]
    [InlineData("void M(CancellationToken stop) { Task.Factory.StartNew(Run, stop, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default); } private void Run() { Thread.Sleep(1); }")]
    [InlineData("void M() { Thread t = new(() => Thread.Sleep(1)); t.Start(); }")]
    [InlineData("void M() { var t = new Thread(Loop); t.Start(); void Loop() { Thread.Sleep(1); Loop(); } }")]
    public Task On_a_thread_of_its_own(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("async Task M() { Thread.Sleep(0); await Task.Yield(); }")]
    [InlineData("async Task M() { Thread.Sleep(TimeSpan.Zero); await Task.Yield(); }")]
    [InlineData("const int None = 0; async Task M() { Thread.Sleep(None); await Task.Yield(); }")]
    [InlineData("async Task M() { await Task.Delay(1); }")]
    [InlineData("string M() => nameof(Thread.Sleep);")]
    [InlineData("async Task M() { Thread.Yield(); await Task.Yield(); }")]
    [InlineData("async Task M() { Bed.Sleep(1); await Task.Yield(); } static class Bed { public static void Sleep(int hours) { } }")]
    [InlineData("void M(Task other) { other.Wait(); }")]
    [InlineData("async Task M() { Delay(1).Wait(); await Task.Yield(); } Task Delay(int n) => Task.CompletedTask;")]
    public Task On_what_only_looks_alike(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("class Program { static void Main() { Thread.Sleep(1000); } }")]
    [InlineData("class Program { static async Task Main(string[] args) { await Task.Yield(); Thread.Sleep(1000); } }")]
    [InlineData("Thread.Sleep(1000);")]
    [InlineData("Thread.Sleep(1000); await Task.Yield();")]
    public Task In_Main(string source) => IsQuietOn(Usings + source, test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("async Task M(bool async) { if (async) await Task.Delay(5); else Thread.Sleep(5); }")]
    [InlineData("async Task M(bool async) { if (async) { await Task.Delay(5); return; } Thread.Sleep(5); }")]
    public Task In_the_synchronous_arm_of_a_choice(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Fact]
    public Task In_a_synchronous_member_of_a_library_with_an_async_one_beside_it() => IsQuietOn($$"""
        {{Usings}}
        using System.IO;
        public sealed class Growing : MemoryStream
        {
            public override int Read(Span<byte> buffer)
            {
                while (base.Read(buffer) == 0)
                    Thread.Sleep(50);

                return 1;
            }
        }
        """);

    [Fact]
    public Task In_what_the_host_runs_once_when_it_stops() => IsQuietOn($$"""
        {{Usings}}
        using Microsoft.Extensions.Hosting;
        public class Startup
        {
            public void Watch(IHostApplicationLifetime lifetime)
            {
                lifetime.ApplicationStopping.Register(OnStop);
                lifetime.ApplicationStopped.Register(() => Thread.Sleep(10));
            }

            private static void OnStop() { Console.WriteLine("bye"); Thread.Sleep(1000); }
        }
        """);

    [Fact]
    public Task In_a_plain_library() => IsQuietOn($"{Usings}public class C {{ public void M() {{ Thread.Sleep(1); }} }}", test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task In_undecided_code_when_the_scope_is_strict() => IsQuietOn($"{Usings}public class C {{ public void M() {{ Thread.Sleep(1); }} }}", test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task In_code_that_does_not_bind() => IsQuietOn($"{Usings}public class C {{ async Task M() {{ Thread.Sleep(); Thread.Sleep(\"a\"); Thread.Sleep( await }} }}", test => test.AllowCompilerErrors = true);
}
