using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class LockAcrossIoFlagTests : RuleTests<LockAcrossIoAnalyzer, LockAcrossIoFix>
{
    internal const string Usings =
        """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Data.Common;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Logging;

        """;

    private const string Shop =
        """
        public class Order { public int Id { get; set; } public bool IsOpen { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

        """;

    [Theory]
    // What is waited for.
    [InlineData("void M() { lock (_gate) { Thread.[|Sleep|](10); } }")]
    [InlineData("string M() { lock (_gate) return _http.GetStringAsync(\"x\").[|Result|]; }")]
    [InlineData("void M(Task work) { lock (_gate) { work.[|Wait|](); } }")]
    [InlineData("int M(Task<int> work) { lock (_gate) { return work.GetAwaiter().[|GetResult|]() + 1; } }")]
    [InlineData("void M(Task a, Task b) { lock (_gate) { Task.[|WaitAll|](a, b); } }")]
    [InlineData("void M(HttpRequestMessage request) { lock (_gate) { using var response = _http.[|Send|](request); } }")]
    [InlineData("void M(DbCommand command) { lock (_gate) { command.[|ExecuteNonQuery|](); } }")]
    [InlineData("int M(Shop shop) { lock (_gate) { return shop.[|SaveChanges|](); } }")]
    [InlineData("void M(Shop shop) { lock (_gate) { foreach (var order in [|shop.Orders.Where(o => o.IsOpen)|]) order.IsOpen = false; } }")]
    [InlineData("void M(SemaphoreSlim other) { lock (_gate) { other.[|Wait|](); } }")]
    [InlineData("void M(ManualResetEventSlim ready) { lock (_gate) { ready.[|Wait|](); } }")]
    [InlineData("void M(Process process) { lock (_gate) { process.[|WaitForExit|](5000); } }")]
    [InlineData("IPAddress[] M() { lock (_gate) return Dns.[|GetHostAddresses|](\"db\"); }")]
    [InlineData("void M() { lock (_gate) { File.[|AppendAllText|](\"journal\", \"x\"); } }")]
    [InlineData("void M(byte[] block) { lock (_gate) { using var file = new FileStream(\"f\", FileMode.Create); file.[|Write|](block, 0, 1); } }")]
    [InlineData("string M() { lock (_gate) { using var reader = File.OpenText(\"f\"); return reader.[|ReadToEnd|](); } }")]
    // How it stands under the lock.
    [InlineData("void M(Dictionary<int, string> cache, int id) { lock (_gate) { if (!cache.TryGetValue(id, out _)) { cache[id] = _http.GetStringAsync(\"x\").[|Result|]; } } }")]
    [InlineData("List<string> M(List<string> urls) { lock (_gate) return urls.Select(url => _http.GetStringAsync(url).[|Result|]).ToList(); }")]
    [InlineData("string M(ConcurrentDictionary<string, string> known) { lock (_gate) return known.GetOrAdd(\"x\", key => _http.GetStringAsync(key).[|Result|]); }")]
    [InlineData("string M(Microsoft.Extensions.Caching.Memory.IMemoryCache known) { lock (_gate) return Microsoft.Extensions.Caching.Memory.CacheExtensions.GetOrCreate(known, 1, key => _http.GetStringAsync(\"x\").[|Result|]); }")]
    [InlineData("void M() { lock (this) { lock (_gate) { Thread.[|Sleep|](10); } } }")]
    [InlineData("void M() { lock (this) lock (_gate) { Thread.[|Sleep|](10); } }")]
    [InlineData("void M() { try { lock (typeof(C)) { Thread.[|Sleep|](10); } } finally { Thread.Sleep(1); } }")]
    [InlineData("async Task M() { await Task.Yield(); lock (_gate) { Thread.[|Sleep|](10); } }")]
    // One finding of each kind is enough for the reader of one lock.
    [InlineData("void M(DbCommand a, DbCommand b) { lock (_gate) { a.[|ExecuteNonQuery|](); b.ExecuteNonQuery(); Thread.[|Sleep|](10); } }")]
    public Task Waiting_under_a_lock(string member) =>
        Flags($"{Usings}{Shop}public class C {{ private readonly object _gate = new(); private readonly HttpClient _http = new(); public {member} }}");

    [Theory]
    [InlineData("void M() { Monitor.Enter(_gate); try { Thread.[|Sleep|](10); } finally { Monitor.Exit(_gate); } Thread.Sleep(1); }")]
    [InlineData("void M() { bool taken = false; try { Monitor.Enter(_gate, ref taken); Thread.[|Sleep|](10); } finally { if (taken) Monitor.Exit(_gate); } }")]
    [InlineData("void M() { Thread.Sleep(1); Monitor.Enter(_gate); Thread.[|Sleep|](10); Monitor.Exit(_gate); Thread.Sleep(1); }")]
    [InlineData("bool M() { if (!Monitor.TryEnter(_gate, 500)) return false; try { Thread.[|Sleep|](10); return true; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("void M() { if (Monitor.TryEnter(_gate, TimeSpan.FromSeconds(1))) { try { Thread.[|Sleep|](10); } finally { Monitor.Exit(_gate); } } else { Thread.Sleep(1); } }")]
    [InlineData("void M() { lock (_modern) { Thread.[|Sleep|](10); } }")]
    [InlineData("void M() { using (_modern.EnterScope()) { Thread.[|Sleep|](10); } }")]
    [InlineData("void M() { Thread.Sleep(1); using var scope = _modern.EnterScope(); Thread.[|Sleep|](10); }")]
    [InlineData("void M() { _modern.Enter(); try { Thread.[|Sleep|](10); } finally { _modern.Exit(); } }")]
    [InlineData("void M() { bool taken = false; try { _spin.Enter(ref taken); Thread.[|Sleep|](10); } finally { if (taken) _spin.Exit(); } }")]
    [InlineData("void M() { _many.EnterWriteLock(); try { Thread.[|Sleep|](10); } finally { _many.ExitWriteLock(); } }")]
    [InlineData("string M() { _many.EnterReadLock(); try { return File.[|ReadAllText|](\"f\"); } finally { _many.ExitReadLock(); } }")]
    [InlineData("void M() { _many.EnterUpgradeableReadLock(); try { if (_many.WaitingReadCount == 0) { _many.EnterWriteLock(); _many.ExitWriteLock(); } Thread.[|Sleep|](10); } finally { _many.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M() { _many.EnterUpgradeableReadLock(); try { _many.EnterWriteLock(); try { Thread.[|Sleep|](10); } finally { _many.ExitWriteLock(); } } finally { _many.ExitUpgradeableReadLock(); } }")]
    public Task Every_kind_of_lock(string member) => Flags(
        $"{Usings}public class C {{ private readonly object _gate = new(); private readonly Lock _modern = new(); private SpinLock _spin; private readonly ReaderWriterLockSlim _many = new(); public {member} }}");

    [Fact]
    public Task Through_an_interface_and_a_helper_with_the_way_in_the_message() => Flags(
        Usings + Shop +
        """
        public interface IRepository { void Write(Order order); }
        public class Repository : IRepository
        {
            private readonly Shop _shop = new();
            public void Write(Order order) { _shop.Orders.Add(order); _shop.SaveChanges(); }
        }

        public class OrderService
        {
            private readonly object _gate = new();
            private readonly IRepository _repository = new Repository();

            public void Accept(Order order)
            {
                lock (_gate)
                {
                    {|#0:Save|}(order);
                }
            }

            private void Save(Order order) => _repository.Write(order);
        }
        """,
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(LockAcrossIoAnalyzer.Rule.Descriptor).WithLocation(0)
            .WithArguments("Save → Repository.Write → SaveChanges", "_gate", "")));

    [Fact]
    public Task The_message_names_the_lock_and_the_request_that_comes_there() => Flags(
        Usings +
        """
        using Microsoft.AspNetCore.Mvc;

        public class RatesController : ControllerBase
        {
            private readonly Rates _rates = new();
            public int {|#1:Get|}() => _rates.Load();
        }

        public class Rates
        {
            private static readonly object s_gate = new();
            public int Load()
            {
                lock (s_gate)
                    return File.{|#0:ReadAllBytes|}("rates").Length;
            }
        }
        """,
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(LockAcrossIoAnalyzer.Rule.Descriptor).WithLocation(0).WithLocation(1)
            .WithArguments("File.ReadAllBytes", "s_gate", " (RatesController.Get → Rates.Load)")));

    [Fact]
    public Task Through_constructors_properties_local_functions_and_abstract_methods() => Flags(
        Usings +
        """
        public abstract class Source
        {
            public abstract string Read();
            public string Text => File.ReadAllText("t");
        }

        public sealed class FileSource : Source
        {
            public FileSource() => Thread.Sleep(10);
            public override string Read() => File.ReadAllText("f");
        }

        public class C
        {
            private readonly object _gate = new();
            public string M(Source source)
            {
                lock (_gate)
                {
                    var other = new [|FileSource|]();
                    return [|Local|]() + source.[|Read|]() + other.[|Text|];
                }

                string Local() => File.ReadAllText("l");
            }
        }
        """);

    [Fact]
    public Task A_cache_that_is_emptied_again_is_filled_again_and_again() => Flags(
        Usings +
        """
        public class Settings
        {
            private readonly object _gate = new();
            private string? _text;
            public string Get()
            {
                if (_text == null)
                {
                    lock (_gate)
                    {
                        if (_text == null)
                            _text = File.[|ReadAllText|]("settings");
                    }
                }

                return _text;
            }

            public void Forget() => _text = null;
        }
        """);

    [Fact]
    public Task Plain_libraries_only_where_the_user_wants_it()
    {
        const string Source = "using System.Threading; public class C { private readonly object _gate = new object(); public void M() { lock (_gate) { Thread.[|Sleep|](10); } } }";
        return Flags(Source, test =>
        {
            test.ReferenceAssemblies = ReferenceAssemblies.Net;
            Set(test, "perf_analyzers.scope = all");
        });
    }
}
