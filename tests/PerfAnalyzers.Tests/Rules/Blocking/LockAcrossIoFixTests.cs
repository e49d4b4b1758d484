using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class LockAcrossIoFixTests : RuleTests<LockAcrossIoAnalyzer, LockAcrossIoFix>
{
    private const string Usings = LockAcrossIoFlagTests.Usings;

    [Fact]
    public Task The_whole_type_goes_over_and_callers_await() => FixesAndRunsTheSame(
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            // Guards the known rates.
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _known = new();

            public int Of(string currency)
            {
                // One at a time.
                lock (_gate)
                {
                    if (!_known.TryGetValue(currency, out var rate))
                    {
                        rate = LoadAsync(currency).[|Result|]; // slow
                        _known[currency] = rate;
                    }

                    return rate;
                } // done
            }

            public void Forget(string currency)
            {
                lock (this._gate)
                    _known.Remove(currency);
            }

            public int Count
            {
                get
                {
                    lock (_gate)
                    {
                        return _known.Count;
                    }
                }
            }

            private static async Task<int> LoadAsync(string currency)
            {
                await Task.Yield();
                return currency.Length;
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var rates = new Rates();
                var text = rates.Of("EUR") + " " + rates.Of("USD!") + " " + rates.Of("EUR") + " " + rates.Count;
                rates.Forget("EUR");
                return text + " " + rates.Count;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            // Guards the known rates.
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly Dictionary<string, int> _known = new();

            public async Task<int> OfAsync(string currency)
            {
                // One at a time.
                await _gate.WaitAsync();
                try
                {
                    if (!_known.TryGetValue(currency, out var rate))
                    {
                        rate = await LoadAsync(currency); // slow
                        _known[currency] = rate;
                    }

                    return rate;
                }
                finally
                {
                    _gate.Release();
                } // done
            }

            public async Task ForgetAsync(string currency)
            {
                await this._gate.WaitAsync();
                try
                {
                    _known.Remove(currency);
                }
                finally
                {
                    this._gate.Release();
                }
            }

            public int Count
            {
                get
                {
                    _gate.Wait();
                    try
                    {
                        return _known.Count;
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }

            private static async Task<int> LoadAsync(string currency)
            {
                await Task.Yield();
                return currency.Length;
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                await Task.Yield();
                var rates = new Rates();
                var text = await rates.OfAsync("EUR") + " " + await rates.OfAsync("USD!") + " " + await rates.OfAsync("EUR") + " " + rates.Count;
                await rates.ForgetAsync("EUR");
                return text + " " + rates.Count;
            }
        }
        """);

    [Fact]
    public Task Locks_in_every_writing() => FixesAndRunsTheSame(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        static class Program
        {
            private static readonly object s_gate = new object(), s_unused = new object();
            private static readonly object s_plain = new object();
            private static int s_count;

            public static async Task<string> Run()
            {
                await Task.Yield();
                if (s_count == 0)
                    lock (s_plain)
                        Thread.[|Sleep|](1);

                switch (s_count)
                {
                    case 0:
                        lock (Program.s_plain) { s_count += AddAsync(1).[|Result|]; }
                        break;
                }

                for (var i = 0; i < 3; i++)
                {
                    lock (s_plain) {
                        if (i == 1)
                            continue;

                        if (AddAsync(i).[|Result|] == 2)
                            break;
                    }
                }

                try
                {
                    lock (s_plain) // may fail
                    {
                        FailAsync().GetAwaiter().[|GetResult|]();
                    }
                }
                catch (InvalidOperationException e)
                {
                    return e.Message + s_count;
                }

                return nameof(s_plain);
            }

            private static async Task<int> AddAsync(int n)
            {
                await Task.Yield();
                return n;
            }

            private static async Task FailAsync()
            {
                await Task.Yield();
                throw new InvalidOperationException("no");
            }
        }
        """,
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        static class Program
        {
            private static readonly object s_gate = new object(), s_unused = new object();
            private static readonly SemaphoreSlim s_plain = new SemaphoreSlim(1, 1);
            private static int s_count;

            public static async Task<string> Run()
            {
                await Task.Yield();
                if (s_count == 0)
                {
                    await s_plain.WaitAsync();
                    try
                    {
                        await Task.Delay(1);
                    }
                    finally
                    {
                        s_plain.Release();
                    }
                }

                switch (s_count)
                {
                    case 0:
                        await Program.s_plain.WaitAsync();
                        try { s_count += await AddAsync(1); }
                        finally
                        {
                            Program.s_plain.Release();
                        }
                        break;
                }

                for (var i = 0; i < 3; i++)
                {
                    await s_plain.WaitAsync();
                    try {
                        if (i == 1)
                            continue;

                        if (await AddAsync(i) == 2)
                            break;
                    }
                    finally
                    {
                        s_plain.Release();
                    }
                }

                try
                {
                    await s_plain.WaitAsync();
                    try // may fail
                    {
                        await FailAsync();
                    }
                    finally
                    {
                        s_plain.Release();
                    }
                }
                catch (InvalidOperationException e)
                {
                    return e.Message + s_count;
                }

                return nameof(s_plain);
            }

            private static async Task<int> AddAsync(int n)
            {
                await Task.Yield();
                return n;
            }

            private static async Task FailAsync()
            {
                await Task.Yield();
                throw new InvalidOperationException("no");
            }
        }
        """,
        test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task The_lock_type_and_monitor_and_a_field_that_the_constructor_fills() => FixesAndRunsTheSame(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Scopes
        {
            private readonly Lock _modern = new Lock();

            public async Task<int> CountAsync(CancellationToken stop)
            {
                var count = await Task.FromResult(1);
                using (_modern.EnterScope())
                {
                    Thread.[|Sleep|](1);
                    count++;
                }

                lock (_modern)
                {
                    return count;
                }
            }
        }

        class Monitors
        {
            private readonly object _gate;
            private int _count;

            public Monitors()
            {
                _gate = new();
                lock (_gate)
                {
                    _count = 3;
                }
            }

            public int Count()
            {
                Monitor.Enter(_gate);
                try
                {
                    Thread.[|Sleep|](1);
                    return _count++;
                }
                finally
                {
                    Monitor.Exit(_gate);
                }
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                var monitors = new Monitors();
                return (await new Scopes().CountAsync(default)).ToString() + monitors.Count() + monitors.Count();
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Scopes
        {
            private readonly SemaphoreSlim _modern = new SemaphoreSlim(1, 1);

            public async Task<int> CountAsync(CancellationToken stop)
            {
                var count = await Task.FromResult(1);
                await _modern.WaitAsync(stop);
                try
                {
                    await Task.Delay(1, stop);
                    count++;
                }
                finally
                {
                    _modern.Release();
                }

                await _modern.WaitAsync(stop);
                try
                {
                    return count;
                }
                finally
                {
                    _modern.Release();
                }
            }
        }

        class Monitors
        {
            private readonly SemaphoreSlim _gate;
            private int _count;

            public Monitors()
            {
                _gate = new(1, 1);
                _gate.Wait();
                try
                {
                    _count = 3;
                }
                finally
                {
                    _gate.Release();
                }
            }

            public async Task<int> CountAsync()
            {
                await _gate.WaitAsync();
                try
                {
                    await Task.Delay(1);
                    return _count++;
                }
                finally
                {
                    _gate.Release();
                }
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                var monitors = new Monitors();
                return (await new Scopes().CountAsync(default)).ToString() + await monitors.CountAsync() + await monitors.CountAsync();
            }
        }
        """);

    [Fact]
    public Task A_repository_behind_an_interface_in_another_file_goes_async_with_all_its_callers() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            private readonly OrderBook _book;
            public OrdersController(OrderBook book) => _book = book;
            public IActionResult Post(Order order) => Ok(_book.Accept(order));
            public async Task<int> Peek(CancellationToken stop) => await Task.FromResult(_book.Next());
        }

        public class OrderBook
        {
            private readonly object _gate = new();
            private readonly IRepository _repository;
            private int _next;

            public OrderBook(IRepository repository) => _repository = repository;

            public int Accept(Order order)
            {
                lock (_gate)
                {
                    order.Number = _next++;
                    _repository.[|Save|](order);
                    return order.Number;
                }
            }

            public int Next()
            {
                lock (_gate)
                {
                    return _next;
                }
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            private readonly OrderBook _book;
            public OrdersController(OrderBook book) => _book = book;
            public async Task<IActionResult> Post(Order order) => Ok(await _book.AcceptAsync(order));
            public async Task<int> Peek(CancellationToken stop) => await Task.FromResult(await _book.NextAsync());
        }

        public class OrderBook
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly IRepository _repository;
            private int _next;

            public OrderBook(IRepository repository) => _repository = repository;

            public async Task<int> AcceptAsync(Order order)
            {
                await _gate.WaitAsync();
                try
                {
                    order.Number = _next++;
                    await _repository.SaveAsync(order);
                    return order.Number;
                }
                finally
                {
                    _gate.Release();
                }
            }

            public async Task<int> NextAsync()
            {
                await _gate.WaitAsync();
                try
                {
                    return _next;
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """,
        test =>
        {
            test.TestState.Sources.Add(Repository("", "void Save(Order order);", "public void Save(Order order)", "_shop.SaveChanges();"));
            test.FixedState.Sources.Add(Repository("using System.Threading.Tasks;\n", "Task SaveAsync(Order order);", "public async Task SaveAsync(Order order)", "await _shop.SaveChangesAsync();"));
        });

    private static string Repository(string import, string promised, string method, string save) =>
        $$"""
        {{import}}using Microsoft.EntityFrameworkCore;

        public class Order { public int Id { get; set; } public int Number { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        public interface IRepository { {{promised}} }
        public class Repository : IRepository
        {
            private readonly Shop _shop = new();

            {{method}}
            {
                _shop.Orders.Add(order);
                {{save}}
            }
        }
        """;

    [Fact]
    public Task Two_locks_and_several_findings_are_one_edit() => Fixes(
        Usings +
        """
        public class Journal
        {
            private readonly object _write = new();
            private readonly object _read = new();

            public void Write(string line)
            {
                lock (_write)
                {
                    File.[|AppendAllText|]("journal", line);
                    Thread.[|Sleep|](1);
                    File.AppendAllText("journal", line);
                }
            }

            public string Read()
            {
                Flush();
                lock (_read)
                {
                    return File.[|ReadAllText|]("journal");
                }
            }

            private void Flush()
            {
                lock (_write)
                {
                    File.[|WriteAllText|]("mark", "x");
                }
            }
        }
        """,
        Usings +
        """
        public class Journal
        {
            private readonly SemaphoreSlim _write = new(1, 1);
            private readonly SemaphoreSlim _read = new(1, 1);

            public async Task WriteAsync(string line)
            {
                await _write.WaitAsync();
                try
                {
                    await File.AppendAllTextAsync("journal", line);
                    await Task.Delay(1);
                    await File.AppendAllTextAsync("journal", line);
                }
                finally
                {
                    _write.Release();
                }
            }

            public async Task<string> ReadAsync()
            {
                await FlushAsync();
                await _read.WaitAsync();
                try
                {
                    return await File.ReadAllTextAsync("journal");
                }
                finally
                {
                    _read.Release();
                }
            }

            private async Task FlushAsync()
            {
                await _write.WaitAsync();
                try
                {
                    await File.WriteAllTextAsync("mark", "x");
                }
                finally
                {
                    _write.Release();
                }
            }
        }
        """,
        test => test.NumberOfIncrementalIterations = 2);

    [Fact]
    public Task What_cannot_await_and_does_no_io_waits_for_the_semaphore() => Fixes(
        Usings +
        """
        public sealed class Spool : IDisposable
        {
            private readonly object _gate = new();
            private readonly List<string> _lines = [];

            public Spool()
            {
                lock (_gate) { _lines.Add("start"); }
            }

            public async Task FlushAsync(CancellationToken stop)
            {
                lock (_gate)
                {
                    var text = string.Join("\n", _lines);
                    File.[|WriteAllText|]("spool", text);
                }

                await Task.Yield();
            }

            public bool TryTake(out string? line)
            {
                lock (_gate)
                {
                    line = _lines.FirstOrDefault();
                    return line is not null;
                }
            }

            public int this[string line] { get { lock (_gate) { return _lines.IndexOf(line); } } }

            public void Dispose()
            {
                lock (_gate)
                {
                    _lines.Clear();
                }
            }
        }
        """,
        Usings +
        """
        public sealed class Spool : IDisposable
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly List<string> _lines = [];

            public Spool()
            {
                _gate.Wait();
                try { _lines.Add("start"); }
                finally
                {
                    _gate.Release();
                }
            }

            public async Task FlushAsync(CancellationToken stop)
            {
                await _gate.WaitAsync(stop);
                try
                {
                    var text = string.Join("\n", _lines);
                    await File.WriteAllTextAsync("spool", text);
                }
                finally
                {
                    _gate.Release();
                }

                await Task.Yield();
            }

            public bool TryTake(out string? line)
            {
                _gate.Wait();
                try
                {
                    line = _lines.FirstOrDefault();
                    return line is not null;
                }
                finally
                {
                    _gate.Release();
                }
            }

            public int this[string line]
            {
                get
                {
                    _gate.Wait();
                    try { return _lines.IndexOf(line); }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }

            public void Dispose()
            {
                _gate.Wait();
                try
                {
                    _lines.Clear();
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Awaits_leave_the_callers_context_where_the_others_do() => Fixes(
        Usings +
        """
        public class Client
        {
            private static readonly object s_gate = new();
            private readonly HttpClient _http = new();

            public async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken stop)
            {
                await Task.Delay(1, stop).ConfigureAwait(false);
                lock (s_gate)
                {
                    return _http.[|Send|](request);
                }
            }
        }
        """,
        Usings +
        """
        public class Client
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            private readonly HttpClient _http = new();

            public async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken stop)
            {
                await Task.Delay(1, stop).ConfigureAwait(false);
                await s_gate.WaitAsync(stop).ConfigureAwait(false);
                try
                {
                    return await _http.SendAsync(request, stop).ConfigureAwait(false);
                }
                finally
                {
                    s_gate.Release();
                }
            }
        }
        """);

    [Fact]
    public Task In_the_clean_up_of_a_cancelled_request_without_its_token() => Fixes(
        Usings +
        """
        public class Jobs
        {
            private readonly object _gate = new();

            public async Task<int> Work(CancellationToken stop)
            {
                try
                {
                    return await Task.FromResult(1);
                }
                finally
                {
                    lock (_gate)
                    {
                        File.[|WriteAllText|]("mark", "done");
                    }
                }
            }
        }
        """,
        Usings +
        """
        public class Jobs
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task<int> Work(CancellationToken stop)
            {
                try
                {
                    return await Task.FromResult(1);
                }
                finally
                {
                    await _gate.WaitAsync();
                    try
                    {
                        await File.WriteAllTextAsync("mark", "done");
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Waiters_come_one_at_a_time_and_a_failure_lets_the_next_one_in() => FixesAndRunsTheSame(
        """
        using System;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        class Counter
        {
            private readonly object _gate = new object();
            private int _inside;
            public int Most { get; private set; }

            public int Enter(int n)
            {
                lock (_gate)
                {
                    Most = Math.Max(Most, ++_inside);
                    try
                    {
                        Thread.[|Sleep|](1);
                        return n % 3 == 0 ? throw new InvalidOperationException() : n;
                    }
                    finally
                    {
                        _inside--;
                    }
                }
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                var counter = new Counter();
                var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
                {
                    await Task.Yield();
                    try { return counter.Enter(n); }
                    catch (InvalidOperationException) { return -1; }
                })));
                return counter.Most + ": " + string.Join(",", results);
            }
        }
        """,
        """
        using System;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        class Counter
        {
            private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1);
            private int _inside;
            public int Most { get; private set; }

            public async Task<int> EnterAsync(int n)
            {
                await _gate.WaitAsync();
                try
                {
                    Most = Math.Max(Most, ++_inside);
                    try
                    {
                        await Task.Delay(1);
                        return n % 3 == 0 ? throw new InvalidOperationException() : n;
                    }
                    finally
                    {
                        _inside--;
                    }
                }
                finally
                {
                    _gate.Release();
                }
            }
        }

        static class Program
        {
            public static async Task<string> Run()
            {
                var counter = new Counter();
                var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
                {
                    await Task.Yield();
                    try { return await counter.EnterAsync(n); }
                    catch (InvalidOperationException) { return -1; }
                })));
                return counter.Most + ": " + string.Join(",", results);
            }
        }
        """);

    [Fact]
    public Task A_lock_of_each_construction_of_a_generic_type_and_of_another_object() => Fixes(
        Usings +
        """
        public class Pool<T>
        {
            private static readonly object s_gate = new();
            private readonly object _own = new();
            private readonly Pool<T> _next = new();

            public static void Fill() { lock (s_gate) { Thread.[|Sleep|](1); } }

            public static void Clear() { lock (Pool<int>.s_gate) { } }

            public void Join(Pool<T> other)
            {
                lock (other._own)
                {
                    Thread.[|Sleep|](1);
                }
            }
        }
        """,
        Usings +
        """
        public class Pool<T>
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            private readonly SemaphoreSlim _own = new(1, 1);
            private readonly Pool<T> _next = new();

            public static async Task FillAsync()
            {
                await s_gate.WaitAsync();
                try { await Task.Delay(1); }
                finally
                {
                    s_gate.Release();
                }
            }

            public static async Task ClearAsync()
            {
                await Pool<int>.s_gate.WaitAsync();
                try { }
                finally
                {
                    Pool<int>.s_gate.Release();
                }
            }

            public async Task JoinAsync(Pool<T> other)
            {
                await other._own.WaitAsync();
                try
                {
                    await Task.Delay(1);
                }
                finally
                {
                    other._own.Release();
                }
            }
        }
        """);
}
