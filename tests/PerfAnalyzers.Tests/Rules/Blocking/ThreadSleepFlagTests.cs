using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class ThreadSleepFlagTests : RuleTests<ThreadSleepAnalyzer, ThreadSleepFix>
{
    private const string Usings = "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    [Theory]
    [InlineData("async Task M() { [|Thread.Sleep(500)|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|System.Threading.Thread.Sleep(TimeSpan.FromSeconds(1))|]; await Task.Yield(); }")]
    [InlineData("async Task M(int wait) { [|Thread.Sleep(millisecondsTimeout: wait)|]; await Task.Yield(); }")]
    [InlineData("Task M() { [|Thread.Sleep(1)|]; return Task.CompletedTask; }")]
    [InlineData("ValueTask<int> M() { [|Thread.Sleep(1)|]; return new ValueTask<int>(1); }")]
    [InlineData("async Task M() { [|SpinWait.SpinUntil(() => Done)|]; await Task.Yield(); } bool Done;")]
    [InlineData("async Task<bool> M() { await Task.Yield(); return [|SpinWait.SpinUntil(() => Done, 100)|]; } bool Done;")]
    [InlineData("async Task M() { [|Thread.SpinWait(100)|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|Task.Delay(10).Wait()|]; await Task.Yield(); }")]
    [InlineData("async Task M(CancellationToken stop) { [|Task.Delay(10, stop).Wait(stop)|]; await Task.Yield(); }")]
    [InlineData("Func<Task> M() => async () => { [|Thread.Sleep(1)|]; await Task.Yield(); };")]
    [InlineData("async Task M() { await Local(); async Task Local() { [|Thread.Sleep(1)|]; await Task.Yield(); } }")]
    [InlineData("async System.Collections.Generic.IAsyncEnumerable<int> M() { [|Thread.Sleep(1)|]; yield return 1; await Task.Yield(); }")]
    [InlineData("async void M() { [|Thread.Sleep(1)|]; await Task.Yield(); }")]
    public Task In_async_code_of_any_project(string member) => Flags($"{Usings}class C {{ {member} }}", test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Theory]
    [InlineData("void M() { for (var i = 0; i < 3; i++) { try { return; } catch { [|Thread.Sleep(1000 * i)|]; } } }")]
    [InlineData("int P { get { [|Thread.Sleep(1)|]; return 1; } }")]
    [InlineData("public C() { [|Thread.Sleep(1)|]; }")]
    [InlineData("void M() { lock (this) [|Thread.Sleep(1)|]; }")]
    [InlineData("void M(int n) { if (n > 0) [|Thread.Sleep(n)|]; }")]
    public Task In_undecided_code_of_a_server(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Fact]
    public Task Through_a_static_import_and_an_alias() => Flags(
        """
        using static System.Threading.Thread;
        using T = System.Threading.Thread;

        public class C
        {
            public void M() { [|Sleep(1)|]; [|T.Sleep(2)|]; }
        }
        """);

    [Theory]
    [InlineData("object M() => new Timer(_ => [|Thread.Sleep(1)|], null, 0, 1000);")]
    [InlineData("object M() => new System.Threading.Timer(Tick); void Tick(object? state) { [|Thread.Sleep(1)|]; }")]
    public Task In_a_timer_callback_of_any_project(string member) => Flags($"{Usings}class C {{ {member} }}", test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task In_a_plain_library_when_the_scope_is_all() => Flags($"{Usings}class C {{ void M() {{ [|Thread.Sleep(1)|]; }} }}", test =>
    {
        test.ReferenceAssemblies = ReferenceAssemblies.Net;
        Set(test, "perf_analyzers.scope = all");
    });

    [Fact]
    public Task In_a_local_function_that_its_thread_shares_with_others() => Flags(Usings +
        """
        public class C
        {
            public void Start() { new Thread(Run).Start(); Run(); }
            private void Run() { [|Thread.Sleep(1)|]; }
        }
        """);

    [Fact]
    public Task The_message_names_the_request_that_a_lambda_answers() => Flags(
        """
        using System.Threading;
        using Microsoft.AspNetCore.Builder;

        static class Endpoints
        {
            static void Map(WebApplication app) => app.MapGroup("/orders").MapGet("/{id}", (int id) => { {|#0:Thread.Sleep(id)|}; return id; });
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PERF101", DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'Thread.Sleep' holds the thread of 'GET /orders/{id}' while it waits, so no other request can use it; await Task.Delay")));

    [Fact]
    public Task The_message_names_the_call_and_its_function() => Flags(Usings +
        """
        public class Poller
        {
            public void Wait() { {|#0:Task.Delay(5).Wait()|}; {|#1:Thread.Sleep(5)|}; }
        }
        """, test => test.ExpectedDiagnostics.AddRange(
        [
            new DiagnosticResult("PERF101", DiagnosticSeverity.Warning).WithLocation(0)
                .WithMessage("'Task.Delay(…).Wait' holds the thread of 'Poller.Wait' while it waits, so no other request can use it; await Task.Delay"),
            new DiagnosticResult("PERF101", DiagnosticSeverity.Warning).WithLocation(1)
                .WithMessage("'Thread.Sleep' holds the thread of 'Poller.Wait' while it waits, so no other request can use it; await Task.Delay"),
        ]));

    [Fact]
    public Task A_stop_handler_that_is_called_elsewhere_too() => Flags($$"""
        {{Usings}}
        using Microsoft.Extensions.Hosting;
        public class Startup
        {
            public void Watch(IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.Register(OnStop);
            public void Stop() => OnStop();
            private static void OnStop() { [|Thread.Sleep(1000)|]; }
        }
        """);
}
