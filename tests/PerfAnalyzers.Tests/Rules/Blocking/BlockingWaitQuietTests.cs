using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class BlockingWaitQuietTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Usings =
        """
        using System;
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Net;
        using System.Net.Sockets;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    [Theory]
    [InlineData("async Task<bool> M(SemaphoreSlim gate) { await Task.Yield(); return gate.Wait(0); }")]
    [InlineData("const int Now = 0; async Task<bool> M(SemaphoreSlim gate) { await Task.Yield(); return gate.Wait(Now); }")]
    [InlineData("bool M(SemaphoreSlim gate, CancellationToken stop) => gate.Wait(TimeSpan.Zero, stop);")]
    [InlineData("bool M(SemaphoreSlim gate) => gate.Wait(timeout: default);")]
    [InlineData("bool M(SemaphoreSlim gate) => gate.Wait(new TimeSpan(0, 0, 0));")]
    [InlineData("bool M(SemaphoreSlim gate) => gate.Wait(TimeSpan.FromSeconds(0));")]
    [InlineData("private static readonly TimeSpan s_now = TimeSpan.Zero; bool M(SemaphoreSlim gate) => gate.Wait(s_now);")]
    [InlineData("async Task M(ManualResetEvent stopped) { while (!stopped.WaitOne(0)) await Task.Delay(10); }")]
    [InlineData("async Task<bool> M(Mutex mutex) { await Task.Yield(); return mutex.WaitOne(TimeSpan.Zero, false); }")]
    [InlineData("async Task<bool> M(Process p) { await Task.Yield(); return p.WaitForExit(0); }")]
    [InlineData("async Task<bool> M(Thread t) { await Task.Yield(); return t.Join(0); }")]
    [InlineData("async Task<int> M(WaitHandle[] all) { await Task.Yield(); return WaitHandle.WaitAny(all, 0); }")]
    [InlineData("async Task<bool> M(BlockingCollection<int> queue) { await Task.Yield(); return queue.TryTake(out _) || queue.TryTake(out _, 0); }")]
    public Task On_a_look_that_does_not_wait(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("async Task M(ManualResetEventSlim ready) { if (ready.IsSet) ready.Wait(); await Task.Yield(); }")]
    [InlineData("async Task M(ManualResetEventSlim ready) { if (!ready.IsSet) return; ready.Wait(); await Task.Yield(); }")]
    [InlineData("async Task M(ManualResetEventSlim ready) { if (!ready.IsSet) await Task.Yield(); else ready.Wait(); }")]
    [InlineData("void M(Process p) { if (p.WaitForExit(0)) { p.WaitForExit(); } }")]
    [InlineData("async Task<int> M(Process p, CancellationToken stop) { await p.WaitForExitAsync(stop); p.WaitForExit(); return p.ExitCode; }")]
    [InlineData("async Task<int> M(Process p, CancellationToken stop) { await p.WaitForExitAsync(stop).ConfigureAwait(false); try { p.WaitForExit(); } catch { } return p.ExitCode; }")]
    [InlineData("void M(Process p) { if (p.HasExited && p.ExitCode != 0) { p.WaitForExit(); } }")]
    [InlineData("void M(Process p) { if (!p.HasExited || p.WaitForExit(0)) { } }")]
    [InlineData("int M(NetworkStream stream, byte[] buffer) => stream.DataAvailable ? stream.Read(buffer, 0, 9) : 0;")]
    [InlineData("void M(Socket socket, byte[] buffer) { while (socket.Available > 0) socket.Receive(buffer); }")]
    [InlineData("TcpClient? M(TcpListener listener) { if (!listener.Pending()) { return null; } return listener.AcceptTcpClient(); }")]
    [InlineData("async Task M(BlockingCollection<int> queue) { queue.CompleteAdding(); foreach (var n in queue.GetConsumingEnumerable()) await Task.Yield(); }")]
    [InlineData("async Task M(BlockingCollection<int> queue) { while (queue.Count != 0) { queue.Take(); await Task.Yield(); } }")]
    [InlineData("async Task M() { var ready = new ManualResetEventSlim(true); ready.Wait(); await Task.Yield(); }")]
    public Task Where_what_it_waits_for_is_there(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("void M(SemaphoreSlim gate) { new Thread(() => { while (true) gate.Wait(); }).Start(); }")]
    [InlineData("private readonly BlockingCollection<int> _queue = new(); public C() { var thread = new Thread(Run) { IsBackground = true }; thread.Start(); } private void Run() { foreach (var n in _queue.GetConsumingEnumerable()) Step(); } private void Step() => Dns.GetHostEntry(\"a.example\");")]
    [InlineData("async Task M(SemaphoreSlim gate) { await Task.Factory.StartNew(() => gate.Wait(), TaskCreationOptions.LongRunning); }")]
    public Task On_a_thread_of_its_own(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("class Program { static void Main() { Process.Start(\"ls\").WaitForExit(); } }")]
    [InlineData("class Program { static async Task Main() { await Task.Yield(); new ManualResetEventSlim().Wait(); Fetch(); } static void Fetch() => Dns.GetHostAddresses(\"a.example\"); }")]
    [InlineData("Process.Start(\"ls\").WaitForExit(); await Task.Yield();")]
    public Task In_Main(string source) => IsQuietOn(Usings + source, test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("public sealed class C : IDisposable { private readonly SemaphoreSlim _gate = new(1); public void Dispose() { _gate.Wait(); _gate.Dispose(); } }")]
    [InlineData("public class C : IDisposable { private readonly Process _p = new(); public void Dispose() => Dispose(true); protected virtual void Dispose(bool all) { _p.Kill(); _p.WaitForExit(); } }")]
    [InlineData("public abstract class Base : IDisposable { public void Dispose() => OnDispose(true); protected abstract void OnDispose(bool all); } public class C : Base { private readonly Process _p = new(); protected override void OnDispose(bool all) { _p.WaitForExit(5000); } }")]
    [InlineData("public class C { private readonly SemaphoreSlim _gate = new(1); ~C() { _gate.Wait(); } }")]
    public Task In_clean_up(string type) => IsQuietOn(Usings + type);

    [Theory]
    [InlineData("void M(ManualResetEventSlim ready, Thread worker) { ready.Wait(); worker.Join(); }")]
    [InlineData("async Task M(ManualResetEvent ready) { await Task.Run(() => ready.WaitOne()); }")]
    public Task On_what_cannot_be_awaited_outside_async_code_and_entries(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("async Task M(string[] parts) { Console.WriteLine(string.Join(\",\", parts)); await Task.Yield(); }")]
    [InlineData("string M(SemaphoreSlim gate) => nameof(gate.Wait) + nameof(Dns.GetHostEntry);")]
    [InlineData("Expression<Action<SemaphoreSlim>> M() => gate => gate.Wait();")]
    [InlineData("async Task M(SemaphoreSlim gate) { await gate.WaitAsync(); gate.Release(); }")]
    [InlineData("object M(BlockingCollection<int> queue) => queue.GetConsumingEnumerable().Where(n => n > 1);")]
    [InlineData("async Task M(Gate gate, Pinger pinger) { gate.Wait(); pinger.Send(\"x\"); await Task.Yield(); } public class Gate { public void Wait() { } } public class Pinger { public void Send(string to) { } }")]
    [InlineData("string M() => Dns.GetHostName();")]
    [InlineData("IPAddress[] M() => Dns.GetHostAddresses(\"127.0.0.1\");")]
    [InlineData("int M(UdpClient client, byte[] data) => client.Send(data, data.Length, \"localhost\", 53);")]
    public Task On_what_only_looks_alike(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("EndPoint? M() { using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, 0); socket.Connect(\"10.0.0.1\", 65530); return socket.LocalEndPoint; }")]
    [InlineData("private readonly Socket _socket; public C() { _socket = new Socket(SocketType.Dgram, ProtocolType.Udp); } void M(EndPoint to) { _socket.Connect(to); }")]
    [InlineData("int M(byte[] buffer) { var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false }; return socket.Receive(buffer); }")]
    public Task On_sockets_that_do_not_wait(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("async Task M(SemaphoreSlim gate, bool async) { if (async) await gate.WaitAsync(); else gate.Wait(); }")]
    [InlineData("async Task M(Process p, bool async) { if (async) { await p.WaitForExitAsync(); return; } p.WaitForExit(); }")]
    public Task In_the_synchronous_arm_of_a_choice(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Fact]
    public Task In_start_up_code() => IsQuietOn($$"""
        {{Usings}}
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services) { services.AddSingleton(Dns.GetHostEntry("proxy.example")); }
        }
        """);

    [Fact]
    public Task In_a_plain_library() => IsQuietOn($"{Usings}public class C {{ public void M(SemaphoreSlim gate) {{ gate.Wait(); }} }}", test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task In_undecided_code_when_the_scope_is_strict() => IsQuietOn($"{Usings}public class C {{ public void M(SemaphoreSlim gate) {{ gate.Wait(); }} }}", test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task On_what_the_user_excluded() => IsQuietOn($"{Usings}public class C {{ public void M(SemaphoreSlim gate) {{ gate.Wait(); }} }}",
        test => Set(test, "perf_analyzers.excluded_symbols = System.Threading.SemaphoreSlim.WaitAsync"));

    [Theory]
    [InlineData("async Task M(SemaphoreSlim gate) { gate.{|CS1501:Wait|}(1, 2, 3); await Task.Yield(); }")]
    [InlineData("async Task M() { {|CS0103:gate|}.Wait(); await Task.Yield(); }")]
    [InlineData("async Task M(Process p) { {|CS0201:p.WaitForExit|}; await Task.Yield(); }")]
    public Task On_code_that_does_not_bind(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");
}
