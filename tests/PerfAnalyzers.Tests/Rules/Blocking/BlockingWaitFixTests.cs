using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class BlockingWaitFixTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Usings =
        """
        using System;
        using System.Diagnostics;
        using System.Net;
        using System.Net.Mail;
        using System.Net.NetworkInformation;
        using System.Net.Sockets;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    [Theory]
    [InlineData("void M(SemaphoreSlim gate) { gate.[|Wait|](); }", "async Task MAsync(SemaphoreSlim gate) { await gate.WaitAsync(); }")]
    [InlineData("async Task<int> M(SemaphoreSlim gate, CancellationToken stop) { if (!gate.[|Wait|](1000)) return 0; return await Task.FromResult(1); }",
        "async Task<int> M(SemaphoreSlim gate, CancellationToken stop) { if (!await gate.WaitAsync(1000, stop)) return 0; return await Task.FromResult(1); }")]
    [InlineData("bool M(SemaphoreSlim gate, TimeSpan limit) => gate.[|Wait|](limit);", "async Task<bool> MAsync(SemaphoreSlim gate, TimeSpan limit) => await gate.WaitAsync(limit);")]
    [InlineData("async Task M(SemaphoreSlim gate, CancellationToken stop) { gate.[|Wait|](CancellationToken.None); await Task.Yield(); }",
        "async Task M(SemaphoreSlim gate, CancellationToken stop) { await gate.WaitAsync(CancellationToken.None); await Task.Yield(); }")]
    public Task Semaphores(string member, string fixedMember) => Fixes($"{Usings}public class C {{ {member} }}", $"{Usings}public class C {{ {fixedMember} }}");

    [Theory]
    [InlineData("async Task<int> M(Process p, CancellationToken stop) { p.[|WaitForExit|](); await Task.Yield(); return p.ExitCode; }",
        "async Task<int> M(Process p, CancellationToken stop) { await p.WaitForExitAsync(stop); await Task.Yield(); return p.ExitCode; }")]
    [InlineData("int M() { using (var p = Process.Start(\"git\")) { p.[|WaitForExit|](); return p.ExitCode; } }", "async Task<int> MAsync() { using (var p = Process.Start(\"git\")) { await p.WaitForExitAsync(); return p.ExitCode; } }")]
    [InlineData("IPAddress M(string host) => Dns.[|GetHostEntry|](host).AddressList[0];", "async Task<IPAddress> MAsync(string host) => (await Dns.GetHostEntryAsync(host)).AddressList[0];")]
    [InlineData("async Task<int> M(string host, CancellationToken stop) { foreach (var a in Dns.[|GetHostAddresses|](host)) await Task.Yield(); return 1; }",
        "async Task<int> M(string host, CancellationToken stop) { foreach (var a in await Dns.GetHostAddressesAsync(host, stop)) await Task.Yield(); return 1; }")]
    [InlineData("void M(MailMessage mail) { using var smtp = new SmtpClient(\"localhost\") { Port = 25 }; smtp.[|Send|](mail); }",
        "async Task MAsync(MailMessage mail) { using var smtp = new SmtpClient(\"localhost\") { Port = 25 }; await smtp.SendMailAsync(mail); }")]
    [InlineData("async Task M(SmtpClient smtp, MailMessage mail, CancellationToken stop) { smtp.[|Send|](mail); smtp.[|Send|](\"a@b.example\", \"c@b.example\", null, \"x\"); await Task.Yield(); }",
        "async Task M(SmtpClient smtp, MailMessage mail, CancellationToken stop) { await smtp.SendMailAsync(mail, stop); await smtp.SendMailAsync(\"a@b.example\", \"c@b.example\", null, \"x\", stop); await Task.Yield(); }")]
    [InlineData("bool M(string host) { using var ping = new Ping(); return ping.[|Send|](host, 500).Status == IPStatus.Success; }",
        "async Task<bool> MAsync(string host) { using var ping = new Ping(); return (await ping.SendPingAsync(host, 500)).Status == IPStatus.Success; }")]
    public Task Processes_names_mail_and_ping(string member, string fixedMember) => Fixes($"{Usings}public class C {{ {member} }}", $"{Usings}public class C {{ {fixedMember} }}");

    [Theory]
    [InlineData("void M(TcpClient client, string host) { client.[|Connect|](host, 25); }", "async Task MAsync(TcpClient client, string host) { await client.ConnectAsync(host, 25); }")]
    [InlineData("async Task<int> M(Socket socket, byte[] buffer, CancellationToken stop) { await Task.Yield(); return socket.[|Receive|](buffer); }",
        "async Task<int> M(Socket socket, byte[] buffer, CancellationToken stop) { await Task.Yield(); return await socket.ReceiveAsync(buffer, stop); }")]
    [InlineData("int M(Socket socket, byte[] buffer) => socket.[|Send|](buffer, SocketFlags.None);", "async Task<int> MAsync(Socket socket, byte[] buffer) => await socket.SendAsync(buffer, SocketFlags.None);")]
    [InlineData("Socket M(Socket listener) => listener.[|Accept|]();", "async Task<Socket> MAsync(Socket listener) => await listener.AcceptAsync();")]
    [InlineData("TcpClient M(TcpListener listener) => listener.[|AcceptTcpClient|]();", "async Task<TcpClient> MAsync(TcpListener listener) => await listener.AcceptTcpClientAsync();")]
    [InlineData("int M(TcpClient client, byte[] buffer) { var stream = client.GetStream(); stream.[|Write|](buffer, 0, 1); return stream.[|Read|](buffer, 0, buffer.Length); }",
        "async Task<int> MAsync(TcpClient client, byte[] buffer) { var stream = client.GetStream(); await stream.WriteAsync(buffer, 0, 1); return await stream.ReadAsync(buffer, 0, buffer.Length); }")]
    public Task Sockets(string member, string fixedMember) => Fixes($"{Usings}public class C {{ {member} }}", $"{Usings}public class C {{ {fixedMember} }}");

    [Theory]
    // A cancelled wait must not be followed by a release.
    [InlineData("async Task M(SemaphoreSlim gate, CancellationToken stop) { try { gate.[|Wait|](); await Task.Yield(); } finally { gate.Release(); } }",
        "async Task M(SemaphoreSlim gate, CancellationToken stop) { try { await gate.WaitAsync(); await Task.Yield(); } finally { gate.Release(); } }")]
    // Clean-up runs to its end.
    [InlineData("async Task M(Process p, CancellationToken stop) { try { await Task.Yield(); } catch { p.Kill(); p.[|WaitForExit|](); } }",
        "async Task M(Process p, CancellationToken stop) { try { await Task.Yield(); } catch { p.Kill(); await p.WaitForExitAsync(); } }")]
    public Task Without_the_token_where_a_cancelled_wait_does_harm(string member, string fixedMember) => Fixes($"{Usings}public class C {{ {member} }}", $"{Usings}public class C {{ {fixedMember} }}");

    [Theory]
    // Its result says whether the process is gone; the twin throws instead.
    [InlineData("bool M(Process p) => p.[|WaitForExit|](5000);")]
    [InlineData("void M(Process p) { p.[|WaitForExit|](5000); p.Kill(); }")]
    [InlineData("void M(SemaphoreSlim gate) { lock (this) { gate.[|Wait|](); } }")]
    [InlineData("void M(SemaphoreSlim gate) { Monitor.Enter(this); try { gate.[|Wait|](); } finally { Monitor.Exit(this); } }")]
    [InlineData("void M(SemaphoreSlim gate, ReaderWriterLockSlim locks) { locks.EnterWriteLock(); gate.[|Wait|](); locks.ExitWriteLock(); }")]
    [InlineData("void M(SemaphoreSlim? gate) { gate?.[|Wait|](); }")]
    [InlineData("static readonly SemaphoreSlim s_gate = new(1); public C() { s_gate.[|Wait|](); }")]
    // The time limit is of the synchronous call only.
    [InlineData("void M(MailMessage mail) { using var smtp = new SmtpClient(\"localhost\") { Timeout = 5000 }; smtp.[|Send|](mail); }")]
    [InlineData("void M(TcpClient client, string host) { client.ReceiveTimeout = 10; client.[|Connect|](host, 25); }")]
    [InlineData("int M(Socket socket, Span<byte> buffer) => socket.[|Receive|](buffer);")]
    [InlineData("int M(Socket socket, byte[] buffer) => socket.[|Receive|](buffer, 0, 10, SocketFlags.None);")]
    [InlineData("void M(SemaphoreSlim gate, out int n) { gate.[|Wait|](); n = 1; }")]
    public Task None_where_it_would_not_be_the_same(string member) => ReportsWithoutFix($"{Usings}public class C {{ {member} }}");

    [Fact]
    public Task With_ConfigureAwait_where_the_type_uses_it() => Fixes(
        $"{Usings}public class C {{ async Task M(SemaphoreSlim gate) {{ gate.[|Wait|](); await Task.Delay(1).ConfigureAwait(false); }} }}",
        $"{Usings}public class C {{ async Task M(SemaphoreSlim gate) {{ await gate.WaitAsync().ConfigureAwait(false); await Task.Delay(1).ConfigureAwait(false); }} }}");

    [Fact]
    public Task Through_service_and_interface_up_to_the_action() => Fixes(Shop(
        """
            [HttpGet] public ActionResult<decimal> Get(string code) => _rates.Of(code);
        """,
        "decimal Of(string code);",
        """
            public decimal Of(string code)
            {
                // One at a time.
                _gate.[|Wait|]();
                try
                {
                    return code.Length;
                }
                finally
                {
                    _gate.Release();
                }
            }
        """), Shop(
        """
            [HttpGet] public async Task<ActionResult<decimal>> Get(string code) => await _rates.OfAsync(code);
        """,
        "Task<decimal> OfAsync(string code);",
        """
            public async Task<decimal> OfAsync(string code)
            {
                // One at a time.
                await _gate.WaitAsync();
                try
                {
                    return code.Length;
                }
                finally
                {
                    _gate.Release();
                }
            }
        """));

    [Fact]
    public Task A_semaphore_keeps_its_order_and_counts() => FixesAndRunsTheSame(
        Program("private static int Take(bool wait) { if (!s_gate.[|Wait|](wait ? 5 : 50)) return -1; try { return ++s_taken; } finally { if (wait) s_gate.Release(); } }", "Take"),
        Program("private static async Task<int> TakeAsync(bool wait) { if (!await s_gate.WaitAsync(wait ? 5 : 50)) return -1; try { return ++s_taken; } finally { if (wait) s_gate.Release(); } }", "await TakeAsync"));

    [Fact]
    public Task A_socket_talks_the_same() => FixesAndRunsTheSame(
        Talk("using var server = listener.[|AcceptTcpClient|]();", "to.[|Write|](hello, 0, hello.Length);", "var n = server.Client.[|Receive|](buffer);"),
        Talk("using var server = await listener.AcceptTcpClientAsync();", "await to.WriteAsync(hello, 0, hello.Length);", "var n = await server.Client.ReceiveAsync(buffer);"));

    private static string Program(string take, string call) =>
        $$"""
        using System.Threading;
        using System.Threading.Tasks;

        static class Program
        {
            private static readonly SemaphoreSlim s_gate = new(1);
            private static int s_taken;

            static async Task<string> Run()
            {
                await Task.Yield();
                return $"{{{call}}(true)} {{{call}}(true)} {{{call}}(false)} {{{call}}(true)} {s_gate.CurrentCount}";
            }

            {{take}}
        }
        """;

    private static string Talk(string accept, string write, string receive) =>
        $$"""
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using System.Threading.Tasks;

        static class Program
        {
            static async Task<string> Run()
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
                {{accept}}
                var to = client.GetStream();
                var hello = Encoding.ASCII.GetBytes("hello");
                {{write}}
                var buffer = new byte[16];
                {{receive}}
                listener.Stop();
                return Encoding.ASCII.GetString(buffer, 0, n);
            }
        }
        """;

    private static string Shop(string action, string declared, string method) =>
        $$"""
        {{Usings}}
        using Microsoft.AspNetCore.Mvc;

        public class RatesController : ControllerBase
        {
            private readonly IRates _rates;

            public RatesController(IRates rates) => _rates = rates;

        {{action}}
        }

        public interface IRates
        {
            {{declared}}
        }

        public class Rates : IRates
        {
            private readonly SemaphoreSlim _gate = new(1);

        {{method}}
        }
        """;
}
