using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class BlockingWaitFlagTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Usings =
        """
        using System;
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Net;
        using System.Net.Mail;
        using System.Net.NetworkInformation;
        using System.Net.Sockets;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    [Theory]
    [InlineData("void M(SemaphoreSlim gate) { gate.[|Wait|](); }")]
    [InlineData("bool M(SemaphoreSlim gate, CancellationToken stop) => gate.[|Wait|](TimeSpan.FromSeconds(5), stop);")]
    [InlineData("bool M(SemaphoreSlim gate) => gate.[|Wait|](-1);")]
    [InlineData("void M(SemaphoreSlim? gate) { gate?.[|Wait|](); }")]
    [InlineData("static readonly SemaphoreSlim s_gate = new(1); public C() { s_gate.[|Wait|](); }")]
    [InlineData("object M(SemaphoreSlim gate) { lock (this) { gate.[|Wait|](); } return gate; }")]
    public Task Semaphores_in_undecided_code_of_a_server(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("int M() { using var p = Process.Start(\"git\", \"fetch\"); p.[|WaitForExit|](); return p.ExitCode; }")]
    [InlineData("int M(ProcessStartInfo start) { using var p = Process.Start(start)!; if (!p.[|WaitForExit|](30_000)) p.Kill(); return p.ExitCode; }")]
    [InlineData("void M(Process p) { if (!p.HasExited) p.[|WaitForExit|](); }")]
    [InlineData("void M(Process p) { p.[|WaitForExit|](TimeSpan.FromSeconds(1)); }")]
    public Task Processes(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("IPAddress M(string host) => Dns.[|GetHostEntry|](host).AddressList[0];")]
    [InlineData("IPAddress[] M(Uri uri) => Dns.[|GetHostAddresses|](uri.Host, AddressFamily.InterNetwork);")]
    [InlineData("string M(IPAddress address) => Dns.[|GetHostEntry|](address).HostName;")]
    [InlineData("IPAddress[] M() => Dns.[|GetHostAddresses|](\"mail.example.org\");")]
    public Task Name_servers(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Fact]
    public Task Obsolete_name_server_calls() => Flags(
        $"{Usings}public class C {{\n#pragma warning disable CS0618\nstring M(string host) => Dns.[|GetHostByName|](host).HostName; string N(string host) => Dns.[|Resolve|](host).HostName; }}");

    [Theory]
    [InlineData("void M(MailMessage mail) { using var smtp = new SmtpClient(\"localhost\"); smtp.[|Send|](mail); }")]
    [InlineData("void M(SmtpClient smtp) { smtp.[|Send|](\"a@example.org\", \"b@example.org\", \"Hello\", \"Text\"); }")]
    [InlineData("bool M(string host) { using var ping = new Ping(); return ping.[|Send|](host, 500).Status == IPStatus.Success; }")]
    [InlineData("long M(IPAddress host) => new Ping().[|Send|](host).RoundtripTime;")]
    public Task Mail_and_ping(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("void M(string host) { using var client = new TcpClient(); client.[|Connect|](host, 25); }")]
    [InlineData("int M(Socket socket, byte[] buffer) => socket.[|Receive|](buffer);")]
    [InlineData("int M(Socket socket, byte[] buffer) => socket.[|Receive|](buffer, 0, 10, SocketFlags.None);")]
    [InlineData("void M(Socket socket, EndPoint to) { socket.[|Connect|](to); }")]
    [InlineData("Socket M(Socket listener) => listener.[|Accept|]();")]
    [InlineData("TcpClient M(TcpListener listener) => listener.[|AcceptTcpClient|]();")]
    [InlineData("byte[] M(UdpClient client) { IPEndPoint? from = null; return client.[|Receive|](ref from); }")]
    [InlineData("int M(TcpClient client, byte[] buffer) { NetworkStream stream = client.GetStream(); stream.[|Write|](buffer, 0, 1); return stream.[|Read|](buffer, 0, buffer.Length); }")]
    public Task Sockets(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("async Task M(ManualResetEventSlim ready) { ready.[|Wait|](); await Task.Yield(); }")]
    [InlineData("async Task M(ManualResetEvent ready) { ready.[|WaitOne|](); await Task.Yield(); }")]
    [InlineData("async Task<bool> M(AutoResetEvent ready) { await Task.Yield(); return ready.[|WaitOne|](TimeSpan.FromSeconds(1)); }")]
    [InlineData("Task M(Mutex mutex) { mutex.[|WaitOne|](); try { return Task.CompletedTask; } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("async Task M(CancellationToken stop) { while (!stop.WaitHandle.[|WaitOne|](1000)) await Task.Yield(); }")]
    [InlineData("async Task M(WaitHandle[] all) { WaitHandle.[|WaitAll|](all); WaitHandle.[|WaitAny|](all, 1000); await Task.Yield(); }")]
    [InlineData("async Task M() { var thread = new Thread(() => { }); thread.Start(); thread.[|Join|](); await Task.Yield(); }")]
    [InlineData("async Task M(Thread thread) { if (!thread.[|Join|](1000)) await Task.Yield(); }")]
    [InlineData("async Task M(CountdownEvent all) { all.[|Wait|](); await Task.Yield(); }")]
    [InlineData("async Task M(Barrier barrier) { barrier.[|SignalAndWait|](); await Task.Yield(); }")]
    [InlineData("async Task<int> M(BlockingCollection<int> queue) { await Task.Yield(); return queue.[|Take|](); }")]
    [InlineData("async Task<bool> M(BlockingCollection<int> queue) { await Task.Yield(); return queue.[|TryTake|](out _, 500); }")]
    [InlineData("async Task M(BlockingCollection<string> queue, CancellationToken stop) { foreach (var line in queue.[|GetConsumingEnumerable|](stop)) await Task.Yield(); }")]
    [InlineData("Func<Task> M(ManualResetEventSlim ready) => async () => { ready.[|Wait|](); await Task.Yield(); };")]
    public Task What_cannot_be_awaited_in_async_code_of_any_project(string member) => ReportsWithoutFix($"{Usings}class C {{ {member} }}", test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task What_cannot_be_awaited_in_an_action_itself() => ReportsWithoutFix($$"""
        {{Usings}}
        using Microsoft.AspNetCore.Mvc;
        public class JobsController : ControllerBase
        {
            private static readonly ManualResetEventSlim s_ready = new();
            private readonly Runner _runner = new();

            [HttpGet] public IActionResult Get() { s_ready.[|Wait|](1000); return Ok(); }
            [HttpPost] public IActionResult Post() { _runner.Run(); return Ok(); }
        }

        public class Runner
        {
            // Below the entry a thread-bound design is somebody's decision.
            public void Run() { var thread = new Thread(() => { }); thread.Start(); thread.Join(); }
        }
        """);

    [Fact]
    public Task A_background_service_that_consumes_a_blocking_queue() => ReportsWithoutFix($$"""
        {{Usings}}
        using Microsoft.Extensions.Hosting;
        public class Mailer(BlockingCollection<string> queue) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                foreach (var mail in queue.[|GetConsumingEnumerable|](stoppingToken))
                    Console.WriteLine(mail);

                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task The_clients_of_MailKit() => Flags(
        """
        using System.Threading;
        using System.Threading.Tasks;

        namespace MailKit
        {
            public interface IMailService
            {
                void Connect(string host, int port, CancellationToken stop = default);
                Task ConnectAsync(string host, int port, CancellationToken stop = default);
                void Disconnect(bool quit, CancellationToken stop = default);
                Task DisconnectAsync(bool quit, CancellationToken stop = default);
            }

            public interface IMailTransport : IMailService
            {
                string Send(object message, CancellationToken stop = default);
                Task<string> SendAsync(object message, CancellationToken stop = default);
            }
        }

        public class Mailer(MailKit.IMailTransport client)
        {
            public void Send(object message)
            {
                client.[|Connect|]("localhost", 25);
                client.[|Send|](message);
                client.[|Disconnect|](true);
            }
        }
        """);

    [Fact]
    public Task Below_an_action_with_the_chain_in_the_message() => Flags($$"""
        {{Usings}}
        using Microsoft.AspNetCore.Mvc;
        public class RatesController : ControllerBase
        {
            private readonly Cache _cache = new();
            [HttpGet] public IActionResult Get() { _cache.Read(); return Ok(); }
        }

        public class Cache
        {
            private readonly SemaphoreSlim _gate = new(1);
            public void Read() { _gate.{|#0:Wait|}(); }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PERF106", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'SemaphoreSlim.Wait' holds the thread of 'Cache.Read' while it waits; await WaitAsync (RatesController.Get → Cache.Read)")));

    [Fact]
    public Task In_a_plain_library_when_the_scope_is_all() => Flags($"{Usings}class C {{ void M(SemaphoreSlim gate) {{ gate.[|Wait|](); }} }}", test =>
    {
        test.ReferenceAssemblies = ReferenceAssemblies.Net;
        Set(test, "perf_analyzers.scope = all");
    });
}
